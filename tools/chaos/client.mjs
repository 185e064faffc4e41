// An honest client of the platform: what it does not know the outcome of it asks again, under the same Idempotency-Key.
import { randomUUID } from 'node:crypto';
import { askUntil, sleep } from '../bootstrap/lib.mjs';

export const tenant = 'aurora-motors';
/** So long a client goes on asking; a platform that is away for longer is a platform that is gone. */
const patienceMs = 600_000;
const answerMs = 30_000;

/** What a client was told for good. */
export class Refused extends Error {
  constructor(what, answer) {
    super(`${what} answered ${answer.status} ${answer.code}: ${answer.detail}`);
    this.answer = answer;
  }
}

export const eventually = (what, ask, withinMs = patienceMs) => askUntil(what, ask, { withinMs, firstMs: 150, factor: 1.3, longestMs: 2_000 });

export class Client {
  retries = 0;
  brokenConnections = 0;
  replays = 0;
  lostAnswers = 0;
  tokens = new Map();

  constructor(base) {
    this.base = base;
  }

  /** One request, as often as it takes; gives the first answer that says something. */
  async ask(who, method, path, json, { headers = {}, key = randomUUID() } = {}) {
    const until = performance.now() + patienceMs;
    for (let pause = 200; ; pause = Math.min(3_000, pause * 1.5)) {
      const answer = await this.once(who, method, path, json, method === 'POST' ? { 'idempotency-key': key, ...headers } : headers);
      if (answer.replayed) this.replays += 1;
      if (answer.code === 'idempotency_outcome_unknown') this.lostAnswers += 1;
      const isFinal = answer.status !== null && answer.status < 500 && answer.status !== 429 && answer.status !== 401 && answer.code !== 'idempotency_in_flight';
      if (isFinal || performance.now() > until) return answer;
      if (answer.status === 401) this.tokens.delete(who);
      else this.retries += 1;
      await sleep(pause);
    }
  }

  /** What has to be let in. */
  async does(who, method, path, json, more) {
    const answer = await this.ask(who, method, path, json, more);
    if (answer.status === null || answer.status >= 300) throw new Refused(`${method} ${path}`, answer);
    return answer.data;
  }

  get = (who, path) => this.does(who, 'GET', path);

  /** Every entry of a list. */
  async all(who, path) {
    const found = [];
    for (let page = 1; ; page += 1) {
      const answer = await this.ask(who, 'GET', `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
      if (answer.status !== 200) throw new Refused(`GET ${path}`, answer);
      found.push(...answer.data);
      if (found.length >= answer.total || answer.data.length === 0) return found;
    }
  }

  async once(who, method, path, json, headers) {
    try {
      const token = who === null ? null : await this.token(who);
      const answer = await fetch(`${this.base}/api/v1${path}`, {
        method,
        headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        signal: AbortSignal.timeout(answerMs),
      });
      const text = await answer.text();
      const body = text === '' ? {} : JSON.parse(text);
      return { status: answer.status, data: body.data, code: body.error?.code ?? null, detail: body.error?.detail ?? body.error?.title ?? null, object: body.error?.object ?? null, etag: answer.headers.get('etag'), total: body.meta?.pagination?.total ?? 0, replayed: answer.headers.get('idempotency-replayed') === 'true', text };
    } catch (error) {
      this.brokenConnections += 1;
      return { status: null, data: null, code: null, detail: String(error?.cause?.code ?? error), object: null, etag: null, total: 0, replayed: false, text: '' };
    }
  }

  token(who) {
    const known = this.tokens.get(who) ?? this.login(who);
    this.tokens.set(who, known);
    known.catch(() => this.tokens.delete(who));
    return known;
  }

  async login({ email, password, tenant: ofTenant }) {
    const answer = await fetch(`${this.base}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(ofTenant === null ? {} : { 'x-tenant': ofTenant }) },
      body: JSON.stringify({ email, password }),
      signal: AbortSignal.timeout(answerMs),
    });
    if (answer.status !== 200) throw new Error(`the login of ${email} answered ${answer.status}`);
    return (await answer.json()).data.access_token;
  }
}
