import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock, type Clock } from '@autobroker/kernel';
import type { App, AppOverrides, ServiceDefinition } from '../app';
import type { TenantDirectory } from '../auth';
import type { Database } from '../database';
import { recordEvents, type EventRecorder } from './record-events';
import { createTestDatabase } from './test-database';
import { trustingTests } from './users';

export interface TestAppOptions {
  readonly services: readonly ServiceDefinition[];
  readonly overrides?: AppOverrides;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether consumers, jobs and schedules run too (yes). */
  readonly work?: boolean;
}

export interface TestApp {
  readonly app: App;
  /** Where it takes requests; `app.inject` does without a network. */
  readonly url: string;
  /** The owner's connection string of its database. */
  readonly databaseUrl: string;
  readonly clock: Clock;
  of(service: string): Database;
  events(service: string): Promise<EventRecorder>;
  /** A request by path; a body that is no string goes as JSON. */
  call(path: string, init?: Omit<RequestInit, 'body'> & { body?: unknown }): Promise<Response>;
  close(): Promise<void>;
}

/** The tenant of visitors and test users where the identity service is not part of the app. */
export const testTenant = { id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b01', slug: 'test' };

const onlyTenant: TenantDirectory = {
  find: (lookup) =>
    Promise.resolve('host' in lookup || [testTenant.id, testTenant.slug].includes(lookup.tenant) ? testTenant : null),
};

/** The services as a process hosts them, on a database of their own, answering on a free port. */
export async function testApp(options: TestAppOptions): Promise<TestApp> {
  // Loaded when it is needed: most specs of a database need no application, and all of it takes a second to load.
  const { createApp, hostedWith } = await import('@autobroker/platform/app');
  const database = await createTestDatabase(hostedWith(options.services));
  const data = await mkdtemp(join(tmpdir(), 'autobroker-app-'));
  const clock = options.overrides?.clock ?? new ManualClock(new Date());
  const cleanUp = async (): Promise<void> => {
    await database.drop();
    await rm(data, { recursive: true, force: true });
  };
  try {
    const app = await createApp({
      name: 'test',
      services: options.services,
      env: {
        NODE_ENV: 'test',
        LOG_LEVEL: 'error',
        DATABASE_URL: database.url,
        DATABASE_POOL: '8',
        AUTOBROKER_DATA: data,
        // Nobody listens on the discard port: no test asks the bank itself.
        REFERENCE_RATES_URL: 'http://127.0.0.1:9',
        ...options.env,
      },
      overrides: { checkResponses: true, ...options.overrides, clock },
    });
    const { sources } = app.parts.auth;
    const own = sources.get();
    const hosts = (part: 'keySource' | 'tenants'): boolean =>
      options.services.some(({ authPorts }) => authPorts?.[part] !== undefined);
    sources.set({
      ...own,
      keySource: trustingTests(hosts('keySource') ? own.keySource : undefined),
      tenants: hosts('tenants') ? own.tenants : onlyTenant,
    });
    const url = await app.listen(0, '127.0.0.1');
    if (options.work !== false) await app.startWork();
    return {
      app,
      url,
      databaseUrl: database.url,
      clock,
      of: (service) => app.parts.database.host.of(service),
      events: (service) => recordEvents(app.parts.database.host.of(service)),
      call: (path, init = {}) => fetch(new URL(path, url), requestOf(init)),
      close: async () => {
        await app.close();
        await cleanUp();
      },
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

function requestOf({ body, ...init }: Omit<RequestInit, 'body'> & { body?: unknown }): RequestInit {
  if (body === undefined) return init;
  if (typeof body === 'string' || body instanceof FormData) return { ...init, body };
  return {
    ...init,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...Object.fromEntries(new Headers(init.headers)) },
  };
}
