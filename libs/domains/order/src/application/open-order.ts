import { orderContractReady, orderNoted, orderPriceChanged, orderResumed, orderReturnSettled } from '@autobroker/contracts';
import { ok, uuidv7, type Result } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import { differences } from '../domain/differences';
import { factsOf, type Sight } from '../domain/facts';
import type { OrderFacts } from '../domain/guards';
import type { Mover, OrderStep, OrderTrigger } from '../domain/life';
import type { Order } from '../domain/order';
import { decide, enter, type Ending, follow, refreshed, type StepRefusal } from '../domain/step';
import type { UsePolicy } from '../domain/tenant-policy';
import type { By } from './caller';
import { priceJson, tellState } from './events';
import type { HistoryEntry } from './ports';

/** What was recorded of an order beside its steps. */
export type Note =
  | 'offer_confirmed'
  | 'car_identified'
  | 'car_moved'
  | 'inspection_ordered'
  | 'inspection_waived'
  | 'inspection_reported'
  | 'inspection_accepted'
  | 'inspection_declined'
  | 'contract_terms_set'
  | 'price_proposed'
  | 'price_taken_back'
  | 'price_changed'
  | 'registration_noted'
  | 'transport_noted'
  | 'handover_recorded'
  | 'handover_accepted'
  | 'use_assessed'
  | 'withdrawal_declared'
  | 'withdrawal_confirmed'
  | 'payer_reminded'
  | 'deposit_taken'
  | 'all_paid'
  | 'dispute_noted'
  | 'return_inspected'
  | 'return_settled'
  | 'refund_settled'
  | 'parties_named'
  | 'payment_chosen';

interface Change {
  readonly what: OrderTrigger | Note | 'place';
  readonly before: Order | null;
  readonly after: Order;
  readonly entry: HistoryEntry;
  readonly by: By;
}

/** What happened to an order, with the line of its history: the audit log tells the same differences. */
export const changeOf = ({ what, before, after, reason, by }: Omit<Change, 'entry'> & Pick<HistoryEntry, 'reason'>): Change => ({
  what,
  before,
  after,
  by,
  entry: {
    id: uuidv7(after.updatedAt),
    at: after.updatedAt,
    orderId: after.id,
    tenantId: after.tenantId,
    version: after.version,
    what,
    fromState: before?.state ?? null,
    toState: after.state,
    actor: by.actor,
    reason,
    ...differences(before, after),
  },
});

/** An order whose row is locked: what is done to it here is written, told and audited together when the work on it ends. */
export class OpenOrder {
  readonly changes: Change[] = [];
  private current: Order;

  constructor(
    readonly tx: Tx,
    readonly sight: Sight,
    order: Order,
    readonly by: By,
    readonly use: UsePolicy,
  ) {
    this.current = order;
  }

  get order(): Order {
    return this.current;
  }

  get now(): Date {
    return this.sight.now;
  }

  facts(): OrderFacts {
    return factsOf(this.current, this.sight);
  }

  /** Takes the step if it may be taken, and what follows of itself. */
  move(trigger: OrderTrigger, who: Mover | readonly Mover[], more: { readonly reason?: string | null; readonly ending?: Ending } = {}): Result<Order, StepRefusal> {
    const step = decide(this.current, trigger, who, this.facts());
    return step.ok ? ok(this.take(step.value, more)) : step;
  }

  /** A step that was decided on already. */
  take(step: OrderStep, { reason, ending }: { readonly reason?: string | null; readonly ending?: Ending } = {}): Order {
    this.put(step.trigger, enter(this.current, step, this.sight, ending), reason ?? ending?.reason ?? null);
    this.followUp();
    return this.current;
  }

  /** Something else of it changed: `after` has the next version. */
  note(what: Note, after: Order, reason: string | null = null): void {
    this.put(what, refreshed(after, this.sight), reason);
  }

  /** What can happen now without anybody’s doing. */
  followUp(): void {
    for (const { step, after } of follow(this.current, this.sight)) this.put(step.trigger, after, null);
  }

  private put(what: Change['what'], after: Order, reason: string | null): void {
    this.changes.push(changeOf({ what, before: this.current, after, reason, by: this.by }));
    this.current = after;
  }
}

/** The event and the audit row of each change, in its order. */
export async function tell(tx: Tx, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    await tellOne(tx, change);
    const { what, entry, by } = change;
    const { orderId, tenantId, reason, before, after, version } = entry;
    await tx.audit({ ...by, action: `order.${what}`, object: { type: 'order', id: orderId }, tenantId, reason, before, after: { ...after, version } });
  }
}

async function tellOne(tx: Tx, { what, before, after }: Change): Promise<void> {
  const to = { key: after.id, tenantId: after.tenantId };
  const at = after.updatedAt.toISOString();
  if (what.startsWith('resume_')) {
    await tx.publish(orderResumed, { ...to, data: { order_id: after.id, version: after.version, state: after.state, resumed_at: at } });
  } else if (before === null || before.state !== after.state) {
    await tellState(tx, after, before?.state ?? null);
  } else if (what === 'price_changed') {
    await tx.publish(orderPriceChanged, { ...to, data: { order_id: after.id, version: after.version, price: priceJson(after.price), quote_id: after.quote.id, reason: before.progress.change?.reason ?? 'agreed', changed_at: at } });
  } else {
    await tx.publish(orderNoted, { ...to, data: { order_id: after.id, version: after.version, buyer_id: after.buyerId, what, state: after.state, noted_at: at } });
  }
  await tellReady(tx, before, after);
  await tellReturn(tx, before, after);
}

/** The contract can be written, or its terms have changed. */
async function tellReady(tx: Tx, before: Order | null, after: Order): Promise<void> {
  const { readyAt, readyVersion } = after.progress.contract;
  if (readyAt === null || readyVersion === (before?.progress.contract.readyVersion ?? null)) return;
  await tx.publish(orderContractReady, { key: after.id, tenantId: after.tenantId, data: { order_id: after.id, version: after.version, quote_id: after.quote.id, price: priceJson(after.price), accepted_at: readyAt } });
}

/** The car is back, and what is kept for it is said. */
async function tellReturn(tx: Tx, before: Order | null, { id, tenantId, version, price, cancellation, updatedAt }: Order): Promise<void> {
  if (before?.cancellation?.awaitsReturn !== true || cancellation === null || cancellation.awaitsReturn) return;
  await tx.publish(orderReturnSettled, { key: id, tenantId, data: { order_id: id, version, retain: { amount: cancellation.retain, currency: price.currency }, settled_at: updatedAt.toISOString() } });
}
