import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, maintainMonths } from '@autobroker/platform/database';
import { type JobContext, type JobData, JobHandler } from '@autobroker/platform/jobs';
import { keepOrdersJob, sweepOrdersJob } from '../application/jobs';
import { Surroundings } from '../application/ports';
import { SweepOrders } from '../application/sweep-orders';

@Injectable()
@JobHandler(sweepOrdersJob)
export class SweepOrdersProcessor {
  constructor(private readonly sweep: SweepOrders) {}

  run(_data: JobData<typeof sweepOrdersJob>, { signal }: JobContext): Promise<unknown> {
    return this.sweep.run(signal);
  }
}

const monthMs = 30 * 86_400_000;

/** The months of the history, made before they come; and what is of no use any more. */
@Injectable()
@JobHandler(keepOrdersJob)
export class KeepOrdersProcessor {
  constructor(
    @Inject(databaseOf('orders')) private readonly db: Database,
    private readonly around: Surroundings,
  ) {}

  async run(_data: JobData<typeof keepOrdersJob>): Promise<unknown> {
    const now = this.db.clock.now();
    await this.around.forgetMoved(new Date(now.getTime() - monthMs));
    return maintainMonths(this.db, now);
  }
}
