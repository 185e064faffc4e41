import multipartPlugin from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ModulesContainer } from '@nestjs/core';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { SystemClock, type Clock } from '@autobroker/kernel';
import { anonymous, assertEveryRouteDeclared, AuthRefusal, type Guard, keepsRefusals, type RefusalAudit } from '../../auth';
import type { HttpConfig } from '../config';
import { health as processHealth, type HealthRegistry } from '../health/registry';
import { healthRoutes } from '../health/routes';
import { Idempotency } from '../idempotency/idempotency';
import type { IdempotencyStore } from '../idempotency/store';
import { configureCursors } from '../list/cursor';
import { RateLimiter, type SharedCounters } from '../rate-limit/limiter';
import { quotasOf } from '../rate-limit/policies';
import { collectBoundRoutes } from '../route/collect-routes';
import { isMultipart, type RouteDefinition } from '../route/define-route';
import { createFastify, PlatformAdapter } from './adapter';
import { installBodyParsers } from './body-parser';
import type { BuiltIn } from './built-in';
import { HttpCore } from './core';
import { drain } from './drain';
import { RoutePipeline, type Invoke } from './pipeline';
import { checkAgainstSchema } from './response-check';
import { answerUnmatched, KnownPaths } from './unmatched';

export interface HttpServerOptions {
  readonly config: HttpConfig;
  readonly clock?: Clock;
  readonly sharedCounters?: SharedCounters | null;
  readonly health?: HealthRegistry;
  /** Answers are held against their own schema: for tests. */
  readonly checkResponses?: boolean;
}

export interface InstallOptions {
  /** False in a process that only works in the background: it answers probes and its own pages, nothing else. */
  readonly serve?: boolean;
  /** The access check of a route (platform/auth's `compileGuard`). */
  readonly guardOf: (route: RouteDefinition) => Guard;
  /** Who keeps the refusals of this route, where it asks for that; null where nobody does. */
  readonly refusalAuditOf?: (route: RouteDefinition) => RefusalAudit | null;
  /** Where answers to POST requests of this route are remembered; null where none are. */
  readonly idempotencyStoreOf?: (route: RouteDefinition) => IdempotencyStore | null;
  /** Routes beside those of controllers: documents, metrics. They get all routes that are there. */
  readonly builtIns?: (routes: readonly RouteDefinition[]) => readonly BuiltIn[];
}

/**
 * The HTTP side of one process. Controllers are Nest's, routing is Fastify's own: each @Handle method becomes one
 * Fastify route whose hooks are compiled from its definition, so a request passes no layer that it doesn't need.
 */
export class HttpServer {
  readonly fastify: FastifyInstance;
  readonly adapter: PlatformAdapter;
  readonly core: HttpCore;
  readonly health: HealthRegistry;
  private readonly paths = new KnownPaths();
  private readonly idempotency: Idempotency;
  private readonly checkResponses: boolean;
  private routeList: readonly RouteDefinition[] = [];

  constructor(options: HttpServerOptions) {
    const { config } = options;
    const clock = options.clock ?? new SystemClock();
    this.health = options.health ?? processHealth;
    this.checkResponses = options.checkResponses ?? false;
    const limiter = new RateLimiter(
      quotasOf(config.rateLimitScale, config.rateLimitAnonymous),
      options.sharedCounters ?? null,
    );
    this.core = new HttpCore(config, limiter, clock);
    this.idempotency = new Idempotency({ lockMs: config.requestTimeoutMs, secret: config.secret });
    configureCursors(config.secret);
    const unmatched = answerUnmatched(this.core, this.paths);
    this.fastify = createFastify(config, clock, (error, request, reply) => {
      if (request.platform == null)
        this.core.begin(request, { method: 'ANY', route: 'unmatched', hot: false, byStatus: new Map() });
      this.core.fail(request, reply, error);
      this.core.forget(request);
    });
    installBodyParsers(this.fastify);
    this.fastify.setErrorHandler((error, request, reply) => this.core.fail(request, reply, error));
    this.fastify.setNotFoundHandler(unmatched);
    this.adapter = new PlatformAdapter(this.fastify);
  }

