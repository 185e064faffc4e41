import { Injectable } from '@nestjs/common';
import { ok, refuse, uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import { changed, isOver, type Order } from '../domain/order';
import type { StepRefusal } from '../domain/step';
import type { Caller } from './caller';
import { type NotFound, OrderDesk } from './order-desk';
import type { Party, PartyRole } from './party';
import { Parties } from './ports';

export type NamePartyRefusal = StepRefusal | NotFound | Refusal<'precondition_failed' | 'legal_hold'>;

/** Who buys and who sells, as papers have to name them. */
@Injectable()
export class NameParties {
  constructor(
    private readonly desk: OrderDesk,
    private readonly parties: Parties,
  ) {}

  run(id: string, role: PartyRole, party: Party, version: number | undefined, caller: Caller): Promise<Result<Order, NamePartyRefusal>> {
    return this.desk.change<Order, NamePartyRefusal>(id, caller, async (open) => {
      const { order, tx, now } = open;
      const mine = role === 'buyer' && (order.buyerId === caller.id || order.placedBy === caller.id);
      if (!mine && !caller.manages) return refuse('permission_denied', 'Who sells is for the broker’s own people to say');
      if (version !== undefined && version !== order.version) return refuse('precondition_failed', `The order is at version ${order.version}`);
      if (isOver(order)) return refuse('legal_hold', 'Papers of a sale that is over name whom they named');
      // A seller has no account: the key is made for this sale.
      const personId = role === 'buyer' ? order.buyerId : ((await this.parties.personOf(tx, id, role)) ?? uuidv7(now));
      await this.parties.save(tx, order, role, personId, party, now);
      open.note('parties_named', changed(order, now, {}), role);
      return ok(open.order);
    });
  }
}
