import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import type { Sight } from '../domain/facts';
import { lacksBuyer } from '../domain/tax';
import type { UsePolicy } from '../domain/tenant-policy';
import { buyerTaxedBy, taxedOf } from './party';
import { type Found, Parties } from './ports';

/** All that a step of an order may depend on. */
@Injectable()
export class Sights {
  constructor(private readonly parties: Parties) {}

  async of(tx: Tx, { order, around: { set: { policy, broker }, ...around } }: Found, now: Date): Promise<{ readonly sight: Sight; readonly use: UsePolicy }> {
    const buyer = lacksBuyer(order) ? await this.parties.find(order.id, 'buyer', tx) : null;
    return { sight: { now, policy: policy.deadlines, broker: taxedOf(broker), buyer: buyer === null ? null : buyerTaxedBy(buyer), ...around }, use: policy.use };
  }
}
