import { SystemClock, type Clock } from '@autobroker/kernel';
import { authConfig } from '../auth';
import type { Cache } from '../cache';
import { PersonVault, vaultConfig, vaultSettings } from '../database';
import type { Transport } from '../messaging';
import { CpuPool, TaskProcess } from '../workers';
import { appConfig } from './config';
import type { ServiceDefinition } from './define-service';
import { AuthParts } from './parts/auth';
import { openCache, watchCache } from './parts/cache';
import { checkMigrations, openDatabase, type OpenDatabase } from './parts/database';
import { JobParts } from './parts/jobs';
import { Housekeeping, housekeepingOf } from './parts/housekeeping';
import { MessagingParts } from './parts/messaging';
import { QuoteParts } from './parts/quotes';
import { askSandbox, SandboxClock } from './sandbox-clock';
import type { Settings } from './settings';

/** What a test may put in the place of the real thing. */
export interface PartOverrides {
  readonly clock?: Clock;
  readonly transport?: Transport;
}

/** Everything that a process stands on, opened in order. */
export interface Parts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly database: OpenDatabase;
  readonly jobs: JobParts;
  readonly cache: Cache;
  readonly messaging: MessagingParts;
  readonly auth: AuthParts;
  readonly quotes: QuoteParts;
  readonly cpu: CpuPool;
  readonly processes: TaskProcess;
  close(): Promise<void>;
}

export interface OpenPartsOptions {
  readonly name: string;
  readonly settings: Settings;
  readonly services: readonly ServiceDefinition[];
  readonly overrides: PartOverrides;
}

export async function openParts({ name, settings, services, overrides }: OpenPartsOptions): Promise<Parts> {
  const { autoMigrate, roles, sandboxUrl } = settings.get(appConfig);
  const followed = overrides.clock === undefined && sandboxUrl !== undefined ? new SandboxClock(askSandbox(sandboxUrl)) : null;
  await followed?.start();
  const clock = overrides.clock ?? followed ?? new SystemClock();
  const database = await openDatabase(name, settings, services, clock).catch(async (error: unknown) => {
    await followed?.stop();
    throw error;
  });
  try {
    await checkMigrations(database.host, settings, autoMigrate);
  } catch (error) {
    await followed?.stop();
    await database.close();
    throw error;
  }
  const jobs = new JobParts(name, settings, services);
  const cache = openCache(settings);
  watchCache(cache);
  const cpu = new CpuPool();
  const processes = new TaskProcess();
  const messaging = new MessagingParts(database.host, services, settings, {
    consume: roles.includes('worker'),
    ...(overrides.transport === undefined ? {} : { transport: overrides.transport }),
  });
  const auth = new AuthParts(settings.get(authConfig));
  messaging.subscribe(auth.subscription());
  for (const { name: service } of services) {
    const schema = database.host.of(service);
    const vault = new PersonVault(schema, vaultSettings(settings.get(vaultConfig)));
    jobs.handle(housekeepingOf(service), new Housekeeping(schema, messaging.retention, vault, clock));
  }
  return {
    settings,
    clock,
    database,
    jobs,
    cache,
    messaging,
    auth,
    quotes: new QuoteParts(clock, settings.get(authConfig)),
    cpu,
    processes,
    close: async () => {
      await followed?.stop();
      auth.stop();
      await cpu.close();
      await processes.close();
      await jobs.jobs.close();
      await jobs.store.close();
      await cache.close();
      await database.close();
    },
  };
}
