import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, systemScope } from '@autobroker/platform/database';
import { capacityTable } from '../domain/capacity';
import { carOf } from '../domain/facts';
import type { CarSnapshot, Order } from '../domain/order';
import { areaOf, type RefundRow, rowsFor } from '../domain/policies/refunds';
import { rulesOf } from '../domain/withdrawing';
import type { WithdrawalRule } from '../domain/policies/withdrawal';
import type { Party } from './party';
import { OrderStore, Parties, Policies, Surroundings } from './ports';

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
  constructor(
    @Inject(databaseOf('orders')) private readonly db: Database,
    private readonly store: OrderStore,
    private readonly parties: Parties,
    private readonly policies: Policies,
    private readonly around: Surroundings,
  ) {}

  /** Null while somebody is not named: papers wait until they can be written. */
  async run(id: string): Promise<OrderParties | null> {
    const order = await this.store.find(systemScope('papers of every tenant’s orders'), id);
    if (order === null) return null;
    const [{ buyer, seller }, { broker }] = await Promise.all([this.parties.bothOf(id), this.policies.of(this.db, order.tenantId)]);
    // The catalogue is asked only for what the order does not say.
    const car = order.car?.vin == null ? carOf(order, await this.around.vehicle(this.db, order.vehicleId)) : order.car;
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
