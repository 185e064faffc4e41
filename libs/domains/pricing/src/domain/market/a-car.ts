import type { VehicleStatus } from '@autobroker/kernel';
import type { CarFacts, MarketOffer, Price } from '../market-car';
import type { KnownCar, MarketNews } from './projection';

/** For specs: a plain car and what is said of it, with whatever a spec cares about put in. */
export const someFacts = (facts: Partial<CarFacts> = {}): CarFacts => ({
  make: 'Volkswagen',
  model: 'Golf',
  trim: 'GTI',
  year: 2021,
  productionYear: 2020,
  firstRegistration: '2021-02-01',
  mileageKm: 60_000,
  fuel: 'petrol',
  gearbox: 'automatic',
  drivetrain: 'fwd',
  body: 'hatchback',
  powerKw: 180,
  engineCc: 1984,
  doors: 5,
  seats: 5,
  colour: 'white',
  damageType: 'none',
  titleStatus: 'clean',
  condition: 'used',
  features: ['navigation'],
  ownersCount: 1,
  country: 'DE',
  region: 'Bayern',
  city: 'München',
  coordinates: { lat: 48.137, lon: 11.575 },
  ...facts,
});

export const euros = (amount: number): Price => ({ amount: amount * 100, currency: 'EUR' });

export const anOffer = (offer: Partial<MarketOffer> = {}): MarketOffer => ({
  listingId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5e',
  source: 'mobile-de',
  externalId: 'm1',
  url: null,
  auction: false,
  active: true,
  price: euros(28_990),
  priceKind: 'asked',
  doubtful: false,
  ...offer,
});

export interface SaidCar {
  readonly id?: string;
  readonly owner?: string | null;
  readonly at?: string;
  readonly price?: Price | null;
  readonly facts?: Partial<CarFacts>;
  readonly known?: Partial<KnownCar>;
  readonly status?: VehicleStatus;
  readonly offers?: readonly MarketOffer[] | null;
}

export const firstDay = '2026-01-05T09:00:00.000Z';

/** One car's events by version, as the vehicle service would say them. */
export function saying({ id = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c', owner = null, ...usual }: SaidCar = {}) {
  const told = (version: number, at: string) => ({ vehicleId: id, ownerTenantId: owner, version, at: new Date(at) });
  const whole = (kind: 'listed' | 'updated') => (version: number, change: SaidCar = {}): MarketNews => {
    const said = { ...usual, ...change };
    const price = said.price === undefined ? euros(28_990) : said.price;
    return {
      ...told(version, said.at ?? firstDay),
      kind,
      known: {
        facts: someFacts({ ...usual.facts, ...change.facts }),
        vin: null,
        vinFlags: [],
        relistCount: 0,
        sources: ['mobile-de'],
        listedAt: new Date(firstDay),
        ...usual.known,
        ...change.known,
      },
      status: said.status ?? 'available',
      price,
      referencePrice: price,
      offers: said.offers ?? null,
    };
  };
  return {
    listed: whole('listed'),
    updated: whole('updated'),
    priced: (version: number, price: Price | null, at = firstDay): MarketNews => ({ ...told(version, at), kind: 'price_changed', price, referencePrice: price }),
    left: (version: number, reason: 'sold' | 'withdrawn' | 'deleted', at = firstDay): MarketNews => ({
      ...told(version, at),
      kind: 'delisted',
      reason,
      status: reason === 'sold' ? 'sold' : 'withdrawn',
    }),
  };
}
