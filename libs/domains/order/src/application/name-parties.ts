import { Injectable } from '@nestjs/common';
import { ok, refuse, uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import { isOver, type Order, rewritten, withProgress } from '../domain/order';
import type { StepRefusal } from '../domain/step';
import { actsAsStaff, type Caller } from './caller';
import { type NotFound, OrderDesk, orderFor } from './order-desk';
import { buyerTaxedBy, type Party, type PartyRole } from './party';
import { OrderStore, Parties } from './ports';

export type NamePartyRefusal = StepRefusal | NotFound | Refusal<'precondition_failed' | 'legal_hold'>;

/** Who buys and who sells, as papers have to name them. */
@Injectable()
export class NameParties {
  constructor(
    private readonly desk: OrderDesk,
    private readonly store: OrderStore,
    private readonly parties: Parties,
  ) {}

  /** The buyer as they were named: for whoever may see the order, and may say who it is. */
  async buyer(id: string, caller: Caller): Promise<Result<{ readonly order: Order; readonly buyer: Party }, NotFound>> {
    const order = await orderFor(this.store, id, caller);
    if (!order.ok) return order;
    const buyer = await this.parties.find(id, 'buyer');
    return buyer === null ? refuse('not_found', 'Nobody has said who buys') : ok({ order: order.value, buyer });
  }

  run(id: string, role: PartyRole, party: Party, version: number | undefined, caller: Caller): Promise<Result<Order, NamePartyRefusal>> {
    return this.desk.change<Order, NamePartyRefusal>(id, caller, async (open) => {
      const { order, tx, now } = open;
      const mine = role === 'buyer' && (order.buyerId === caller.id || order.placedBy === caller.id);
      if (!mine && !actsAsStaff(order, caller)) return refuse('permission_denied', 'Who sells is for the broker’s own people to say');
      if (version !== undefined && version !== order.version) return refuse('precondition_failed', `The order is at version ${order.version}`);
      if (isOver(order)) return refuse('legal_hold', 'Papers of a sale that is over name whom they named');
      const named = await this.parties.personOf(tx, id, role);
      if (named !== null && order.progress.contractedAt !== null) return refuse('legal_hold', 'The contract is signed: it names whom it names');
      // A seller has no account: the key is made for this sale.
      const personId = role === 'buyer' ? order.buyerId : (named ?? uuidv7(now));
      await this.parties.save(tx, order, role, personId, party, now);
      // A contract that waits for signatures names somebody as they were before: it is written anew.
      const { contract } = order.progress;
      const buyerTaxed = role === 'buyer' ? buyerTaxedBy(party) : order.progress.buyerTaxed;
      open.note('parties_named', withProgress(order, now, { buyerTaxed, ...(named === null ? {} : { contract: { ...contract, ...rewritten(order, now) } }) }), role);
      return ok(open.order);
    });
  }
}
