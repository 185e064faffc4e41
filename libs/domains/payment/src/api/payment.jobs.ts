import { Injectable } from '@nestjs/common';
import { type JobContext, type JobData, JobHandler } from '@autobroker/platform/jobs';
import { CheckLedger } from '../application/check-ledger';
import { checkLedgerJob, processEventsJob, reconcileJob, runOperationJob, sweepPaymentsJob, watchHoldsJob } from '../application/jobs';
import { ListenToProviders } from '../application/listen-to-providers';
import { ProcessEvents } from '../application/process-events';
import { Reconcile } from '../application/reconcile';
import { RunOperation } from '../application/run-operation';
import { SweepPayments } from '../application/sweep-payments';
import { WatchHolds } from '../application/watch-holds';

@Injectable()
@JobHandler(runOperationJob)
export class RunOperationProcessor {
  constructor(private readonly operation: RunOperation) {}

  run(data: JobData<typeof runOperationJob>): Promise<unknown> {
    return this.operation.run(data.operation_id);
  }
}

@Injectable()
@JobHandler(processEventsJob)
export class ProcessEventsProcessor {
  constructor(private readonly events: ProcessEvents) {}

  run(_data: JobData<typeof processEventsJob>, { signal }: JobContext): Promise<unknown> {
    return this.events.run(signal);
  }
}

@Injectable()
@JobHandler(sweepPaymentsJob)
export class SweepPaymentsProcessor {
  constructor(
    private readonly listening: ListenToProviders,
    private readonly sweep: SweepPayments,
    private readonly events: ProcessEvents,
  ) {}

  async run(_data: JobData<typeof sweepPaymentsJob>, { signal }: JobContext): Promise<unknown> {
    await this.listening.run();
    const swept = await this.sweep.run(signal);
    return { ...swept, ...(await this.events.run(signal)) };
  }
}

@Injectable()
@JobHandler(watchHoldsJob)
export class WatchHoldsProcessor {
  constructor(private readonly watch: WatchHolds) {}

  run(): Promise<unknown> {
    return this.watch.run();
  }
}

@Injectable()
@JobHandler(reconcileJob)
export class ReconcileProcessor {
  constructor(private readonly reconcile: Reconcile) {}

  run(data: JobData<typeof reconcileJob>): Promise<unknown> {
    return this.reconcile.run({ provider: data.provider ?? null, day: data.day ?? null });
  }
}

@Injectable()
@JobHandler(checkLedgerJob)
export class CheckLedgerProcessor {
  constructor(private readonly check: CheckLedger) {}

  run(): Promise<unknown> {
    return this.check.run();
  }
}
