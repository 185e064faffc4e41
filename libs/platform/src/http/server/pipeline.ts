import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { isUuid } from '@autobroker/kernel';
import { anonymous, AuthRefusal, type Admission, type Guard, type RefusalAudit } from '../../auth';
import { currentContext, runInContext } from '../../telemetry';
import { parseIfMatch } from '../conditions/etag';
import { ProblemError } from '../errors/problem-error';
import { idempotencyKeyOf, type Idempotency, type IdempotentRequest } from '../idempotency/idempotency';
import type { IdempotencyStore } from '../idempotency/store';
import { rateLimited } from '../rate-limit/limiter';
import type { Decision } from '../rate-limit/sliding-window';
import { toWire, type Wire } from '../reply/wire';
import { isMultipart, type RouteDefinition } from '../route/define-route';
import type { RouteInput } from '../route/input';
import {
  bodyValidator,
  paramsValidator,
  queryValidator,
  validationProblem,
  type Checked,
} from '../validation/validator';
import { queryReader, type QueryReader } from '../validation/query-reader';
import { rawBodyOf } from './body-parser';
import type { HttpCore } from './core';
import { MultipartParts, readMultipart } from './multipart';
import type { RequestState } from './request-state';
import { watchOf, type RouteWatch } from './route-watch';
import type { ResponseCheck } from './response-check';
import { sendWire } from './send';

type AnyInput = RouteInput<unknown, unknown, unknown>;
export type Invoke = (input: AnyInput) => unknown;

export interface PipelineParts {
  readonly core: HttpCore;
  readonly idempotency: Idempotency;
  readonly checkResponse: ResponseCheck | null;
  /** Who keeps what this route refuses; null where nobody does. */
  readonly refusals: RefusalAudit | null;
}

export interface RouteHooks {
  readonly onRequest: onRequestHookHandler;
  readonly handler: (request: FastifyRequest, reply: FastifyReply) => void;
}

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;
const noPrincipal = (): ProblemError => new ProblemError('unauthenticated');

/** All that happens to a request of one route, compiled once. Whatever needs no waiting is done without a promise. */
export class RoutePipeline {
  private readonly core: HttpCore;
  private readonly watch: RouteWatch;
  private readonly name: string;
  private readonly readQuery: QueryReader;
  private readonly checkParams: (params: unknown) => Checked;
  private readonly checkBody: ((body: unknown) => Checked) | null;

  constructor(
    private readonly route: RouteDefinition,
    private readonly invoke: Invoke,
    private readonly guard: Guard,
    private readonly store: IdempotencyStore | null,
    private readonly parts: PipelineParts,
  ) {
    this.core = parts.core;
    this.name = `${route.method} ${route.url}`;
    this.watch = watchOf(route.method, route.url, route.rateLimit === 'hot');
    this.readQuery = queryReader(queryValidator(route.query, `${this.name} query`), { remember: route.rateLimit === 'hot' });
    this.checkParams = paramsValidator(route.params, `${this.name} params`, { remember: route.rateLimit === 'hot' });
    const { body } = route;
    const takesBody = route.method !== 'GET' && (body === undefined || !isMultipart(body));
    this.checkBody = takesBody
      ? bodyValidator(
          body === undefined || isMultipart(body) ? undefined : body,
          route.bodyOptional === true,
          `${this.name} body`,
        )
      : null;
  }

  hooks(): RouteHooks {
    return {
      onRequest: (request, reply, done) => this.admit(request, reply, done),
      handler: (request, reply) => {
        const state = request.platform;
        if (state === null) return;
        // Reading a body goes on in events of the socket, outside of the request's context.
        const { context } = state.work;
        if (currentContext() === context) this.handle(request, reply, state);
        else runInContext(context, () => this.handle(request, reply, state));
      },
    };
  }

