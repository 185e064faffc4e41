import type { Clock } from '@autobroker/kernel';
import { z } from 'zod';
import { defineJob, defineSchedule, JobHandler, type JobContext, type JobProcessor } from '../jobs';
import { logger } from '../telemetry';
import { type PublishedRates, RatesUnreachableError } from './ecb-rates';
import type { RateStore } from './rate-store';
import { dayOf, daysBetween } from './rate-table';
import type { ReferenceRates } from './reference-rates';

const log = logger('money.rates');

export const refreshRates = defineJob({ name: 'refresh-reference-rates', queue: 'platform.maintenance', data: z.strictObject({}) });

/** The bank publishes on working days about 15:00 UTC; the second turn is for when it is late. A new installation does not wait for it. */
export const refreshRatesDaily = defineSchedule({ key: 'reference-rates', job: refreshRates, data: {}, cron: '20 15,18 * * *', atOnce: true });

/** After a longer gap than a weekend with holidays the days between are fetched as well. */
const gapDays = 5;

@JobHandler(refreshRates)
export class RefreshRates implements JobProcessor<typeof refreshRates> {
  constructor(
    private readonly published: PublishedRates,
    private readonly store: RateStore,
    private readonly rates: ReferenceRates,
    private readonly clock: Clock,
  ) {}

  async run(_data: Record<string, never>, context: Pick<JobContext, 'attempt' | 'attempts' | 'signal'>): Promise<{ saved: number } | { skipped: string }> {
    const latest = await this.store.latestDay();
    const all = latest === null || daysBetween(latest, dayOf(this.clock.now())) > gapDays;
    try {
      const fresh = all ? await this.published.recent(context.signal) : await this.published.latest(context.signal);
      const saved = await this.store.save(fresh, this.published.source);
      await this.rates.reload();
      log.info({ saved, days: all ? 90 : 1 }, 'reference rates refreshed');
      return { saved };
    } catch (error) {
      // A machine without a network is no fault of the job: the next turn comes tomorrow, and the age of the rates is measured.
      if (!(error instanceof RatesUnreachableError) || context.attempt < context.attempts) throw error;
      log.warn({ reason: error.message }, 'reference rates could not be fetched; the last known ones stay');
      return { skipped: 'unreachable' };
    }
  }
}
