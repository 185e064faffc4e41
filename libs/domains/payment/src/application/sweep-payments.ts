import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { logger } from '@autobroker/platform/telemetry';
import { runOperationJob } from './jobs';
import { LookAtPayment } from './look-at-payment';
import { OperationStore, PaymentReader } from './ports';
import { SavedCards } from './saved-cards';

const log = logger('payment.sweep');
const atOnce = 200;

/** The janitor: what is pending or unknown is asked about until it is known, whatever was lost on the way. */
@Injectable()
export class SweepPayments {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly operations: OperationStore,
    private readonly reader: PaymentReader,
    private readonly look: LookAtPayment,
    private readonly jobs: Jobs,
    private readonly cards: SavedCards,
  ) {}

  async run(signal: AbortSignal): Promise<{ readonly operations: number; readonly looked: number; readonly failed: number }> {
    const now = this.db.clock.now();
    const due = await this.operations.due(now, atOnce);
    // The attempt is part of the id: a job of that id that has ended must not hide that there is something to do.
    for (const { id, attempts } of due) await this.jobs.enqueue(runOperationJob, { operation_id: id }, { jobId: `${id}-${attempts}` });
    let [looked, failed] = [0, 0];
    for (const id of await this.reader.toLookAt(now, atOnce)) {
      if (signal.aborted) break;
      try {
        await this.look.run(id);
        looked += 1;
      } catch (error) {
        failed += 1;
        log.warn({ err: error, payment: id }, 'a payment could not be looked at');
      }
    }
    await this.cards.sweep();
    return { operations: due.length, looked, failed };
  }
}
