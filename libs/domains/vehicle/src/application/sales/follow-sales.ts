import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import { statusOfAll } from '../../domain/ingest/compose';
import { statusAfterSale } from '../../domain/sale-status';
import { withStatus } from '../../domain/status';
import { ListingStore, VehicleStore } from '../ports';
import { RecordChanges } from '../record-changes';
import { systemRequester } from '../requester';
import { type HeardSale, SaleHolds } from './ports';

const by = systemRequester('vehicle.follow-sales');

/** A car follows its orders: held, free again, or sold. In any order of events, and any number of times. */
@Injectable()
export class FollowSales {
  constructor(
    private readonly vehicles: VehicleStore,
    private readonly listings: ListingStore,
    private readonly holds: SaleHolds,
    private readonly changes: RecordChanges,
  ) {}

  async run(tx: Tx, sale: HeardSale): Promise<void> {
    // The car's row is locked first, as the ingest does: what it decides by is never half of this.
    const before = (await this.vehicles.lock(tx, [sale.vehicleId])).get(sale.vehicleId);
    const known = await this.holds.put(tx, sale);
    if (before === undefined || known === 'stale') return;
    // An order that never held the car changes nothing by its end: somebody else may hold it.
    if (sale.state === 'over' && (known === null || known === 'over')) return;
    const offers = (await this.listings.ofVehicles(tx, [before.id])).map(({ status }) => status);
    const status = statusAfterSale(before.status, await this.holds.ofVehicle(tx, before.id), offers.length === 0 ? null : statusOfAll(offers));
    if (status === before.status) return;
    await this.changes.record(tx, [{ before, after: withStatus(before, status, sale.at), reason: `order ${sale.orderId}` }], by);
  }
}
