import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import type { Vehicle } from '../../domain/vehicle';
import { MatchStore, VehicleStore } from '../ports';
import { type HeardSale, SaleHolds } from './ports';
import { SettleSales } from './settle-sales';

/** So often a car may be put elsewhere while it is being waited for. */
const mostMoves = 4;

/** A car follows its orders: held, free again, or sold. In any order of events, and any number of times. */
@Injectable()
export class FollowSales {
  constructor(
    private readonly vehicles: VehicleStore,
    private readonly matches: MatchStore,
    private readonly holds: SaleHolds,
    private readonly sales: SettleSales,
  ) {}

  async run(tx: Tx, sale: HeardSale): Promise<void> {
    // The car's row is locked first, as the ingest does: what it decides by is never half of this.
    const car = await this.carOf(tx, sale);
    const known = await this.holds.put(tx, sale, car?.id ?? sale.vehicleId);
    if (car === undefined || known === 'stale') return;
    // An order that never held the car changes nothing by its end: somebody else may hold it.
    if (sale.state === 'over' && (known === null || known === 'over')) return;
    if (sale.state === 'holds') await this.holds.resold(tx, sale, car.id);
    const reason = `order ${sale.orderId}`;
    const holds = await this.sales.settleLocked(tx, car, reason, sale.at);
    if (sale.state === 'holds' && known !== 'holds') await this.sales.tellTwice(tx, car, holds, reason);
  }

  /** Locked: the car as the order calls it, or what has become of it. */
  private async carOf(tx: Tx, { vehicleId, listingId }: HeardSale): Promise<Vehicle | undefined> {
    let place = vehicleId;
    for (let tries = 0; tries < mostMoves; tries += 1) {
      const car = (await this.vehicles.lock(tx, [place])).get(place);
      // While it was waited for, it may have gone on, or come back.
      const found = await this.matches.placeOf(tx, vehicleId, listingId);
      if (found === null) return undefined;
      if (found === place && car !== undefined) return car;
      place = found;
    }
    throw new Error(`vehicle ${vehicleId} is put from one to another without end`);
  }
}