  /** Before the body is read: who asks, whether they may, and how often. */
  private admit(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void {
    const state = this.core.begin(request, this.watch);
    const { refusals } = this.parts;
    if (refusals !== null) state.keepRefusal = (problem) => this.keep(refusals, request, state, problem);
    runInContext(state.work.context, () => {
      const fail = (error: unknown): void => {
        if (error instanceof AuthRefusal) state.turnedAway = error.principal;
        this.refuse(request, reply, state, error);
      };
      const go = (admission: Admission): void => {
        state.principal = admission.principal;
        state.tenantId = admission.tenantId;
        this.limit(state, done, fail);
      };
      try {
        if (!isRoutable(request.raw.url))
          throw new ProblemError('malformed_request', 'The request target is not an address.');
        const admission = this.guard({
          headers: request.headers,
          method: this.route.method,
          route: this.route.url,
          ip: state.ip,
          requestId: state.id,
        });
        if (isPromise(admission)) admission.then(go).catch(fail);
        else go(admission);
      } catch (error) {
        fail(error);
      }
    });
  }

  private limit(state: RequestState, done: () => void, fail: (error: unknown) => void): void {
    const decision = this.core.limiter.check(this.route.rateLimit, state.principal, state.ip);
    if (decision === null) return done();
    const decide = (found: Decision): void => {
      state.limited(found);
      if (found.allowed) done();
      else fail(rateLimited(found));
    };
    if (isPromise(decision)) decision.then(decide).catch(fail);
    else decide(decision);
  }

  /** Somebody who is turned away is counted by address, so that guessing credentials runs into a limit, too. */
  private refuse(request: FastifyRequest, reply: FastifyReply, state: RequestState, error: unknown): void {
    const decision = state.principal === null ? this.core.limiter.check(this.route.rateLimit, null, state.ip) : null;
    if (decision === null || isPromise(decision)) return this.core.fail(request, reply, error);
    state.limited(decision);
    this.core.fail(request, reply, decision.allowed ? error : rateLimited(decision));
  }

  /** Whatever it is that was refused. That somebody asked too often, or never came to say what, is not about what they wanted. */
  private keep(refusals: RefusalAudit, request: FastifyRequest, state: RequestState, { code, status, errors = [] }: ProblemError): void {
    if (status === 408 || status === 429) return;
    const { params } = request;
    const id: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, 'id') : null;
    refusals.refused({
      principal: state.principal ?? state.turnedAway ?? anonymous,
      code,
      status,
      method: this.route.method,
      route: this.route.url,
      objectId: typeof id === 'string' && isUuid(id) ? id : null,
      because: errors.map((error) => error.code),
      ip: state.ip,
      requestId: state.id,
    });
  }

  private handle(request: FastifyRequest, reply: FastifyReply, state: RequestState): void {
    try {
      const outcome = this.answer(request, state);
      if (!isPromise(outcome)) {
        sendWire(this.core, request, reply, outcome);
        return;
      }
      this.wait(request, reply, state, outcome);
    } catch (error) {
      this.core.fail(request, reply, error);
    }
  }

  private wait(request: FastifyRequest, reply: FastifyReply, state: RequestState, outcome: Promise<Wire>): void {
    const limitMs = this.route.timeoutMs === undefined ? this.core.config.requestTimeoutMs : this.route.timeoutMs;
    const timer =
      limitMs === null
        ? undefined
        : setTimeout(() => {
            const late = new ProblemError('unavailable', 'The request took too long.', {
              headers: { 'retry-after': '5' },
            });
            state.abort(late);
            this.core.fail(request, reply, late);
          }, limitMs);
    outcome.then(
      (wire) => {
        clearTimeout(timer);
        sendWire(this.core, request, reply, wire);
      },
      (error: unknown) => {
        clearTimeout(timer);
        if (!reply.sent) this.core.fail(request, reply, error);
      },
    );
  }

  private answer(request: FastifyRequest, state: RequestState): Wire | Promise<Wire> {
    const { body } = this.route;
    if (body !== undefined && isMultipart(body)) {
      return readMultipart(request, body).then((parts) => this.carryOut(request, state, { ok: true, value: parts }));
    }
    return this.carryOut(request, state, this.checkBody === null ? noBody : this.checkedBody(request, this.checkBody));
  }

