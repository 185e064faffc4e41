import type { VehicleStatus } from '@autobroker/kernel';
import type { CarFacts, MarketOffer, Price } from '../market-car';
import { doubtOf, type Doubtful, type PriceMoment } from './believable';

export type LeftReason = 'sold' | 'withdrawn' | 'deleted';

export interface Left {
  readonly at: Date;
  readonly reason: LeftReason;
  /** Of the event that said so; 0 when it was concluded from the car's status. */
  readonly version: number;
}

export interface KnownCar {
  readonly facts: CarFacts;
  readonly vin: string | null;
  readonly vinFlags: readonly string[];
  readonly relistCount: number;
  readonly sources: readonly string[];
  readonly listedAt: Date;
}

/** All offers of a car, as an event told of them. */
export interface ToldOffers {
  readonly version: number;
  readonly at: Date;
  readonly list: readonly MarketOffer[];
}

/**
 * What has been heard of a car. Its facts, its price and whether it is for sale are told by different events, and each part
 * keeps the version it is from: in whatever order events arrive, and however often, the same comes out.
 */
export interface HeardCar {
  readonly vehicleId: string;
  readonly ownerTenantId: string | null;
  /** The highest that was heard of. */
  readonly version: number;
  readonly factsVersion: number;
  /** Null while only its price or its leaving has been heard of. */
  readonly known: KnownCar | null;
  readonly priceVersion: number;
  readonly price: Price | null;
  readonly referencePrice: Price | null;
  readonly presenceVersion: number;
  readonly status: VehicleStatus;
  readonly left: Left | null;
  /** Null while no event has told of them. */
  readonly offers: ToldOffers | null;
  /** Why its price says nothing of the market. */
  readonly doubt: Doubtful | null;
  readonly moments: readonly PriceMoment[];
  readonly updatedAt: Date;
}

interface Told {
  readonly vehicleId: string;
  readonly ownerTenantId: string | null;
  readonly version: number;
  readonly at: Date;
}

interface Priced {
  readonly price: Price | null;
  readonly referencePrice: Price | null;
}

export type MarketNews =
  | (Told & Priced & { readonly kind: 'listed' | 'updated'; readonly known: KnownCar; readonly status: VehicleStatus; readonly offers: readonly MarketOffer[] | null })
  | (Told & Priced & { readonly kind: 'price_changed' })
  | (Told & { readonly kind: 'delisted'; readonly reason: LeftReason; readonly status: VehicleStatus });

/** More moments than these, and the oldest are forgotten. */
export const keptMoments = 40;

export const isForSale = (status: VehicleStatus): boolean => status === 'available' || status === 'reserved';

const unheard = ({ vehicleId, ownerTenantId, at }: MarketNews): HeardCar => ({
  vehicleId,
  ownerTenantId,
  version: 0,
  factsVersion: 0,
  known: null,
  priceVersion: 0,
  price: null,
  referencePrice: null,
  presenceVersion: 0,
  status: 'available',
  left: null,
  offers: null,
  doubt: 'no_price',
  moments: [],
  updatedAt: at,
});

export function hear(before: HeardCar | null, news: MarketNews): HeardCar {
  const car = before ?? unheard(news);
  const after = {
    ...car,
    version: Math.max(car.version, news.version),
    updatedAt: news.at > car.updatedAt ? news.at : car.updatedAt,
    ...factsAfter(car, news),
    ...priceAfter(car, news),
    ...presenceAfter(car, news),
  };
  return { ...after, doubt: doubtOf({ price: after.price, referencePrice: after.referencePrice, offers: after.offers?.list ?? [], moments: after.moments, sold: after.left?.reason === 'sold' }) };
}

function factsAfter(car: HeardCar, news: MarketNews): Partial<HeardCar> {
  if (news.kind === 'price_changed' || news.kind === 'delisted') return {};
  const { version, at, known, offers } = news;
  return {
    ...(version > car.factsVersion ? { factsVersion: version, known } : {}),
    // Who does not speak of the offers has not changed them.
    ...(offers !== null && version > (car.offers?.version ?? 0) ? { offers: { version, at, list: offers } } : {}),
  };
}

function priceAfter(car: HeardCar, news: MarketNews): Partial<HeardCar> {
  if (news.kind === 'delisted') return {};
  const current = news.version >= car.priceVersion ? { priceVersion: news.version, price: news.price, referencePrice: news.referencePrice } : {};
  if (news.kind === 'updated' || news.price === null) return current;
  const moment = { version: news.version, at: news.at, price: news.price, reference: news.referencePrice?.amount ?? null };
  return { ...current, moments: withMoment(car.moments, moment) };
}

function withMoment(moments: readonly PriceMoment[], moment: PriceMoment): PriceMoment[] {
  const twin = moments.find(({ version }) => version === moment.version);
  // Coming back at another price says the price twice, a moment apart.
  const kept = twin === undefined || moment.at < twin.at ? moment : twin;
  const others = moments.filter(({ version }) => version !== moment.version);
  return [...others, kept].sort((a, b) => a.version - b.version).slice(-keptMoments);
}

function presenceAfter(car: HeardCar, news: MarketNews): Partial<HeardCar> {
  const { version } = news;
  if (news.kind === 'price_changed') return {};
  if (news.kind === 'delisted') return departure(car, news);
  if (news.kind === 'listed') return version >= car.presenceVersion ? { presenceVersion: version, status: news.status, left: null } : {};
  // The event of its leaving knows better than its status, and has the same version.
  if (version <= car.presenceVersion) return {};
  if (isForSale(news.status)) return { presenceVersion: version, status: news.status, left: null };
  const reason = news.status === 'sold' ? 'sold' : 'withdrawn';
  const left = car.left === null || car.left.reason === 'deleted' ? { at: news.at, reason, version: 0 } as const : car.left;
  return { presenceVersion: version, status: news.status, left };
}

function departure(car: HeardCar, { version, at, reason, status }: Extract<MarketNews, { kind: 'delisted' }>): Partial<HeardCar> {
  const left = { at, reason, version };
  if (version >= car.presenceVersion) return { presenceVersion: version, status, left };
  // It has been heard of since, so a deletion was taken back. Being away still, it has left then and not when that was seen.
  const isLate = reason !== 'deleted' && car.left !== null && car.left.version < version;
  return isLate ? { left } : {};
}
