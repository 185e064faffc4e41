import { z } from 'zod';
import type { Clock } from '@autobroker/kernel';
import { maintainMonths, type Database, type PersonVault } from '../../database';
import { PgIdempotencyStore } from '../../http';
import { defineJob, defineSchedule, type JobContext, type JobDef, type JobProcessor } from '../../jobs';
import type { Retention } from '../../messaging';
import { logger } from '../../telemetry';

const log = logger('app.housekeeping');
const nothing = z.strictObject({});
const jobs = new Map<string, JobDef<typeof nothing>>();

/** The job of one service: each keeps its own schema tidy, whichever processes host it. */
export function housekeepingOf(service: string): JobDef<typeof nothing> {
  let job = jobs.get(service);
  if (job === undefined) {
    job = defineJob({ name: 'housekeeping', queue: `${service}.maintenance`, data: nothing });
    defineSchedule({ key: 'housekeeping', job, data: {}, cron: '7 * * * *' });
    jobs.set(service, job);
  }
  return job;
}

/**
 * What every schema needs from time to time: the coming months’ partitions, old keys and events taken away, and, after a
 * new master key was put first in the ring, people’s keys wrapped under it: within the hour, without anybody’s doing.
 */
export class Housekeeping implements JobProcessor<JobDef<typeof nothing>> {
  constructor(
    private readonly database: Database,
    private readonly retention: Pick<Retention, 'prune'>,
    private readonly vault: PersonVault,
    private readonly clock: Clock,
  ) {}

  async run(_data: unknown, { signal }: Pick<JobContext, 'signal'>): Promise<Record<'months' | 'keys' | 'outbox' | 'inbox' | 'rewrapped', number>> {
    const { made, dropped } = await maintainMonths(this.database, this.clock.now());
    const months = made.length + dropped.length;
    const keys = await sweepKeys(new PgIdempotencyStore(this.database));
    const { outbox, inbox } = await this.retention.prune(this.database.schema);
    // Last: a key that no master in the ring opens is an alarm, and must not keep the rest from being done.
    const rewrapped = await this.vault.rewrap({ signal });
    const done = { months, keys, outbox, inbox, rewrapped };
    log.info({ service: this.database.schema, ...done }, 'housekeeping done');
    return done;
  }
}

const batch = 1_000;

async function sweepKeys(store: PgIdempotencyStore): Promise<number> {
  for (let total = 0; ; ) {
    const swept = await store.sweep(batch);
    total += swept;
    if (swept < batch) return total;
  }
}
