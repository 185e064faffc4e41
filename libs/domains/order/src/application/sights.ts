import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import type { Sight } from '../domain/facts';
import type { Order } from '../domain/order';
import { lacksBuyer } from '../domain/tax';
import type { UsePolicy } from '../domain/tenant-policy';
import { buyerTaxedBy, taxedOf } from './party';
import { Parties, Surroundings } from './ports';

/** All that a step of an order may depend on. */
@Injectable()
export class Sights {
  constructor(
    private readonly around: Surroundings,
    private readonly parties: Parties,
  ) {}

  /** One question after the other: they share the transaction's connection. */
  async of(tx: Tx, order: Order, now: Date): Promise<{ readonly sight: Sight; readonly use: UsePolicy }> {
    const { set: { policy, broker }, ...around } = await this.around.around(tx, order);
    const buyer = lacksBuyer(order) ? await this.parties.find(order.id, 'buyer', tx) : null;
    return { sight: { now, policy: policy.deadlines, broker: taxedOf(broker), buyer: buyer === null ? null : buyerTaxedBy(buyer), ...around }, use: policy.use };
  }
}
