import { databaseQuerySeconds, logger, trace } from '../telemetry';
import type { DatabaseHooks } from './database-host';
import type { QueryTiming } from './query-timer';

const log = logger('database');

/** The hooks that every app uses: query times as a metric, slow statements and broken connections in the log, traces on events. */
export function databaseInstrumentation(options: { slowQueryMs: number }): DatabaseHooks {
  const bound = new Map<string, ReturnType<typeof databaseQuerySeconds.bind>>();
  const histogram = (service: string, kind: string): ReturnType<typeof databaseQuerySeconds.bind> => {
    const key = `${service} ${kind}`;
    let found = bound.get(key);
    if (found === undefined) bound.set(key, (found = databaseQuerySeconds.bind({ service, kind })));
    return found;
  };
  return {
    onQuery: (timing) => {
      histogram(timing.service, kindOf(timing)).observe(timing.ms / 1_000);
      if (timing.ms >= options.slowQueryMs) {
        log.warn(
          { service: timing.service, ms: Math.round(timing.ms), failed: timing.failed, sql: shortened(timing.sql) },
          'slow query',
        );
      }
    },
    onConnectionError: (error) => log.warn({ err: error }, 'a database connection was lost'),
    trace: () => trace.traceparent(),
  };
}

/** A handful of values, whatever statements there are. */
function kindOf({ sql, name }: QueryTiming): string {
  if (name === 'replica') return 'replica';
  const verb = /^\s*(select|insert|update|delete|with)\b/i.exec(sql)?.[1];
  return verb?.toLowerCase() ?? 'other';
}

const shortened = (sql: string): string => sql.replace(/\s+/g, ' ').trim().slice(0, 500);
