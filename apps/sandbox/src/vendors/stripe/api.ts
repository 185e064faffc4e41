import type { IncomingHttpHeaders } from 'node:http';
import { apiVersion, type Account } from './account';
import { customerIn } from './clocks';
import { docUrl, invalid, noAccess, StripeError } from './core/errors';
import { checkPaths } from './core/expansion';
import { readForm, type RawHash } from './core/form';
import { Idempotency, type Answered } from './core/idempotency';
import { list, text } from './core/params';
import { expanded } from './core/render';
import { Endpoints, type Endpoint } from './core/routes';
import { accountId } from './profile';
import { resolverOf } from './resolve';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Manners {
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly delayMs: () => number;
  /** What was done is kept, and said to have failed. */
  readonly failsAfterCommit: () => boolean;
  /** After every request: what is due, and what is to be sent. */
  readonly settle: () => void;
  readonly onError: (error: unknown) => void;
}

/** What a browser may do with the key that everybody sees: make a method, look at an intent whose secret it has, confirm it. */
const forBrowsers = /^(?:POST \/v1\/payment_methods|GET \/v1\/(?:payment|setup)_intents\/([^/]+)|POST \/v1\/(?:payment|setup)_intents\/([^/]+)\/confirm)$/u;

/** No request to a real one is over before another one can come. */
const leastMs = 4;

/** From this version on, and a month earlier in previews, the kinds of methods can't be listed any more: they are computed, and can be narrowed. */
const withoutTypes = '2026-09-30';
const withoutTypesInPreviews = '2026-08-26';
const typesNotice = 'Stripe itself refuses `payment_method_types` in this API version (payment_method_types_no_longer_supported): say `allowed_payment_method_types`. The sandbox has taken it.';
const typed = /^\/v1\/(?:payment_intents(?:\/[^/]+(?:\/confirm)?)?|setup_intents(?:\/[^/]+)?|checkout\/sessions)$/u;

/** The API over HTTP: who asks, how often the same thing is done, and how refusals look. */
export class Api {
  private readonly endpoints: Endpoints;
  private readonly idempotency: Idempotency;

  constructor(
    private readonly account: Account,
    endpoints: readonly Endpoint[],
    private readonly manners: Manners,
  ) {
    this.endpoints = new Endpoints(endpoints);
    this.idempotency = new Idempotency(account.keys);
  }

  async answer(request: ApiRequest): Promise<ApiAnswer> {
    const id = this.account.id('req', 14);
    const headers: Record<string, string> = { 'request-id': id, 'stripe-version': apiVersion, 'cache-control': 'no-cache, no-store', 'access-control-allow-origin': '*', vary: 'Origin' };
    const key = headerOf(request.headers, 'idempotency-key');
    if (key !== null) headers['idempotency-key'] = key;
    try {
      headers['stripe-version'] = this.admit(request);
      const of = headerOf(request.headers, 'stripe-account');
      if (of !== null) headers['stripe-account'] = of;
      return await this.once(request, id, key, headers);
    } catch (error) {
      if (!(error instanceof StripeError)) this.manners.onError(error);
      const refused = error instanceof StripeError ? error : new StripeError(500, { type: 'api_error', message: 'An unknown error occurred' });
      return { status: refused.status, body: refusal(refused, id), headers: { ...headers, ...refused.headers } };
    } finally {
      this.manners.settle();
    }
  }

  /** Who asks, and in which version; refuses whoever has no key. */
  private admit(request: ApiRequest): string {
    const { headers, method, path } = request;
    const given = headerOf(headers, 'authorization');
    const basic = /^Basic (\S+)$/u.exec(given ?? '')?.[1];
    const key = basic === undefined ? /^Bearer (\S+)$/u.exec(given ?? '')?.[1] : Buffer.from(basic, 'base64').toString().split(':')[0];
    const challenge = { 'www-authenticate': 'Basic realm="Stripe"' };
    if (key === undefined || key === '') {
      throw new StripeError(401, { type: 'invalid_request_error', message: "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/." }, challenge);
    }
    if (key === this.manners.publishableKey) {
      if (!this.isForBrowsers(request)) throw new StripeError(403, { type: 'invalid_request_error', code: 'secret_key_required', message: 'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.' });
    } else if (key !== this.manners.secretKey) {
      const hidden = key.length > 12 ? `${key.slice(0, 8)}${'*'.repeat(Math.max(4, key.length - 12))}${key.slice(-4)}` : '*'.repeat(key.length);
      throw new StripeError(401, { type: 'invalid_request_error', message: `Invalid API Key provided: ${hidden}` }, challenge);
    }
    const of = headerOf(headers, 'stripe-account') ?? accountId;
    if (of !== accountId) throw noAccess(of);
    const version = headerOf(headers, 'stripe-version') ?? apiVersion;
    if (!/^\d{4}-\d{2}-\d{2}(?:\.[a-z]+)?(?:; ?\w+=v\d+)*$/u.test(version)) throw invalid(`Invalid Stripe API version: ${version}`, {});
    if (method !== 'GET' && method !== 'POST' && method !== 'DELETE') throw unknownUrl(method, path);
    return version;
  }

