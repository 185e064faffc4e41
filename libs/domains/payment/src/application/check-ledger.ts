import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { errors, logger } from '@autobroker/platform/telemetry';
import { Desks } from './desks';
import { ReconciliationStore } from './ports-reconciliation';
import { ProviderEventStore } from './ports';

const log = logger('payment.ledger');
const keepEventsMs = 90 * 86_400_000;

/** Every night: each journal adds up, each balance is the sum of its entries, and each order's ledger says what its payments say. */
@Injectable()
export class CheckLedger {
  constructor(
    @Inject(databaseOf('payment')) private readonly db: Database,
    private readonly store: ReconciliationStore,
    private readonly events: ProviderEventStore,
    private readonly desks: Desks,
  ) {}

  async run(): Promise<{ readonly faults: number; readonly late: number; readonly forgotten: number }> {
    const now = this.db.clock.now();
    // What the ledger has of a sale is set against what it owes whenever its desk is opened.
    for (const id of await this.store.doubtfulSales(1_000)) await this.desks.on(id, (_desk, tx) => this.store.saleLookedAt(tx, id));
    const faults = await this.store.faults(1_000);
    await this.store.queue(faults, now);
    if (faults.length > 0) {
      log.error({ faults: faults.slice(0, 20) }, 'the ledger is not as it should be');
      errors.report(new Error(`the ledger has ${faults.length} faults`), 'payment.ledger', {});
    }
    // Somebody has a right to their money by that day, whatever has kept it from going back.
    const late = await this.store.queueLateRefunds(now);
    if (late > 0) log.error({ late }, 'refunds are overdue');
    return { faults: faults.length, late, forgotten: await this.events.forget(new Date(now.getTime() - keepEventsMs), 10_000) };
  }
}
