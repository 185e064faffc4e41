import { Inject, Injectable } from '@nestjs/common';
import type { CancelFault } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { logger } from '@autobroker/platform/telemetry';
import { withProgress } from '../domain/order';
import { askPeople } from '../domain/saga';
import { systemBy } from './caller';
import type { OpenOrder } from './open-order';
import { OrderDesk } from './order-desk';
import { Compensations, Deadlines, type DueDeadline, OpsQueue } from './ports';

const log = logger('orders.sweep');
const batch = 100;
const by = systemBy('sweep-orders');

/** On whose side it lies that nothing happened in time. */
const lateness: Readonly<Record<string, { readonly reason: string; readonly fault: CancelFault }>> = {
  requested: { reason: 'request_expired', fault: 'nobody' },
  reserved: { reason: 'deposit_not_paid', fault: 'buyer' },
  deposit_held: { reason: 'inspection_not_begun', fault: 'broker' },
  inspection: { reason: 'inspection_expired', fault: 'nobody' },
};

/** Does what time does: each row that is due in a transaction of its own, with its order locked. */
@Injectable()
export class SweepOrders {
  constructor(
    @Inject(databaseOf('orders')) private readonly db: Database,
    private readonly deadlines: Deadlines,
    private readonly desk: OrderDesk,
    private readonly queue: OpsQueue,
    private readonly compensations: Compensations,
  ) {}

  async run(signal: AbortSignal): Promise<{ readonly deadlines: number; readonly parked: number; readonly failed: number }> {
    const result = { deadlines: 0, parked: 0, failed: 0 };
    const failed = new Set<string>();
    for (;;) {
      const due = (await this.deadlines.due(this.db.clock.now(), batch + failed.size)).filter(({ orderId, kind }) => !failed.has(`${orderId}:${kind}`));
      if (due.length === 0) break;
      for (const deadline of due) {
        signal.throwIfAborted();
        if (await this.tried(deadline)) result.deadlines += 1;
        else failed.add(`${deadline.orderId}:${deadline.kind}`);
      }
    }
    result.failed = failed.size;
    result.parked = await this.parkOverdue();
    return result;
  }

  /** One that fails does not keep the others from their turn; it is tried again by the next sweep. */
  private async tried(deadline: DueDeadline): Promise<boolean> {
    try {
      await this.db.transaction((tx) => this.fall(tx, deadline));
      return true;
    } catch (error) {
      log.error({ err: error, ...deadline }, 'a deadline could not be kept');
      return false;
    }
  }

  private async fall(tx: Tx, deadline: DueDeadline): Promise<void> {
    await this.desk.changeIn(tx, deadline.orderId, by, async (open) => {
      // Somebody may have acted while it waited its turn.
      if (await this.deadlines.isDue(tx, deadline, open.now)) await this.act(open, deadline);
    });
    await this.deadlines.done(tx, deadline, this.db.clock.now());
  }

  private async act(open: OpenOrder, { kind }: DueDeadline): Promise<void> {
    const { order, now, tx } = open;
    if (kind === 'dun') {
      if (order.state === 'contracted') open.note('payer_reminded', withProgress(order, now, { dunnedAt: now.toISOString() }), 'balance_not_paid');
      return;
    }
    const moved = kind === 'alarm' ? null : open.move(kind, 'system', { ending: kind === 'default' ? { reason: 'balance_not_paid', fault: 'buyer' } : (lateness[order.state] ?? { reason: 'expired', fault: 'nobody' }) });
    if (moved?.ok === true) return;
    // Somebody has to look: at what takes too long, and at what time could not end.
    const detail = moved === null ? `${order.state} takes too long` : `${kind}: ${moved.error.detail}`;
    await this.queue.add(tx, order, { kind: 'deadline', detail, dedupe: `deadline:${order.state}:${kind}` }, now);
  }

  /** What nobody was heard of in time is not tried again in silence: people look. */
  private async parkOverdue(): Promise<number> {
    const overdue = await this.compensations.overdue(this.db.clock.now(), batch);
    for (const { orderId, tenantId, kind, why } of overdue) {
      await this.db.transaction(async (tx) => {
        await this.compensations.park(tx, orderId, kind, 'overdue');
        await this.queue.add(tx, { id: orderId, tenantId }, askPeople({ kind, why }), this.db.clock.now());
      });
    }
    return overdue.length;
  }
}
