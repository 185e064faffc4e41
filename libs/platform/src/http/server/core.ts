import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '@autobroker/kernel';
import {
  AccessLog,
  apiRequestsTotal,
  apiResponseSeconds,
  errors,
  metrics,
  runInContext,
  trace,
} from '../../telemetry';
import type { HttpConfig } from '../config';
import { toProblem } from '../errors/mapping';
import type { ProblemError } from '../errors/problem-error';
import { problemWire } from '../errors/problem-wire';
import type { RateLimiter } from '../rate-limit/limiter';
import type { Wire } from '../reply/wire';
import { Cors } from './cors';
import { RequestState, type UsualLines } from './request-state';
import type { RouteWatch } from './route-watch';
import { sendWire } from './send';

const cores = new Set<HttpCore>();
metrics.gauge({
  name: 'http_requests_in_flight',
  help: 'Requests that are being answered now',
  collect: (gauge) => gauge.set([...cores].reduce((sum, core) => sum + core.requestsInFlight, 0)),
});

/** The steps that every request passes, whether a route was found for it or not. */
export class HttpCore {
  readonly cors: Cors;
  private readonly access: AccessLog;
  private readonly usual: UsualLines;
  private active = 0;
  /** Set when the process stops: connections are not kept. */
  draining = false;

  constructor(
    readonly config: HttpConfig,
    readonly limiter: RateLimiter,
    readonly clock: Clock,
  ) {
    cores.add(this);
    this.cors = new Cors(config.corsOrigins);
    this.access = new AccessLog(config.accessLogSample);
    const lines = [
      'x-content-type-options',
      'nosniff',
      'x-frame-options',
      'DENY',
      ...(config.hstsSeconds > 0
        ? ['strict-transport-security', `max-age=${config.hstsSeconds}; includeSubDomains`]
        : []),
    ];
    this.usual = { lines, text: lines.map((part, i) => (i % 2 === 0 ? `${part}: ` : `${part}\r\n`)).join('') };
  }

  get requestsInFlight(): number {
    return this.active;
  }

  begin(request: FastifyRequest, watch: RouteWatch): RequestState {
    const { headers } = request;
    const parent = headers.traceparent;
    const work = trace.begin({
      name: `${watch.method} ${watch.route}`,
      parent: typeof parent === 'string' ? parent : null,
      requestId: request.id,
    });
    const state = new RequestState(request, work, watch, this.usual);
    request.platform = state;
    this.active += 1;
    if (this.draining) state.addHeader('connection', 'close');
    if (this.cors.enabled && headers.origin !== undefined) this.cors.apply(headers.origin, state);
    return state;
  }

  /** When an answer is on its way, or nobody is left to take it. */
  finish(request: FastifyRequest, status: number): void {
    const state = request.platform;
    if (state === null || state.settled) return;
    state.settled = true;
    this.active -= 1;
    // Not before: as part of the work, its audit row would count as what was done under an Idempotency-Key.
    if (state.refusal !== null) state.keepRefusal?.(state.refusal);
    const { watch } = state;
    const durationMs = performance.now() - state.startedAt;
    let bound = watch.byStatus.get(status);
    if (bound === undefined) {
      const labels = { method: watch.method, route: watch.route };
      bound = {
        seconds: apiResponseSeconds.bind({ ...labels, status: `${Math.floor(status / 100)}xx` }),
        total: apiRequestsTotal.bind({ ...labels, status: String(status) }),
      };
      watch.byStatus.set(status, bound);
    }
    bound.seconds.observe(durationMs / 1_000);
    bound.total.inc();
    const { span } = state.work;
    span.set('http.response.status_code', status);
    span.end();
    if (this.access.wants(status, watch.hot)) {
      // The response finishes on a stream's own event, where the request's context is not the current one.
      runInContext(state.work.context, () => this.log(state, watch, status, durationMs));
    }
  }

  /** For what never reaches a route's own last hook. */
  forget(request: FastifyRequest): void {
    const state = request.platform;
    if (state === null || state.settled) return;
    state.settled = true;
    this.active -= 1;
    state.work.span.end();
  }

  /** Answers with a problem, whatever was thrown. */
  fail(request: FastifyRequest, reply: FastifyReply, error: unknown): void {
    sendWire(this, request, reply, this.problem(request, error));
  }

  problem(request: FastifyRequest, error: unknown): Wire {
    const problem = toProblem(error);
    this.report(request, problem, error);
    if (request.platform !== null) request.platform.refusal = problem.status < 500 && !problem.isAudited ? problem : null;
    return problemWire(problem, request.id, this.clock.now().getTime(), request.headers.accept);
  }

  /** What is ours to explain is reported with its cause; what is the client's is not an error of the platform. */
  private report(request: FastifyRequest, problem: ProblemError, error: unknown): void {
    if (problem.status < 500) return;
    request.platform?.work.span.fail(error);
    errors.report(problem.cause ?? error, 'http', { request_id: request.id, code: problem.code });
  }

  close(): void {
    cores.delete(this);
    this.limiter.close();
  }

  private log(state: RequestState, watch: RouteWatch, status: number, durationMs: number): void {
    this.access.write({
      method: watch.method,
      route: watch.route,
      status,
      durationMs,
      ip: state.ip,
      principalId: state.principal?.id ?? null,
      tenantId: state.tenantId === '' ? null : state.tenantId,
    });
  }
}
