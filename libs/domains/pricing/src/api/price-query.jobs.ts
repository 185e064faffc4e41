import { Injectable } from '@nestjs/common';
import { type JobContext, type JobData, JobHandler, Jobs } from '@autobroker/platform/jobs';
import { cleanUpQueriesJob, settleQueryJob, sweepQueriesJob } from '../application/queries/jobs';
import { KeepQueries } from '../application/queries/keep-queries';
import { SettleQueries } from '../application/queries/settle-queries';

const lookAgainMs = 500;
/** After so many looks the sweep is soon enough. */
const mostTurns = 60;

@Injectable()
@JobHandler(settleQueryJob)
export class SettleQueryProcessor {
  constructor(
    private readonly settling: SettleQueries,
    private readonly jobs: Jobs,
  ) {}

  async run({ query_id, turn }: JobData<typeof settleQueryJob>): Promise<unknown> {
    const settled = await this.settling.one(query_id);
    if (settled === 'waiting' && turn < mostTurns) {
      await this.jobs.enqueueEventually(settleQueryJob, { query_id, turn: turn + 1 }, { jobId: `${query_id}-${turn + 1}`, delayMs: lookAgainMs });
    }
    return { settled };
  }
}

@Injectable()
@JobHandler(sweepQueriesJob)
export class SweepQueriesProcessor {
  constructor(private readonly settling: SettleQueries) {}

  run(_data: JobData<typeof sweepQueriesJob>, { signal }: JobContext): Promise<unknown> {
    return this.settling.due(signal);
  }
}

@Injectable()
@JobHandler(cleanUpQueriesJob)
export class CleanUpQueriesProcessor {
  constructor(private readonly keep: KeepQueries) {}

  run(_data: JobData<typeof cleanUpQueriesJob>, { signal }: JobContext): Promise<unknown> {
    return this.keep.cleanUp(signal);
  }
}