  /** Every route that answers, the platform's own included; complete after `install`. */
  get routes(): readonly RouteDefinition[] {
    return this.routeList;
  }

  /** Between creating the Nest application and listening. */
  install(app: NestFastifyApplication, options: InstallOptions): void {
    const modules = [...app.get(ModulesContainer).values()];
    const wrappers = modules.flatMap((module) => [...module.controllers.values()]);
    const classes = new Map(
      wrappers.flatMap(({ metatype, instance }) => (typeof metatype === 'function' ? [[metatype, instance]] : [])),
    );
    const types = modules.flatMap((module) =>
      [...module.controllers.values()].flatMap(({ metatype }) => (metatype === null ? [] : [metatype])),
    );
    const found = collectBoundRoutes([...new Set(types)].filter(isType));
    assertEveryRouteDeclared(
      found.map(({ route }) => ({ method: route.method, path: route.url, access: route.access })),
    );
    const bound = options.serve === false ? [] : found;
    const declared = bound.map(({ route }) => route);
    const probes = healthRoutes({ registry: this.health, isDraining: () => this.core.draining });
    const extra = options.builtIns?.([...declared, ...probes.map(({ route }) => route)]) ?? [];
    for (const { route, controller, method } of bound) {
      const instance: unknown = classes.get(controller);
      const refusals = keepsRefusals(route.access) ? (options.refusalAuditOf?.(route) ?? null) : null;
      this.add(route, invoker(instance, method), options.guardOf(route), options.idempotencyStoreOf?.(route) ?? null, refusals);
    }
    for (const { route, handle, guarded } of [...probes, ...extra]) {
      this.add(route, handle, guarded ? lenient(options.guardOf(route)) : openGuard, null);
    }
    this.routeList = [...declared, ...[...probes, ...extra].map(({ route }) => route)];
  }

  /** Readiness goes false, requests in flight end, connections close. Then the application may be closed. */
  async drain(): Promise<void> {
    await drain(this.core);
    this.core.close();
  }

  private add(route: RouteDefinition, invoke: Invoke, guard: Guard, store: IdempotencyStore | null, refusals: RefusalAudit | null = null): void {
    const pipeline = new RoutePipeline(route, invoke, guard, store, {
      core: this.core,
      idempotency: this.idempotency,
      checkResponse: this.checkResponses ? checkAgainstSchema : null,
      refusals,
    });
    this.paths.add(route.method, route.url);
    const options: RouteOptions = {
      method: route.method,
      url: route.url,
      ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
      ...pipeline.hooks(),
    };
    if (route.body === undefined || !isMultipart(route.body)) {
      this.fastify.route(options);
      return;
    }
    // The plugin hooks into every request of its scope, so each route that takes uploads is a scope of its own.
    this.fastify.register(async (scope) => {
      await scope.register(multipartPlugin, { throwFileSizeLimit: true });
      scope.route(options);
    });
  }
}

const isType = (value: unknown): value is new (...args: never[]) => object => typeof value === 'function';

function invoker(instance: unknown, method: string): Invoke {
  const handler: unknown =
    typeof instance === 'object' && instance !== null ? Reflect.get(instance, method) : undefined;
  if (typeof handler !== 'function') throw new Error(`the controller of ${method} was not made`);
  return (input): unknown => Reflect.apply(handler, instance, [input]);
}

const openAdmission = { principal: anonymous, tenantId: '' };
const openGuard: Guard = () => openAdmission;

/** A page for operators answers anonymously when nobody can be checked: that may be what they came to look at. */
const lenient =
  (guard: Guard): Guard =>
  (request) => {
    const orAnonymous = (error: unknown): typeof openAdmission => {
      if (error instanceof AuthRefusal && error.code !== 'unavailable' && error.code !== 'tenant_not_found')
        throw error;
      return openAdmission;
    };
    try {
      const admission = guard(request);
      return admission instanceof Promise ? admission.catch(orAnonymous) : admission;
    } catch (error) {
      return orAnonymous(error);
    }
  };
