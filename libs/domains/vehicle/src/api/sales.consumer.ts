import { Inject, Injectable } from '@nestjs/common';
import { orderCancelled, orderCompleted, orderReserved } from '@autobroker/contracts';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { FollowSales } from '../application/sales/follow-sales';
import type { SaleState } from '../domain/sale-status';

export const followSales = defineConsumer({ name: 'vehicle.follow-sales', on: [orderReserved, orderCancelled, orderCompleted] });

const meaning: Readonly<Record<EventFor<typeof followSales>['type'], SaleState>> = {
  'order.reserved.v1': 'holds',
  'order.cancelled.v1': 'over',
  'order.completed.v1': 'sold',
};

/** The catalogue shows what orders do with its cars. */
@Injectable()
@EventConsumer(followSales)
export class SalesConsumer {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly sales: FollowSales,
  ) {}

  handle({ type, data }: EventFor<typeof followSales>, tx: Tx): Promise<void> {
    return this.sales.run(tx, { orderId: data.order_id, vehicleId: data.vehicle_id, listingId: data.listing_id, version: data.version, state: meaning[type], at: this.db.clock.now() });
  }
}
