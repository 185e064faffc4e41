import { Injectable } from '@nestjs/common';
import { offerCheckAsked } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import type { Order } from '../domain/order';
import { type KnownVehicle, Surroundings } from './ports';

/** Somebody who asks again and again does not make the source be read again and again. */
const pauseMs = 30_000;

/** Has the scraper look whether an offer still stands. */
@Injectable()
export class OfferChecks {
  constructor(private readonly around: Surroundings) {}

  /** Nothing where the car is own stock, at a source or not, or the catalogue has not told of the offer yet. */
  async ask(tx: Tx, order: Order, vehicle: KnownVehicle | null, now: Date): Promise<void> {
    const offer = vehicle?.offers.find(({ listingId }) => listingId === order.listingId);
    if (offer === undefined || vehicle?.ownerTenantId === order.tenantId) return;
    if (!(await this.around.watchOffer(tx, offer, now, new Date(now.getTime() - pauseMs)))) return;
    const { source, externalId, url } = offer;
    await tx.publish(offerCheckAsked, { key: order.id, tenantId: order.tenantId, data: { order_id: order.id, vehicle_id: order.vehicleId, source, external_id: externalId, url, asked_at: now.toISOString() } });
  }
}
