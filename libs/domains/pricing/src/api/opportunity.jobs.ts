import { Injectable } from '@nestjs/common';
import { activeOpportunities } from '@autobroker/platform/telemetry';
import { type JobContext, type JobData, JobHandler } from '@autobroker/platform/jobs';
import { FindOpportunities } from '../application/opportunities/find-opportunities';
import { findOpportunitiesJob, sweepOpportunitiesJob } from '../application/opportunities/jobs';
import { OpportunityReader } from '../application/opportunities/ports';
import { SweepOpportunities } from '../application/opportunities/sweep-opportunities';

@Injectable()
@JobHandler(findOpportunitiesJob)
export class FindOpportunitiesProcessor {
  constructor(
    private readonly finding: FindOpportunities,
    private readonly reader: OpportunityReader,
  ) {}

  /** It comes every minute at the latest, so that the gauge is never older than that. */
  async run(_data: JobData<typeof findOpportunitiesJob>, { signal }: Pick<JobContext, 'signal'>): Promise<unknown> {
    const counts = await this.finding.run(signal);
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