  private checkedBody(request: FastifyRequest, check: (body: unknown) => Checked): Checked {
    const type = request.headers['content-type'];
    if (type !== undefined && request.body !== undefined && !this.takes(type)) {
      throw new ProblemError('unsupported_media_type', `Send ${this.consumed().join(' or ')}.`);
    }
    return check(request.body);
  }

  private consumed(): readonly string[] {
    return this.route.consumes ?? ['application/json', 'application/merge-patch+json'];
  }

  private takes(type: string): boolean {
    const plain = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    return this.consumed().includes(plain);
  }

  private carryOut(request: FastifyRequest, state: RequestState, body: Checked): Wire | Promise<Wire> {
    const { route } = this;
    const params = this.checkParams(request.params);
    const query = this.readQuery((request.query as { readonly text: string }).text);
    if (!params.ok || !query.ok || !body.ok) {
      throw validationProblem([...errorsOf(params), ...errorsOf(query), ...errorsOf(body)]);
    }
    const { principal } = state;
    if (principal === null) throw noPrincipal();
    const version = route.ifMatch ? parseIfMatch(request.headers['if-match']) : null;
    const input: AnyInput = {
      params: params.value,
      query: query.value,
      body: body.value,
      principal,
      tenantId: state.tenantId,
      ifMatch: version ?? undefined,
      request: state,
      headers: request.headers,
    };
    if (route.idempotency !== 'exempt') {
      const key = idempotencyKeyOf(request.headers['idempotency-key'], route.idempotency === 'required');
      if (key !== null && this.store !== null) {
        return this.parts.idempotency.run(this.store, this.idempotent(request, state, input, key), () =>
          this.work(request, state, input),
        );
      }
    }
    const result = this.invoke(input);
    return isPromise(result)
      ? result.then((value) => this.wire(request, state, value))
      : this.wire(request, state, result);
  }

  /** As a promise of an answer, refusals included: they are answers, and some of them are kept. */
  private async work(request: FastifyRequest, state: RequestState, input: AnyInput): Promise<Wire> {
    try {
      return this.wire(request, state, await this.invoke(input));
    } catch (error) {
      return this.core.problem(request, error);
    }
  }

  private wire(request: FastifyRequest, state: RequestState, result: unknown): Wire {
    const wire = toWire(result, this.route.response, {
      requestId: state.id,
      nowMs: this.core.clock.now().getTime(),
      method: state.method,
      ifNoneMatch: request.headers['if-none-match'],
    });
    this.parts.checkResponse?.(this.route, wire);
    return wire;
  }

  private idempotent(request: FastifyRequest, state: RequestState, input: AnyInput, key: string): IdempotentRequest {
    const { principal } = state;
    const who =
      principal === null || principal.id === null ? `address:${state.ip}` : `${principal.kind}:${principal.id}`;
    const { seal } = this.parts.idempotency;
    const type = request.headers['content-type']?.split(';', 1)[0] ?? '';
    return {
      ref: { scope: `${who}@${state.tenantId}`, route: this.name, key },
      anonymous: principal === null || principal.id === null,
      requestHash: seal.hash(state.url, type, rawBodyOf(request), ...multipartBytes(input.body)),
    };
  }
}

/** The router would read `GET *cars` as `/cars`. */
const isRoutable = (target: string | undefined): boolean =>
  target !== undefined && (target.startsWith('/') || /^https?:\/\//i.test(target));

const noBody: Checked = { ok: true, value: undefined };
const errorsOf = (checked: Checked) => (checked.ok ? [] : checked.errors);

/** The parts of a multipart body, which was never kept as a whole. */
function multipartBytes(body: unknown): (string | Buffer)[] {
  if (!(body instanceof MultipartParts)) return [];
  const fields = Object.entries(body.fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return [JSON.stringify(fields), ...body.files.flatMap((file) => [file.field, file.filename, file.bytes])];
}
