import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@autobroker/kernel';
import {
  databaseConfig,
  DatabaseHost,
  databaseInstrumentation,
  databaseSettings,
  isUnavailable,
  provisionSettings,
  type ServiceSchema,
} from '../../database';
import { logger, watchPool } from '../../telemetry';
import type { Settings } from '../settings';

const log = logger('app.database');

/** A start that cannot succeed, in words for whoever started it: no stack trace helps them. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

export interface OpenDatabase {
  readonly host: DatabaseHost;
  close(): Promise<void>;
}

export async function openDatabase(
  name: string,
  settings: Settings,
  schemas: readonly ServiceSchema[],
  clock: Clock,
): Promise<OpenDatabase> {
  const config = settings.get(databaseConfig);
  const hooks = { ...databaseInstrumentation({ slowQueryMs: config.slowQueryMs }), clock };
  // The host waits by itself; this only tells those who watch what is being waited for.
  const waiting = new AbortController();
  void sleep(3_000, undefined, { signal: waiting.signal, ref: false }).then(
    () => log.warn({ host: hostOf(config.url) }, 'the database does not answer yet; still trying'),
    () => undefined,
  );
  try {
    const host = await DatabaseHost.open(databaseSettings(config, `autobroker-${name}`), schemas, hooks);
    const unwatch = watchPool(name, host.connections.pool);
    return {
      host,
      close: async () => {
        unwatch();
        await host.close();
      },
    };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    const seconds = Math.round(config.startTimeoutMs / 1_000);
    throw new StartError(`The database at ${hostOf(config.url)} could not be reached within ${seconds} s (DATABASE_URL).`, { cause: error });
  } finally {
    waiting.abort();
  }
}

/** Brings the schemas forward when asked to; otherwise an old schema refuses the start instead of failing requests. */
export async function checkMigrations(host: DatabaseHost, settings: Settings, migrateNow: boolean): Promise<void> {
  if (migrateNow) {
    const applied = await host.migrate({ ...provisionSettings(settings.get(databaseConfig)), log: (line) => log.info(line) });
    if (applied.length > 0) log.info({ applied: applied.length }, 'the database was migrated');
    return;
  }
  const pending = await host.pending();
  if (pending.length === 0) return;
  const shown = pending.slice(0, 5).join(', ');
  const more = pending.length > 5 ? ` and ${pending.length - 5} more` : '';
  throw new StartError(`The database lacks migrations: ${shown}${more}. Run the migration step, or start with AUTO_MIGRATE=true.`);
}

/** Host and database, without the user and password that stand before them. */
export function hostOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'an address that is not valid';
  }
}
