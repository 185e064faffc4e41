import { Injectable } from '@nestjs/common';
import { vehicleDelisted, vehicleListed, vehiclePriceChanged, vehicleUpdated, type MoneyJson, type VehicleFactsJson, type VehicleOfferJson } from '@autobroker/contracts';
import { isCurrencyCode } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { HearMarket } from '../application/market/hear-market';
import type { MarketOffer, Price } from '../domain/market-car';
import type { KnownCar, MarketNews } from '../domain/market/projection';

export const followMarket = defineConsumer({
  name: 'pricing.follow-market',
  on: [vehicleListed, vehicleUpdated, vehiclePriceChanged, vehicleDelisted],
  batchSize: 500,
  budgetMs: 400,
  gatherMs: 50,
  // Counting the whole market anew holds everybody else up for so long.
  timeoutMs: 300_000,
});

type Heard = EventFor<typeof followMarket>;

/** The market follows the catalogue, many events in one transaction. */
@Injectable()
@EventConsumer(followMarket)
export class MarketConsumer {
  constructor(private readonly market: HearMarket) {}

  handle(event: Heard, tx: Tx): Promise<void> {
    return this.market.run(tx, [newsOf(event)]);
  }

  handleBatch(events: readonly Heard[], tx: Tx): Promise<void> {
    return this.market.run(tx, events.map(newsOf));
  }
}

export const priceOf = (money: MoneyJson | null): Price | null => {
  if (money === null || !isCurrencyCode(money.currency) || money.amount < 0) return null;
  return { amount: money.amount, currency: money.currency };
};

export function newsOf(event: Heard): MarketNews {
  const told = { vehicleId: event.data.vehicle_id, ownerTenantId: event.tenant_id, version: event.data.version, at: new Date(event.occurred_at) };
  if (event.type === 'vehicle.delisted.v1') return { ...told, kind: 'delisted', reason: event.data.reason, status: event.data.status };
  if (event.type === 'vehicle.price_changed.v1') {
    const { price, reference_price, seen_at } = event.data;
    return { ...told, at: new Date(seen_at), kind: 'price_changed', price: priceOf(price), referencePrice: priceOf(reference_price) };
  }
  const { facts } = event.data;
  return {
    ...told,
    kind: event.type === 'vehicle.listed.v1' ? 'listed' : 'updated',
    known: knownOf(facts),
    status: facts.status,
    price: priceOf(facts.price),
    referencePrice: priceOf(facts.reference_price),
    offers: facts.offers?.map(offerOf) ?? null,
  };
}

export const knownOf = (facts: VehicleFactsJson): KnownCar => ({
  facts: {
    make: facts.make,
    model: facts.model,
    trim: facts.trim,
    year: facts.year,
    productionYear: facts.production_year,
    firstRegistration: facts.first_registration,
    mileageKm: facts.mileage_km,
    fuel: facts.fuel,
    gearbox: facts.gearbox,
    drivetrain: facts.drivetrain,
    body: facts.body,
    powerKw: facts.power_kw,
    engineCc: facts.engine_displacement_cc,
    doors: facts.doors,
    seats: facts.seats,
    colour: facts.exterior_colour,
    damageType: facts.damage_type,
    titleStatus: facts.title_status,
    condition: facts.condition,
    features: facts.features,
    ownersCount: facts.owners_count,
    country: facts.location.country,
    region: facts.location.region,
    city: facts.location.city,
    coordinates: facts.location.coordinates,
  },
  vin: facts.vin,
  vinFlags: facts.vin_flags ?? [],
  relistCount: facts.relist_count ?? 0,
  sources: facts.sources,
  listedAt: new Date(facts.listed_at),
});

const offerOf = (offer: VehicleOfferJson): MarketOffer => ({
  listingId: offer.listing_id,
  source: offer.source,
  externalId: offer.external_id,
  url: offer.url,
  auction: offer.auction,
  active: offer.active,
  price: priceOf(offer.price),
  priceKind: offer.price_kind,
  doubtful: offer.price_doubtful,
});
