import { speakerFor } from '@autobroker/platform/testing';
import { type EventData, type MoneyJson, vehicleListed, vehiclePriceChanged, vehicleUpdated, type VehicleFactsJson } from '@autobroker/contracts';
import { exponentOf, uuidv7 } from '@autobroker/kernel';
import { Market, marketSources, type MarketListing, type TruthLine } from '@autobroker/market';
import { type Database } from '@autobroker/platform/database';

/** Where vehicle events come from in specs: that service's outbox, without the service. */
export const vehicleOutbox = speakerFor('vehicle');

export const perEuro: Readonly<Record<string, number>> = { EUR: 1, USD: 1.25, GBP: 0.8 };

export interface GeneratedCar {
  readonly vehicleId: string;
  readonly facts: VehicleFactsJson;
  /** What the market itself says it is worth, in minor units of the facts' currency. */
  readonly trueValue: number;
  readonly planted: readonly string[];
}

export const referenceOf = (price: { readonly amount: number; readonly currency: string }): { amount: number; currency: 'EUR' } => ({
  amount: Math.round(price.amount / (perEuro[price.currency] ?? 1)),
  currency: 'EUR',
});

/** Cars of a generated market as the vehicle service would tell of them, one a car, in the order in which they were listed. */
export function generatedCars(options: { readonly seed: number; readonly cars: number; readonly at: Date }): GeneratedCar[] {
  const start = new Date(options.at.getTime() - 30 * 86_400_000);
  const market = new Market({ seed: options.seed, cars: options.cars, start });
  market.advanceTo(options.at);
  const truth = new Map<string, TruthLine>();
  for (const line of market.truth()) for (const { source, external_id } of line.listings) truth.set(`${source}/${external_id}`, line);
  const seen = new Set<string>();
  const cars: GeneratedCar[] = [];
  for (const listing of marketSources.flatMap(({ slug }) => market.listings(slug))) {
    const line = truth.get(`${listing.source}/${listing.externalId}`);
    if (line === undefined || seen.has(listing.carId) || listing.auction !== null) continue;
    const facts = factsOf(listing, line);
    if (facts === null) continue;
    seen.add(listing.carId);
    cars.push({ vehicleId: uuidv7(listing.listedAt), facts, trueValue: line.true_value.amount, planted: listing.planted });
  }
  return cars.sort((a, b) => a.facts.listed_at.localeCompare(b.facts.listed_at));
}

function factsOf(listing: MarketListing, line: TruthLine): VehicleFactsJson | null {
  if (listing.year === null) return null;
  const price = listing.price === null ? null : { amount: Math.round(listing.price) * 10 ** exponentOf(listing.currency), currency: listing.currency };
  const km = listing.mileage === null ? null : Math.round(listing.unit === 'mi' ? listing.mileage * 1.609344 : listing.mileage);
  return {
    make: line.make,
    model: line.model,
    trim: listing.trim,
    year: listing.year,
    production_year: null,
    first_registration: null,
    mileage_km: km,
    fuel: listing.fuel?.code ?? null,
    gearbox: listing.gearbox?.code ?? null,
    drivetrain: listing.drivetrain?.code ?? null,
    body: listing.body?.code ?? null,
    power_kw: listing.powerKw,
    engine_displacement_cc: listing.displacementCc,
    doors: listing.doors,
    seats: listing.seats,
    exterior_colour: listing.colour?.code ?? null,
    interior_colour: null,
    damage_type: listing.damage?.code ?? 'unknown',
    title_status: listing.titleStatus?.code ?? 'unknown',
    condition: listing.condition?.code ?? 'used',
    features: [],
    vin: null,
    owners_count: listing.owners,
    location: { city: listing.location.city, region: listing.location.region, postal_code: null, country: listing.country, coordinates: null },
    price,
    reference_price: price === null ? null : referenceOf(price),
    status: 'available',
    sources: [listing.source],
    listed_at: listing.listedAt.toISOString(),
    vin_flags: [],
    relist_count: 0,
    offers: [],
  };
}

/** The vehicle service says that these came onto the market. */
export async function tellListed(db: Database, cars: readonly Pick<GeneratedCar, 'vehicleId' | 'facts'>[], tenantId: string | null = null, version = 1): Promise<void> {
  for (let from = 0; from < cars.length; from += 500) {
    await db.transaction(async (tx) => {
      await tx.publishAll(
        vehicleListed,
        cars.slice(from, from + 500).map(({ vehicleId, facts }) => ({ key: vehicleId, tenantId, data: { vehicle_id: vehicleId, version, facts } })),
      );
    });
  }
}

export async function tellPrice(db: Database, car: Pick<GeneratedCar, 'vehicleId' | 'facts'>, version: number, amount: number, tenantId: string | null = null): Promise<void> {
  const price: MoneyJson = { amount, currency: car.facts.price?.currency ?? 'EUR' };
  const data: EventData<typeof vehiclePriceChanged> = {
    vehicle_id: car.vehicleId,
    version,
    previous: car.facts.price,
    price,
    previous_reference: car.facts.reference_price,
    reference_price: referenceOf(price),
    seen_at: db.clock.now().toISOString(),
    sighting: null,
  };
  await db.transaction(async (tx) => {
    await tx.publish(vehiclePriceChanged, { key: car.vehicleId, tenantId, data });
  });
}

export async function tellUpdated(db: Database, { vehicleId, facts }: Pick<GeneratedCar, 'vehicleId' | 'facts'>, version: number, changed: string[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.publish(vehicleUpdated, { key: vehicleId, tenantId: null, data: { vehicle_id: vehicleId, version, changed, facts } });
  });
}
