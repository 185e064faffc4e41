import { Injectable } from '@nestjs/common';
import {
  documentIssued,
  documentSigned,
  listingChecked,
  paymentAuthorized,
  paymentCaptured,
  paymentDisputed,
  paymentFailed,
  paymentOrderSettled,
  paymentRefundSettled,
  userErased,
  vehicleDelisted,
  type VehicleFactsJson,
  vehicleListed,
  vehicleOffersMoved,
  vehiclePriceChanged,
  vehicleUpdated,
} from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { FollowCars } from '../application/follow-cars';
import { ForgetPerson, HearDocuments } from '../application/hear-others';
import { HearPayments } from '../application/hear-payments';
import { type HeardVehicle, Surroundings } from '../application/ports';
import type { CarSnapshot } from '../domain/order';

export const followPayments = defineConsumer({
  name: 'orders.follow-payments',
  on: [paymentAuthorized, paymentCaptured, paymentFailed, paymentDisputed, paymentOrderSettled, paymentRefundSettled],
  maxAttempts: 12,
});
export const followDocuments = defineConsumer({ name: 'orders.follow-documents', on: [documentIssued, documentSigned] });
export const followOffers = defineConsumer({ name: 'orders.follow-offers', on: [listingChecked], batchSize: 250 });
export const followVehicles = defineConsumer({ name: 'orders.follow-vehicles', on: [vehicleListed, vehicleUpdated, vehiclePriceChanged, vehicleDelisted], batchSize: 500, budgetMs: 400, gatherMs: 100, timeoutMs: 60_000 });
export const followCars = defineConsumer({ name: 'orders.follow-cars', on: [vehicleOffersMoved] });
export const forgetPeople = defineConsumer({ name: 'orders.forget-people', on: [userErased] });

@Injectable()
@EventConsumer(followPayments)
export class PaymentsConsumer {
  constructor(private readonly payments: HearPayments) {}

  handle(event: EventFor<typeof followPayments>, tx: Tx): Promise<void> {
    const { tenant_id: tenantId } = event;
    switch (event.type) {
      case 'payment.authorized.v1':
        return this.payments.authorized(tx, tenantId, event.data);
      case 'payment.captured.v1':
        return this.payments.captured(tx, tenantId, event.data);
      case 'payment.failed.v1':
        return this.payments.failed(tx, tenantId, event.data);
      case 'payment.disputed.v1':
        return this.payments.disputed(tx, tenantId, event.data);
      case 'payment.order_settled.v1':
        return this.payments.settled(tx, tenantId, event.data);
      case 'payment.refund_settled.v1':
        return this.payments.refundSettled(tx, tenantId, event.data);
    }
  }
}

@Injectable()
@EventConsumer(followDocuments)
export class DocumentsConsumer {
  constructor(private readonly documents: HearDocuments) {}

  handle(event: EventFor<typeof followDocuments>, tx: Tx): Promise<void> {
    const { document_id: documentId, order_id: orderId, kind, version } = event.data;
    const paper = { documentId, orderId, kind, version };
    if (event.type === 'document.issued.v1') return this.documents.issued(tx, { ...paper, issuedAt: new Date(event.data.issued_at), timeZone: event.data.time_zone ?? null });
    const { role, complete, signed_at } = event.data;
    return this.documents.signed(tx, { ...paper, role, complete, signedAt: new Date(signed_at) });
  }
}

@Injectable()
@EventConsumer(followOffers)
export class OffersConsumer {
  constructor(private readonly around: Surroundings) {}

  handle({ data }: EventFor<typeof followOffers>, tx: Tx): Promise<void> {
    const { source, external_id: externalId } = data;
    // A source that could not be read says nothing of the offer: what was known of it stays.
    if (data.status === 'unknown') return this.around.offerUnreadable(tx, { source, externalId, at: new Date(data.checked_at) });
    return this.around.hearOffer(tx, { source, externalId, status: data.status, price: data.price, checkedAt: new Date(data.checked_at) });
  }
}

@Injectable()
@EventConsumer(followVehicles)
export class VehiclesConsumer {
  constructor(private readonly around: Surroundings) {}

  handle(event: EventFor<typeof followVehicles>, tx: Tx): Promise<void> {
    return this.around.hearVehicles(tx, [heardOf(event)]);
  }

  handleBatch(events: readonly EventFor<typeof followVehicles>[], tx: Tx): Promise<void> {
    return this.around.hearVehicles(tx, events.map(heardOf));
  }
}

@Injectable()
@EventConsumer(followCars)
export class CarsConsumer {
  constructor(private readonly cars: FollowCars) {}

  handle({ data }: EventFor<typeof followCars>, tx: Tx): Promise<void> {
    return this.cars.moved(tx, { fromVehicleId: data.from_vehicle_id, vehicleId: data.vehicle_id, listingIds: data.listing_ids, whole: data.whole, at: new Date(data.moved_at) });
  }
}

@Injectable()
@EventConsumer(forgetPeople)
export class ForgetPeopleConsumer {
  constructor(private readonly forgetting: ForgetPerson) {}

  handle({ data }: EventFor<typeof forgetPeople>, tx: Tx): Promise<void> {
    return this.forgetting.run(tx, data.user_id);
  }
}

function heardOf(event: EventFor<typeof followVehicles>): HeardVehicle {
  const told = { vehicleId: event.data.vehicle_id, version: event.data.version, ownerTenantId: event.tenant_id, at: new Date(event.occurred_at) };
  if (event.type === 'vehicle.delisted.v1') return { ...told, status: event.data.reason === 'deleted' ? 'deleted' : event.data.status, price: undefined, car: null, offers: null };
  if (event.type === 'vehicle.price_changed.v1') return { ...told, status: null, price: event.data.price, car: null, offers: null };
  const { facts } = event.data;
  const offers = facts.offers?.map(({ listing_id: listingId, source, external_id: externalId, url }) => ({ listingId, source, externalId, url })) ?? null;
  return { ...told, status: facts.status, price: facts.price, car: carOf(facts), offers };
}

const carOf = (facts: VehicleFactsJson): CarSnapshot => ({
  make: facts.make,
  model: facts.model,
  trim: facts.trim,
  year: facts.year,
  vin: facts.vin,
  firstRegistration: facts.first_registration,
  mileageKm: facts.mileage_km,
  colour: facts.exterior_colour,
  damageType: facts.damage_type,
  titleStatus: facts.title_status,
  condition: facts.condition,
  features: facts.features,
  ownersCount: facts.owners_count,
});
