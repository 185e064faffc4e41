import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { compileGuard } from '../../auth';
import {
  health,
  HttpServer,
  httpConfig,
  PgIdempotencyStore,
  RedisCounters,
  type BuiltIn,
  type IdempotencyStore,
  type RouteDefinition,
} from '../../http';
import { connectImpatiently } from '../../cache';
import { logger } from '../../telemetry';
import { enginesConfig, redisCa } from '../config';
import type { ServiceDefinition } from '../define-service';
import type { Parts } from '../open-parts';
import type { Settings } from '../settings';
import { documents } from './documents';
import { metricsRoute } from './metrics-route';
import { registerPlatformHealth } from './health';
import { refusalAudit } from './refusals';

export interface OpenHttp {
  readonly server: HttpServer;
  install(app: NestFastifyApplication): void;
  close(): void;
}

export interface HttpPartOptions {
  readonly parts: Parts;
  readonly services: readonly ServiceDefinition[];
  /** Whether this process answers requests for its services, or only probes and metrics. */
  readonly serve: boolean;
  readonly checkResponses: boolean;
}

export function openHttp({ parts, services, serve, checkResponses }: HttpPartOptions): OpenHttp {
  const counters = sharedCounters(parts.settings);
  const server = new HttpServer({
    config: parts.settings.get(httpConfig),
    clock: parts.clock,
    health,
    checkResponses,
    sharedCounters: counters?.counters ?? null,
  });
  const unregister = registerPlatformHealth(parts, services);
  const stores = idempotencyStores(parts, services);
  const audits = refusalAudit(parts, services);
  return {
    server,
    install: (app) =>
      server.install(app, {
        serve,
        guardOf: (route) => compileGuard(route.access, { authenticator: parts.auth.authenticator }),
        refusalAuditOf: (route) => audits(serviceOf(route, services)),
        idempotencyStoreOf: (route) => stores(serviceOf(route, services)),
        builtIns: (routes): BuiltIn[] => [metricsRoute(parts.settings), ...(serve ? documents(routes) : [])],
      }),
    close: () => {
      unregister();
      counters?.close();
    },
  };
}

/** The service that a route belongs to: its schema keeps what the platform remembers about its requests. */
function serviceOf(route: RouteDefinition, services: readonly ServiceDefinition[]): string | null {
  return services.find((service) => service.routes.includes(route))?.name ?? null;
}

function idempotencyStores(parts: Parts, services: readonly ServiceDefinition[]): (service: string | null) => IdempotencyStore | null {
  const stores = new Map(services.map(({ name }) => [name, new PgIdempotencyStore(parts.database.host.of(name))]));
  return (service) => (service === null ? null : (stores.get(service) ?? null));
}

/** One count for all processes of an installation, where they share a Redis. */
function sharedCounters(settings: Settings): { readonly counters: RedisCounters; close(): void } | null {
  const engines = settings.get(enginesConfig);
  if (engines.redisCacheUrl === undefined) return null;
  const redis = connectImpatiently(engines.redisCacheUrl, 'rate-limits', undefined, redisCa(engines));
  // Away is an answer too: each process counts for itself until it is back.
  redis.on('error', (error: Error) => logger('app.http').debug({ err: error }, 'rate limits are not shared at the moment'));
  return { counters: new RedisCounters(redis), close: () => redis.disconnect() };
}
