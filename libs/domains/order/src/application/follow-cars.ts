import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import { changed, type Order } from '../domain/order';
import { systemBy } from './caller';
import type { OpenOrder } from './open-order';
import { OrderDesk } from './order-desk';
import { type OrderedOffer, OpsQueue, OrderStore, Surroundings } from './ports';

export interface OffersMoved {
  readonly fromVehicleId: string;
  readonly vehicleId: string;
  readonly listingIds: readonly string[];
  /** The car that they came from is gone. */
  readonly whole: boolean;
  readonly at: Date;
}

const by = systemBy('follow-cars');

/** An order names the car of the offer that it was placed by, also after the catalogue has put cars together or apart. */
@Injectable()
export class FollowCars {
  constructor(
    private readonly desk: OrderDesk,
    private readonly store: OrderStore,
    private readonly around: Surroundings,
    private readonly queue: OpsQueue,
  ) {}

  async moved(tx: Tx, moved: OffersMoved): Promise<void> {
    const places = await this.around.offersMoved(tx, moved.listingIds, moved.vehicleId, moved.at);
    for (const ordered of await this.store.openOfVehicle(tx, moved.fromVehicleId)) {
      await this.desk.changeIn(tx, ordered.id, by, (open) => this.follow(open, this.placeOf(ordered, open.order, places, moved), moved));
    }
  }

  /** Null where the order's car is none of those that moved. */
  private placeOf({ listingId }: OrderedOffer, { formerly }: Order, places: ReadonlyMap<string, string>, { vehicleId, listingIds, whole }: OffersMoved): string | 'unknown' | null {
    if (listingId !== null) return listingIds.includes(listingId) ? (places.get(listingId) ?? null) : null;
    // Without an offer it is the car that the order was for, wherever all of it goes; and that one again when it is back.
    if (whole || formerly.includes(vehicleId)) return vehicleId;
    return 'unknown';
  }

  private async follow(open: OpenOrder, place: string | 'unknown' | null, { fromVehicleId }: OffersMoved): Promise<void> {
    const { order, now, tx } = open;
    // Somebody may have been faster while the row was waited for.
    if (place === null || place === order.vehicleId || order.vehicleId !== fromVehicleId) return;
    if (place === 'unknown') return this.ask(open, 'the car that was ordered was taken for two, and the order names no offer: look which of them it is');
    if (order.holdsVehicle && (await this.store.isHeldByAnother(tx, place, order.id))) return this.ask(open, `the car that was ordered is ${place}, which another order holds: one of the two has to be called off`);
    open.note('car_moved', changed(order, now, { vehicleId: place, formerly: [...order.formerly.filter((id) => id !== place && id !== order.vehicleId), order.vehicleId] }));
    await this.queue.settle(tx, order.id, 'car_moved', null, 'the order names its car', now);
  }

  private ask({ order, now, tx }: OpenOrder, detail: string): Promise<void> {
    return this.queue.add(tx, order, { kind: 'car_moved', detail, dedupe: 'car_moved' }, now);
  }
}