  private isForBrowsers({ method, path, query, headers, body }: ApiRequest): boolean {
    const found = forBrowsers.exec(`${method} ${path}`);
    if (found === null) return false;
    const id = found[1] ?? found[2];
    if (id === undefined) return true;
    const form = (headerOf(headers, 'content-type') ?? '').startsWith('multipart/') ? {} : readForm(body.toString('utf8'));
    const secret = merged(readForm(query), form)['client_secret'];
    return typeof secret === 'string' && secret === (this.account.intents.get(id) ?? this.account.setups.get(id))?.client_secret;
  }

  private async once(request: ApiRequest, id: string, key: string | null, headers: Record<string, string>): Promise<ApiAnswer> {
    if (request.method !== 'POST' || key === null) {
      await pause(this.manners.delayMs());
      const { status, body } = this.run(request, id, key, headers);
      if (request.method === 'POST' && this.manners.failsAfterCommit()) return this.broken(id, headers);
      return { status, body, headers };
    }
    const body = request.body.toString('latin1');
    const known = this.idempotency.begin(key, request.path, body);
    if (known !== null) return { status: known.status, body: known.body, headers: { ...headers, 'idempotent-replayed': 'true', 'original-request': known.request } };
    let kept: Answered | null = null;
    try {
      // A request takes its time: another one with the same key may come meanwhile.
      await pause(Math.max(leastMs, this.manners.delayMs()));
      const done = this.run(request, id, key, headers);
      if (!done.beforeBegun) kept = { status: done.status, body: done.body, request: id };
      if (this.manners.failsAfterCommit()) return this.broken(id, headers);
      return { status: done.status, body: done.body, headers: { ...headers, 'original-request': id } };
    } finally {
      this.idempotency.end(key, request.path, body, kept, this.account.now());
    }
  }

  private broken(id: string, headers: Readonly<Record<string, string>>): ApiAnswer {
    return { status: 500, body: refusal(new StripeError(500, { type: 'api_error', message: 'An unknown error occurred' }), id), headers: { ...headers, 'stripe-should-retry': 'true' } };
  }

  /** In one go: nothing else happens in between. */
  private run(request: ApiRequest, id: string, key: string | null, headers: Record<string, string>): { readonly status: number; readonly body: string; readonly beforeBegun: boolean } {
    try {
      const found = this.endpoints.find(request.method, request.path);
      if (found === null) throw unknownUrl(request.method, request.path);
      const contentType = headerOf(request.headers, 'content-type') ?? '';
      const form = request.method === 'POST' && !contentType.startsWith('multipart/');
      const { expand, ...raw } = merged(readForm(request.query), form ? readForm(request.body.toString('utf8')) : {});
      if (form && raw['payment_method_types'] !== undefined && typed.test(request.path) && refusesTypes(headers['stripe-version'] ?? apiVersion)) headers['stripe-notice'] = typesNotice;
      const paths = expand === undefined ? [] : list(text())(typeof expand === 'string' ? [expand] : expand, 'expand');
      // Before anything is done: what can't be shown is not begun.
      checkPaths(request.method, request.path, paths);
      const cause = { id, idempotency_key: request.method === 'GET' ? null : key };
      const call = { account: this.account, params: found.params, raw, body: request.body, contentType };
      const sent = this.account.causedBy(cause, () => this.account.timeOf(customerIn(call), () => found.handle(call)));
      return { status: 200, body: JSON.stringify(expanded(sent, paths, resolverOf(this.account)), null, 2), beforeBegun: false };
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      return { status: error.status, body: refusal(error, id), beforeBegun: error.beforeBegun };
    }
  }
}

const refusesTypes = (version: string): boolean => version >= (version.includes('.preview') ? withoutTypesInPreviews : withoutTypes);

const merged = (query: RawHash, body: RawHash): RawHash => ({ ...query, ...body });

const headerOf = (headers: IncomingHttpHeaders, name: string): string | null => {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

const unknownUrl = (method: string, path: string): StripeError => new StripeError(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.` });

export const refusal = ({ body }: StripeError, request: string): string =>
  JSON.stringify({ error: { ...body, ...(body.code === undefined ? {} : { doc_url: docUrl(body.code) }), request_log_url: `https://dashboard.stripe.com/test/logs/${request}` } }, null, 2);

const pause = (ms: number): Promise<void> => new Promise((done) => (ms > 0 ? setTimeout(done, ms) : setImmediate(done)));
