import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from '@autobroker/kernel';
import { CircuitBreaker, CircuitOpenError, type CircuitOptions } from '../../resilience';
import { currentContext, metrics, trace } from '../../telemetry';
import { ProblemError } from '../errors/problem-error';

const seconds = metrics.histogram({
  name: 'outgoing_request_seconds',
  help: 'Time of calls to other services and vendors',
  labels: ['client', 'outcome'],
});

export interface HttpClientOptions {
  /** Of what is called: names its circuit and its metrics. */
  readonly name: string;
  readonly baseUrl: string;
  /** Of one attempt, body included. */
  readonly timeoutMs?: number;
  readonly breaker?: CircuitOptions;
  /** Attempts after the first, for calls that may be repeated. */
  readonly retries?: number;
  readonly retryBaseMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly maxResponseBytes?: number;
  /** Redirects are an answer unless asked for; they are followed within the same origin only. */
  readonly maxRedirects?: number;
}

export interface ClientRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | Uint8Array | URLSearchParams | object;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** A POST that carries an idempotency key of its own may be repeated. */
  readonly repeatable?: boolean;
}

export class ClientResponse {
  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly bytes: Buffer,
  ) {}
  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }
  text(): string {
    return this.bytes.toString('utf8');
  }
  json(): unknown {
    const value: unknown = JSON.parse(this.text());
    return value;
  }
}

/** The other side did not answer, or not in time. Its message names the client, never the address with its secrets. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  constructor(
    readonly client: string,
    readonly reason: 'timeout' | 'unreachable' | 'too_large' | 'redirect',
    options?: ErrorOptions,
  ) {
    super(`${client}: ${reason}`, options);
  }
}

const repeatable = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);
const worthRetrying = new Set([408, 425, 429, 502, 503, 504]);

/** Calls one other service: with a limit in time and size, a circuit, and careful repetition. */
export class HttpClient {
  readonly breaker: CircuitBreaker;
  private readonly base: URL;

  constructor(private readonly options: HttpClientOptions) {
    this.base = new URL(options.baseUrl.endsWith('/') ? options.baseUrl : `${options.baseUrl}/`);
    this.breaker = new CircuitBreaker(options.name, options.breaker);
  }

  get(path: string, more: Omit<ClientRequest, 'path' | 'method'> = {}): Promise<ClientResponse> {
    return this.request({ ...more, path, method: 'GET' });
  }
  post(
    path: string,
    body: NonNullable<ClientRequest['body']>,
    more: Omit<ClientRequest, 'path' | 'method' | 'body'> = {},
  ): Promise<ClientResponse> {
    return this.request({ ...more, path, method: 'POST', body });
  }

