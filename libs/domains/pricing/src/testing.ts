import { vehicleListed, type VehicleFactsJson, type VehicleOfferJson } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import type { TestApp } from '@autobroker/platform/testing';

export const golfFacts: VehicleFactsJson = {
  ...vehicleListed.fixture.facts,
  year: 2019,
  production_year: null,
  mileage_km: 100_000,
  exterior_colour: 'grey',
  vin: null,
  location: { city: null, region: null, postal_code: null, country: 'DE', coordinates: null },
  offers: [],
};

export const anOffer = (source: string, externalId: string, more: Partial<VehicleOfferJson> = {}): VehicleOfferJson => ({
  listing_id: uuidv7(),
  source,
  external_id: externalId,
  url: `https://${source}.example/${externalId}`,
  auction: false,
  active: true,
  status: 'active',
  price: { amount: 1_500_000, currency: 'EUR' },
  price_kind: 'asked',
  price_doubtful: false,
  ...more,
});

/** Says that a car is on the market; gives its id. The same id again with a higher version is an update of it. */
export async function listCar(app: TestApp, more: Partial<VehicleFactsJson> = {}, tenantId: string | null = null): Promise<string> {
  const id = uuidv7(app.clock.now());
  const facts = { ...golfFacts, listed_at: app.clock.now().toISOString(), ...more };
  await app.of('vehicle').transaction((tx) => tx.publish(vehicleListed, { key: id, tenantId, data: { vehicle_id: id, version: 1, facts } }));
  return id;
}

/** Looks again and again until it is so; what never becomes so fails by itself. */
export async function until<T>(look: () => Promise<T | null | undefined | false>, what: string): Promise<T> {
  for (let turn = 0; turn < 400; turn += 1) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it never came to this: ${what}`);
}

/** Until so many cars are in the projection. */
export const marketHas = (app: TestApp, ids: readonly string[]): Promise<true> =>
  until(async () => {
    const rows = await app.of('pricing').query('select 1 from pricing.market_cars where vehicle_id = any($1::uuid[]) and facts is not null', [ids]);
    return rows.length === ids.length ? (true as const) : null;
  }, 'the cars are on the market');
