import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, maintainMonths } from '@autobroker/platform/database';
import { type JobContext, type JobData, JobHandler } from '@autobroker/platform/jobs';
import { keepOrdersJob, sweepOrdersJob } from '../application/jobs';
import { SweepOrders } from '../application/sweep-orders';

@Injectable()
@JobHandler(sweepOrdersJob)
export class SweepOrdersProcessor {
  constructor(private readonly sweep: SweepOrders) {}

  run(_data: JobData<typeof sweepOrdersJob>, { signal }: JobContext): Promise<unknown> {
    return this.sweep.run(signal);
  }
}

/** The months of the history, made before they come. */
@Injectable()
@JobHandler(keepOrdersJob)
export class KeepOrdersProcessor {
  constructor(@Inject(databaseOf('orders')) private readonly db: Database) {}

  run(_data: JobData<typeof keepOrdersJob>): Promise<unknown> {
    return maintainMonths(this.db, this.db.clock.now());
  }
}