  async request(request: ClientRequest): Promise<ClientResponse> {
    const method = request.method ?? 'GET';
    const mayRepeat = request.repeatable ?? repeatable.has(method);
    const attempts = mayRepeat ? 1 + (this.options.retries ?? 2) : 1;
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt >= attempts;
      try {
        const response = await this.guarded(request, method);
        if (last || !worthRetrying.has(response.status)) return response;
        await this.pause(attempt, response, request.signal);
      } catch (error) {
        if (last || request.signal?.aborted === true || !isTransient(error)) throw error;
        await this.pause(attempt, null, request.signal);
      }
    }
  }

  dispose(): void {
    this.breaker.dispose();
  }

  /** Full jitter, so that many callers do not come back at once; what the other side asks for comes first. */
  private async pause(
    attempt: number,
    response: ClientResponse | null,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const asked = Number(response?.headers.get('retry-after') ?? Number.NaN) * 1_000;
    const most = (this.options.retryBaseMs ?? 100) * 2 ** (attempt - 1);
    const wait = Number.isFinite(asked) ? Math.min(asked, 5_000) : Math.random() * most;
    await sleep(wait, undefined, signal === undefined ? {} : { signal });
  }

  private async guarded(request: ClientRequest, method: string): Promise<ClientResponse> {
    const began = performance.now();
    let outcome = 'error';
    try {
      // A 5xx counts against the circuit like no answer at all, and still is an answer for the caller.
      const response = await this.breaker.run(
        async () => {
          const answer = await this.attempt(request, method);
          if (answer.status >= 500) throw new FailedAnswer(answer);
          return answer;
        },
        (error) => !(error instanceof CallerGone),
      );
      outcome = `${Math.floor(response.status / 100)}xx`;
      return response;
    } catch (error) {
      if (error instanceof FailedAnswer) {
        outcome = '5xx';
        return error.answer;
      }
      if (error instanceof CircuitOpenError) outcome = 'circuit_open';
      if (error instanceof UpstreamError) outcome = error.reason;
      throw error instanceof CallerGone ? error.cause : error;
    } finally {
      seconds.observe((performance.now() - began) / 1_000, { client: this.options.name, outcome });
    }
  }

  private async attempt(request: ClientRequest, method: string): Promise<ClientResponse> {
    const timeout = AbortSignal.timeout(request.timeoutMs ?? this.options.timeoutMs ?? 10_000);
    const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
    try {
      let url = this.address(request);
      for (let hops = 0; ; hops += 1) {
        const response = await fetch(url, { method, ...this.payload(request), signal, redirect: 'manual' });
        const target = this.redirectOf(response, url, method, hops);
        if (target === null) return new ClientResponse(response.status, response.headers, await this.read(response));
        await response.body?.cancel();
        url = target;
      }
    } catch (error) {
      if (error instanceof UpstreamError) throw error;
      if (request.signal?.aborted === true) throw new CallerGone(error);
      throw new UpstreamError(this.options.name, timeout.aborted ? 'timeout' : 'unreachable', { cause: error });
    }
  }

  private redirectOf(response: Response, from: URL, method: string, hops: number): URL | null {
    const most = this.options.maxRedirects ?? 0;
    const location = response.headers.get('location');
    if (most === 0 || location === null || ![301, 302, 303, 307, 308].includes(response.status)) return null;
    if (method !== 'GET' && method !== 'HEAD') return null;
    const target = new URL(location, from);
    // Another origin must not get our credentials, nor make us knock on doors inside our own network.
    if (hops >= most || target.origin !== this.base.origin) throw new UpstreamError(this.options.name, 'redirect');
    return target;
  }

  private address({ path, query }: ClientRequest): URL {
    const url = new URL(path.replace(/^\/+/, ''), this.base);
    if (url.origin !== this.base.origin) throw new UpstreamError(this.options.name, 'redirect');
    for (const [name, value] of Object.entries(query ?? {})) {
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined) url.searchParams.append(name, String(one));
    }
    return url;
  }

  private payload({ body, headers }: ClientRequest): {
    headers: Record<string, string>;
    body?: NonNullable<RequestInit['body']>;
  } {
    const traceparent = trace.traceparent();
    const sent: Record<string, string> = {
      accept: 'application/json',
      'x-request-id': currentContext()?.requestId ?? uuidv7(),
      ...(traceparent === null ? {} : { traceparent }),
      ...this.options.headers,
      ...headers,
    };
    if (body === undefined) return { headers: sent };
    if (typeof body === 'string' || body instanceof URLSearchParams) return { headers: sent, body };
    if (body instanceof Uint8Array) return { headers: sent, body: Buffer.from(body) };
    return { headers: { 'content-type': 'application/json', ...sent }, body: JSON.stringify(body) };
  }

  private async read(response: Response): Promise<Buffer> {
    const most = this.options.maxResponseBytes ?? 10_485_760;
    const chunks: Uint8Array[] = [];
    let size = 0;
    if (response.body === null) return Buffer.alloc(0);
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > most) throw new UpstreamError(this.options.name, 'too_large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}

class FailedAnswer extends Error {
  constructor(readonly answer: ClientResponse) {
    super(`answered ${answer.status}`);
  }
}

/** The caller stopped waiting: says nothing about the other side. */
class CallerGone extends Error {
  constructor(cause: unknown) {
    super('the caller went away', { cause });
  }
}

const isTransient = (error: unknown): boolean =>
  error instanceof UpstreamError && (error.reason === 'timeout' || error.reason === 'unreachable');

export const httpClient = (options: HttpClientOptions): HttpClient => new HttpClient(options);

/** What a failed call to another service means to the one who called us. */
export function upstreamProblem(error: unknown): ProblemError | null {
  if (error instanceof CircuitOpenError) {
    const retryAfter = String(Math.max(1, Math.ceil(error.retryAfterMs / 1_000)));
    return new ProblemError('unavailable', undefined, { headers: { 'retry-after': retryAfter }, cause: error });
  }
  if (!(error instanceof UpstreamError)) return null;
  return new ProblemError(error.reason === 'timeout' ? 'upstream_timeout' : 'upstream_failed', undefined, {
    cause: error,
  });
}
