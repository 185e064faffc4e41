import { randomBytes } from 'node:crypto';
import { text, type Answer, type Exchange } from '../../shared/exchange';
import { isRecord, readRecord } from '../../shared/records';
import type { Account } from './account';
import { detail, mocked, PaypalError } from './core/errors';
import { Idempotency } from './core/idempotency';
import type { Hash } from './core/reading';
import { findEndpoint, type Call, type Endpoint, type Outcome } from './core/routes';
import { admit, grant, type Credentials } from './tokens';
import { show } from './views';

export interface Manners extends Credentials {
  readonly delayMs: () => number;
  /** What was done is kept, and said to have failed. */
  readonly failsAfterCommit: () => boolean;
  /** After every request: what is due, and what is to be sent. */
  readonly settle: () => void;
  readonly onError: (error: unknown) => void;
}

/** The API over HTTP: who asks, how often the same thing is done, and how refusals look. */
export class Api {
  private readonly idempotency: Idempotency;

  constructor(
    private readonly account: Account,
    private readonly endpoints: readonly Endpoint[],
    private readonly manners: Manners,
  ) {
    this.idempotency = new Idempotency(account);
  }

  async answer(exchange: Exchange): Promise<Answer> {
    const debugId = newDebugId();
    try {
      if (exchange.path === '/v1/oauth2/token') return await this.token(exchange, debugId);
      admit(this.account, exchange.headers);
      const mock = mockOf(exchange);
      if (mock !== null) throw mocked(mock);
      const { status, body } = await this.once(exchange);
      return written(status, body, debugId);
    } catch (error) {
      if (!(error instanceof PaypalError)) this.manners.onError(error);
      const refused = error instanceof PaypalError ? error : new PaypalError(500);
      return refusal(refused, debugId);
    } finally {
      this.manners.settle();
    }
  }

  private async token({ method, headers, body }: Exchange, debugId: string): Promise<Answer> {
    await pause(this.manners.delayMs());
    if (method !== 'POST') throw new PaypalError(405);
    const answer = grant(this.account, this.manners, headers, body);
    return written(answer.status, answer.body, debugId, { 'cache-control': 'max-age=0, no-cache, no-store, must-revalidate' });
  }

  private async once(exchange: Exchange): Promise<Outcome> {
    const found = findEndpoint(this.endpoints, exchange.method, exchange.path);
    if (found === 'no such path') throw new PaypalError(404);
    if (found === 'no such method') throw new PaypalError(405);
    const call = this.callOf(exchange, found.params);
    const id = exchange.method === 'POST' ? headerOf(exchange, 'paypal-request-id') : null;
    if (id === null) {
      await pause(this.manners.delayMs());
      return this.heard(exchange, found.handle(call));
    }
    const content = `${exchange.path}\n${exchange.body.toString('latin1')}`;
    const known = this.idempotency.begin(id, found.path, content);
    if (known !== null) {
      await pause(this.manners.delayMs());
      return this.again(known.view, call);
    }
    let done: { readonly view: readonly [string, string] | null } | null = null;
    try {
      // A request takes its time: another one with the same id may come meanwhile.
      await pause(this.manners.delayMs());
      const outcome = found.handle(call);
      done = { view: outcome.view ?? null };
      return this.heard(exchange, outcome);
    } finally {
      this.idempotency.end(id, found.path, content, done);
    }
  }

  /** Where it is to be so, what was done is not told: whoever asks again under the same id hears of it. */
  private heard({ method }: Exchange, outcome: Outcome): Outcome {
    if (method !== 'GET' && this.manners.failsAfterCommit()) throw new PaypalError(500);
    return outcome;
  }

  /** What has become of it. */
  private again(view: readonly [string, string] | null, { whole }: Call): Outcome {
    const body = view === null ? null : show(this.account, view, whole);
    return body === null ? { status: 204, body: null } : { status: 200, body };
  }

  private callOf(exchange: Exchange, params: Readonly<Record<string, string>>): Call {
    const { body, list } = contentOf(exchange);
    const whole = /return=representation/u.test(headerOf(exchange, 'prefer') ?? '');
    return { account: this.account, params, query: exchange.query, headers: exchange.headers, body, list, raw: exchange.body, whole };
  }
}

const headerOf = ({ headers }: Exchange, name: string): string | null => {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

function contentOf(exchange: Exchange): { readonly body: Hash; readonly list: readonly unknown[] } {
  const type = headerOf(exchange, 'content-type') ?? '';
  if (exchange.method === 'GET' || exchange.body.length === 0 || type.startsWith('multipart/')) return { body: {}, list: [] };
  if (!/^application\/(?:[\w.+-]*\+)?json\b/u.test(type)) throw new PaypalError(415);
  let value: unknown;
  try {
    value = JSON.parse(exchange.body.toString('utf8'));
  } catch {
    throw new PaypalError(400, [detail('MALFORMED_REQUEST_JSON', { field: '/', location: 'body' })]);
  }
  if (Array.isArray(value)) return { body: {}, list: value };
  if (!isRecord(value)) throw new PaypalError(400, [detail('MALFORMED_REQUEST_JSON', { field: '/', location: 'body' })]);
  return { body: value, list: [] };
}

/** A refusal that the caller wants to see, whatever the request is. */
function mockOf(exchange: Exchange): string | null {
  const given = headerOf(exchange, 'paypal-mock-response');
  if (given === null) return null;
  const code = readRecord(given)?.['mock_application_codes'];
  const first: unknown = Array.isArray(code) ? code[0] : code;
  return typeof first === 'string' ? first : given;
}

const newDebugId = (): string => `f${randomBytes(6).toString('hex')}`;

const written = (status: number, body: unknown, debugId: string, more: Readonly<Record<string, string>> = {}): Answer => text('application/json', body === null ? '' : JSON.stringify(body), { status, headers: { 'paypal-debug-id': debugId, ...more } });

export const refusal = (error: PaypalError, debugId = newDebugId(), more: Readonly<Record<string, string>> = {}): Answer =>
  error.label === 'invalid_token'
    ? written(401, { error: 'invalid_token', error_description: error.message }, debugId, { 'www-authenticate': 'Bearer error="invalid_token"', ...more })
    : written(error.status, error.body(debugId), debugId, more);

const pause = (ms: number): Promise<void> => new Promise((done) => (ms > 0 ? setTimeout(done, ms) : setImmediate(done)));
