import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { anonymous, AuthRefusal, principalOf, type Guard, type Principal } from '../../auth';
import { loadConfig } from '../../config';
import { httpConfig } from '../config';
import { HealthRegistry } from '../health/registry';
import { MemoryIdempotencyStore } from '../idempotency/memory-store';
import type { IdempotencyStore } from '../idempotency/store';
import type { SharedCounters } from '../rate-limit/limiter';
import type { RouteDefinition } from '../route/define-route';
import { HttpServer, type InstallOptions } from '../server/http-server';

export const tenant = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a';

/** Bearer `user:<id>` is that user, `operator` an operator; anything else is refused. Tokens have suites of their own. */
const callerOf = (authorization: string | undefined): Principal => {
  if (authorization === undefined) return anonymous;
  const [, token = ''] = authorization.split(' ');
  const [kind, id] = token.split(':');
  if (kind === 'user' && id !== undefined) {
    return principalOf({ kind: 'user', id, tenantId: tenant, roles: ['buyer'], tier: 'free' });
  }
  if (kind === 'operator')
    return principalOf({ kind: 'user', id: 'op', tenantId: null, roles: ['operator'], tier: 'free' });
  throw new AuthRefusal('unauthenticated', 'no such token', { 'www-authenticate': 'Bearer' });
};

const guardOf =
  (route: RouteDefinition): Guard =>
  ({ headers }) => {
    const principal = callerOf(headers.authorization);
    if (route.access.kind !== 'public' && principal.kind === 'anonymous')
      throw new AuthRefusal('unauthenticated', 'sign in');
    return { principal, tenantId: tenant };
  };

export interface TestServerOptions {
  readonly controllers: readonly Type[];
  readonly env?: NodeJS.ProcessEnv;
  readonly store?: IdempotencyStore | null;
  readonly counters?: SharedCounters;
  readonly checkResponses?: boolean;
  readonly health?: HealthRegistry;
  readonly builtIns?: InstallOptions['builtIns'];
  readonly refusalAuditOf?: InstallOptions['refusalAuditOf'];
}

export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly http: HttpServer;
  readonly app: NestFastifyApplication;
  close(): Promise<void>;
}

/** A real Nest application on a free port, with the controllers of one suite. */
export async function startTestServer(options: TestServerOptions): Promise<TestServer> {
  @Module({ controllers: [...options.controllers] })
  class SuiteModule {}

  const http = new HttpServer({
    config: loadConfig(httpConfig, options.env ?? {}),
    health: options.health ?? new HealthRegistry(),
    checkResponses: options.checkResponses ?? true,
    sharedCounters: options.counters ?? null,
  });
  const app = await NestFactory.create<NestFastifyApplication>(SuiteModule, http.adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  const store = options.store === undefined ? new MemoryIdempotencyStore() : options.store;
  http.install(app, {
    guardOf,
    idempotencyStoreOf: () => store,
    ...(options.builtIns === undefined ? {} : { builtIns: options.builtIns }),
    ...(options.refusalAuditOf === undefined ? {} : { refusalAuditOf: options.refusalAuditOf }),
  });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, http, app, close: () => app.close() };
}
