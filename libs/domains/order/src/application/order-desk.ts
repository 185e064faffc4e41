import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type Database, databaseOf, scopeOf, systemScope, type TenantScope, type Tx } from '@autobroker/platform/database';
import { deadlinesOf } from '../domain/deadlines';
import type { Order } from '../domain/order';
import { askPeople, compensationsFor } from '../domain/saga';
import { type By, byOf, type Caller, maySee } from './caller';
import { OpenOrder, tell } from './open-order';
import { Compensations, type Found, OpsQueue, OrderStore, VehicleHeldError } from './ports';
import { Sights } from './sights';

export type NotFound = Refusal<'not_found'>;
const noSuchOrder = (): Result<never, NotFound> => refuse('not_found', 'There is no such order');

/** An order that somebody may see, as it stands: nothing is locked. */
export async function orderFor(store: OrderStore, id: string, caller: Caller): Promise<Result<Order, NotFound>> {
  const order = await store.find(scopeOf(caller), id);
  return order === null || !maySee(order, caller) ? noSuchOrder() : ok(order);
}

const everywhere = systemScope('what other services tell of orders, and their deadlines');
const invoiceKinds = new Set(['invoice', 'prepayment_invoice']);

/** One writer at a time works on an order here: its row is locked, and everything that follows is written in one transaction. */
@Injectable()
export class OrderDesk {
  constructor(
    @Inject(databaseOf('orders')) private readonly db: Database,
    private readonly store: OrderStore,
    private readonly sights: Sights,
    private readonly compensations: Compensations,
    private readonly queue: OpsQueue,
  ) {}

  /** For somebody who asks. A refusal writes nothing, but what the work has published itself. */
  async change<T, E extends Refusal>(id: string, caller: Caller, work: (open: OpenOrder) => Promise<Result<T, E>> | Result<T, E>): Promise<Result<T, E | NotFound | Refusal<'vehicle_unavailable'>>> {
    try {
      return await this.db.transaction<Result<T, E | NotFound>>(async (tx) => {
        const found = await this.store.open(scopeOf(caller), tx, id);
        if (found === null || !maySee(found.order, caller)) return noSuchOrder();
        const open = await this.open(tx, found, byOf(caller));
        const result = await work(open);
        if (result.ok) await this.write(open, found.order);
        return result;
      });
    } catch (error) {
      if (error instanceof VehicleHeldError) return refuse('vehicle_unavailable', 'Somebody else has reserved the car');
      throw error;
    }
  }

  /** For what is heard or falls due, in the caller's transaction. Null where there is no such order. */
  async changeIn<T>(tx: Tx, id: string, by: By, work: (open: OpenOrder) => Promise<T> | T, tenantId?: string | null): Promise<T | null> {
    const scope: TenantScope = tenantId == null ? everywhere : scopeOf({ tenantId });
    const found = await this.store.open(scope, tx, id);
    if (found === null) return null;
    const open = await this.open(tx, found, by);
    const result = await work(open);
    await this.write(open, found.order);
    return result;
  }

  private async open(tx: Tx, found: Found, by: By): Promise<OpenOrder> {
    const { sight, use } = await this.sights.of(tx, found, this.db.clock.now());
    return new OpenOrder(tx, sight, found.order, by, use);
  }

  private async write(open: OpenOrder, before: Order): Promise<void> {
    const { tx, order, changes, sight } = open;
    if (changes.length === 0) return;
    await this.store.save(tx, { order, entries: changes.map(({ entry }) => entry), deadlines: deadlinesOf(order, sight.policy) });
    await tell(tx, changes);
    if (before.state !== 'cancelled' && order.state === 'cancelled') await this.undo(open, before);
  }

  /** What the sale had set in motion is undone, the last thing first; what only people can undo waits for them. */
  private async undo({ tx, sight, now, order: { cancellation } }: OpenOrder, before: Order): Promise<void> {
    const list = compensationsFor(before, sight.papers.some(({ kind, issuedAt }) => invoiceKinds.has(kind) && issuedAt !== null), now, cancellation?.awaitsReturn === true ? new Date(cancellation.refundDueAt) : null);
    await this.compensations.begin(tx, before, list, now);
    for (const one of list.filter(({ way }) => way === 'people')) await this.queue.add(tx, before, askPeople(one), now);
  }
}
