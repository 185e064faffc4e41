import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@autobroker/kernel';
import { CLOCK } from '@autobroker/platform/app';
import { activeOpportunities } from '@autobroker/platform/telemetry';
import { type JobContext, type JobData, JobHandler, Jobs } from '@autobroker/platform/jobs';
import { externalValuationsJob } from '../application/external/jobs';
import { FindOpportunities } from '../application/opportunities/find-opportunities';
import { findOpportunitiesJob, sweepOpportunitiesJob } from '../application/opportunities/jobs';
import { OpportunityReader } from '../application/opportunities/ports';
import { SweepOpportunities } from '../application/opportunities/sweep-opportunities';

/** Nobody looks further down the list before its top has been confirmed. */
const askedAmong = 20;

@Injectable()
@JobHandler(findOpportunitiesJob)
export class FindOpportunitiesProcessor {
  constructor(
    private readonly finding: FindOpportunities,
    private readonly reader: OpportunityReader,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** It comes every minute at the latest, so that the gauge is never older than that. */
  async run(_data: JobData<typeof findOpportunitiesJob>, { signal }: Pick<JobContext, 'signal'>): Promise<unknown> {
    const counts = await this.finding.run(signal);
    if (counts.sentAway) return counts;
    // What others say of the best is asked for, spread over the day within their budgets: with their answer the car is looked at again, and what
    // was an error of the model gives way to the next one.
    const now = this.clock.now();
    const hour = now.toISOString().slice(0, 13);
    for (const vehicleId of await this.reader.unheard(askedAmong, now)) await this.jobs.enqueue(externalValuationsJob, { vehicle_id: vehicleId, urgency: 'spread' }, { jobId: `${vehicleId}-opportunity-${hour}` });
    if (counts.more) await this.jobs.enqueue(findOpportunitiesJob, {});
    activeOpportunities.set(await this.reader.active());
    return counts;
  }
}

@Injectable()
@JobHandler(sweepOpportunitiesJob)
export class SweepOpportunitiesProcessor {
  constructor(private readonly sweep: SweepOpportunities) {}

  run(_data: JobData<typeof sweepOpportunitiesJob>, { signal }: JobContext): Promise<unknown> {
    return this.sweep.run(signal);
  }
}
