import { Injectable } from '@nestjs/common';
import { type JobContext, type JobData, JobHandler } from '@autobroker/platform/jobs';
import { FindOpportunities } from '../application/opportunities/find-opportunities';
import { findOpportunitiesJob, sweepOpportunitiesJob } from '../application/opportunities/jobs';
import { SweepOpportunities } from '../application/opportunities/sweep-opportunities';

@Injectable()
@JobHandler(findOpportunitiesJob)
export class FindOpportunitiesProcessor {
  constructor(private readonly finding: FindOpportunities) {}

  run(_data: JobData<typeof findOpportunitiesJob>, { signal }: JobContext): Promise<unknown> {
    return this.finding.run(signal);
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
