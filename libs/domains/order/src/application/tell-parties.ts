import { Injectable } from '@nestjs/common';
import { systemScope } from '@autobroker/platform/database';
import { capacityTable } from '../domain/capacity';
import { carOf } from '../domain/facts';
import type { CarSnapshot, Order } from '../domain/order';
import { areaOf, type RefundRow, rowsFor } from '../domain/policies/refunds';
import { rulesOf } from '../domain/withdrawing';
import type { WithdrawalRule } from '../domain/policies/withdrawal';
import type { Party } from './party';
import { Parties } from './ports';

export interface OrderParties {
  readonly order: Order;
  readonly buyer: Party;
  readonly seller: Party | null;
  readonly broker: Party;
  readonly car: CarSnapshot;
  readonly withdrawal: WithdrawalRule | null;
  readonly refunds: readonly RefundRow[];
}

/** For other services of the installation: who takes part, and what was sold. */
@Injectable()
export class TellParties {
  constructor(private readonly parties: Parties) {}

  /** Null while somebody is not named: papers wait until they can be written. */
  async run(id: string): Promise<OrderParties | null> {
    const named = await this.parties.forPapers(systemScope('papers of every tenant’s orders'), id);
    if (named === null) return null;
    const { order, buyer, seller, broker, vehicle } = named;
    // The catalogue tells only what the order does not say.
    const car = order.car?.vin == null ? carOf(order, vehicle) : order.car;
    if (buyer === null || broker === null || car === null) return null;
    const rules = rulesOf(order);
    return {
      order,
      buyer,
      // Who sells in its own name is the seller as well.
      seller: capacityTable[order.capacity].sellsAsOwn ? { ...broker, role: 'seller' } : seller,
      broker,
      car,
      withdrawal: rules.find(({ object }) => object === 'goods') ?? rules[0] ?? null,
      refunds: rowsFor(areaOf(order.jurisdiction)),
    };
  }
}
