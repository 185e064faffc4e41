import {
  bodies, colours, conditions, damageTypes, drivetrains, fuels, gearboxes, isCurrencyCode, titleStatuses, vehicleStatuses,
} from '@autobroker/kernel';
import { z } from 'zod';
import type { MarketCar, MarketOffer, Price } from '../../domain/market-car';
import { doubtfuls, type PriceMoment } from '../../domain/market/believable';
import { gradeOf, nameKey } from '../../domain/market/grade';
import type { HeardCar, KnownCar, Left, ToldOffers } from '../../domain/market/projection';

/** A row of pricing.market_cars, as PostgreSQL turns it into JSON. */
export interface MarketRow {
  readonly vehicle_id: string;
  readonly tenant_id: string | null;
  readonly version: number;
  readonly facts_version: number;
  readonly price_version: number;
  readonly presence_version: number;
  readonly status: string;
  readonly doubt: string | null;
  readonly price_amount: number | null;
  readonly price_currency: string | null;
  readonly price_ref: number | null;
  readonly price_ref_currency: string | null;
  readonly listed_at: string | null;
  readonly left_at: string | null;
  readonly left_reason: string | null;
  readonly left_version: number;
  readonly updated_at: string;
  readonly vin: string | null;
  readonly vin_flags: readonly string[];
  readonly relist_count: number;
  readonly sources: readonly string[];
  readonly facts: unknown;
  readonly offers: unknown;
  readonly offers_version: number;
  readonly offers_at: string | null;
  readonly moments: unknown;
}

/** Column and type of everything that is written. */
export const marketColumns: Readonly<Record<string, string>> = {
  version: 'integer', facts_version: 'integer', price_version: 'integer', presence_version: 'integer', status: 'text', comparable: 'boolean',
  doubt: 'text', make: 'text', model: 'text', make_key: 'text', model_key: 'text', trim_key: 'text', year: 'smallint', mileage_km: 'integer',
  grade: 'smallint', fuel: 'text', gearbox: 'text', body: 'text', country: 'text', lat: 'double precision', lon: 'double precision', price_amount: 'bigint', price_currency: 'text',
  price_ref: 'bigint', price_ref_currency: 'text', listed_at: 'timestamptz', left_at: 'timestamptz', left_reason: 'text',
  left_version: 'integer', updated_at: 'timestamptz', vin: 'text', vin_flags: 'text[]', relist_count: 'integer', sources: 'text[]',
  facts: 'jsonb', offers: 'jsonb', offers_version: 'integer', offers_at: 'timestamptz', moments: 'jsonb',
};

const currency = z.string().refine((code) => isCurrencyCode(code), { error: 'is no currency' });
const price = z.object({ amount: z.number(), currency });
const nullable = { text: z.string().nullable(), number: z.number().nullable() };
const factsRow = z.object({
  make: z.string(), model: z.string(), trim: nullable.text, year: z.number(), productionYear: nullable.number, firstRegistration: nullable.text,
  mileageKm: nullable.number, fuel: z.enum(fuels).nullable(), gearbox: z.enum(gearboxes).nullable(), drivetrain: z.enum(drivetrains).nullable(),
  body: z.enum(bodies).nullable(), powerKw: nullable.number, engineCc: nullable.number, doors: nullable.number, seats: nullable.number,
  colour: z.enum(colours).nullable(), damageType: z.enum(damageTypes), titleStatus: z.enum(titleStatuses), condition: z.enum(conditions),
  features: z.array(z.string()), ownersCount: nullable.number, country: nullable.text, region: nullable.text, city: nullable.text,
  coordinates: z.object({ lat: z.number(), lon: z.number() }).nullable(),
});
const offersRow = z.array(
  z.object({
    listingId: z.string(), source: z.string(), externalId: z.string(), url: nullable.text, auction: z.boolean(), active: z.boolean(),
    price: price.nullable(), priceKind: z.enum(['asked', 'bid', 'hammer']).nullable(), doubtful: z.boolean(),
  }),
);
const momentsRow = z.array(z.object({ v: z.number(), at: z.number(), p: price, ref: nullable.number }));
const leftReason = z.enum(['sold', 'withdrawn', 'deleted']);

const priceOf = (amount: number | null, code: string | null): Price | null => (amount === null || code === null ? null : price.parse({ amount, currency: code }));

function knownOf(row: MarketRow): KnownCar | null {
  if (row.facts === null || row.listed_at === null) return null;
  const { vin, vin_flags: vinFlags, relist_count: relistCount, sources } = row;
  return { facts: factsRow.parse(row.facts), vin, vinFlags, relistCount, sources, listedAt: new Date(row.listed_at) };
}

function leftOf({ left_at, left_reason, left_version }: MarketRow): Left | null {
  return left_at === null ? null : { at: new Date(left_at), reason: leftReason.parse(left_reason), version: left_version };
}

function offersOf({ offers, offers_version: version, offers_at }: MarketRow): ToldOffers | null {
  return offers_at === null ? null : { version, at: new Date(offers_at), list: offersRow.parse(offers) };
}

const momentsOf = (row: MarketRow): PriceMoment[] => momentsRow.parse(row.moments).map(({ v, at, p, ref }) => ({ version: v, at: new Date(at), price: p, reference: ref }));

export const heardOf = (row: MarketRow): HeardCar => ({
  vehicleId: row.vehicle_id,
  ownerTenantId: row.tenant_id,
  version: row.version,
  factsVersion: row.facts_version,
  known: knownOf(row),
  priceVersion: row.price_version,
  price: priceOf(row.price_amount, row.price_currency),
  referencePrice: priceOf(row.price_ref, row.price_ref_currency),
  presenceVersion: row.presence_version,
  status: z.enum(vehicleStatuses).parse(row.status),
  left: leftOf(row),
  offers: offersOf(row),
  doubt: z.enum(doubtfuls).nullable().parse(row.doubt),
  moments: momentsOf(row),
  updatedAt: new Date(row.updated_at),
});

const largest = 2_147_483_647;
const within = (value: number | null, most: number): number | null => (value === null ? null : Math.min(most, Math.max(0, Math.trunc(value))));

export const isComparable = ({ known, ownerTenantId, doubt, left }: HeardCar): boolean =>
  known !== null && ownerTenantId === null && doubt === null && left?.reason !== 'deleted' && known.facts.country !== null;

export function marketRowOf(car: HeardCar) {
  const { known, price: asked, referencePrice, left, offers } = car;
  const facts = known?.facts ?? null;
  return {
    vehicle_id: car.vehicleId,
    tenant_id: car.ownerTenantId,
    version: car.version,
    facts_version: car.factsVersion,
    price_version: car.priceVersion,
    presence_version: car.presenceVersion,
    status: car.status,
    comparable: isComparable(car),
    doubt: car.doubt,
    make: facts?.make ?? null,
    model: facts?.model ?? null,
    make_key: facts === null ? null : nameKey(facts.make),
    model_key: facts === null ? null : nameKey(facts.model),
    trim_key: facts?.trim == null ? null : nameKey(facts.trim),
    year: within(facts?.year ?? null, 9_999),
    mileage_km: within(facts?.mileageKm ?? null, largest),
    grade: facts === null ? null : gradeOf(facts),
    fuel: facts?.fuel ?? null,
    gearbox: facts?.gearbox ?? null,
    body: facts?.body ?? null,
    country: facts?.country ?? null,
    lat: facts?.coordinates?.lat ?? null,
    lon: facts?.coordinates?.lon ?? null,
    price_amount: asked?.amount ?? null,
    price_currency: asked?.currency ?? null,
    price_ref: referencePrice?.amount ?? null,
    price_ref_currency: referencePrice?.currency ?? null,
    listed_at: known?.listedAt.toISOString() ?? null,
    left_at: left?.at.toISOString() ?? null,
    left_reason: left?.reason ?? null,
    left_version: left?.version ?? 0,
    updated_at: car.updatedAt.toISOString(),
    vin: known?.vin ?? null,
    vin_flags: known?.vinFlags ?? [],
    relist_count: known?.relistCount ?? 0,
    sources: known?.sources ?? [],
    facts,
    offers: offers?.list.map(offerRowOf) ?? null,
    offers_version: offers?.version ?? 0,
    offers_at: offers?.at.toISOString() ?? null,
    moments: car.moments.map(({ version, at, price: p, reference }) => ({ v: version, at: at.getTime(), p, ref: reference })),
  };
}

const offerRowOf = ({ priceKind, doubtful, ...offer }: MarketOffer) => ({ ...offer, priceKind: priceKind ?? null, doubtful: doubtful ?? false });

/** What a reader gets of it. */
export const cardColumns = `c.vehicle_id, c.tenant_id, c.version, c.status, c.price_amount, c.price_currency, c.price_ref, c.price_ref_currency, c.listed_at,
  c.left_at, c.updated_at, c.vin, c.vin_flags, c.relist_count, c.sources, c.facts, c.offers`;

export interface CardRow extends Pick<MarketRow, 'vehicle_id' | 'tenant_id' | 'version' | 'status' | 'price_currency' | 'price_ref_currency' | 'vin' | 'vin_flags' | 'relist_count' | 'sources' | 'facts' | 'offers'> {
  readonly price_amount: string | null;
  readonly price_ref: string | null;
  readonly listed_at: Date;
  readonly left_at: Date | null;
  readonly updated_at: Date;
}

/** Only what this service itself has written is read here, from its own types; looking at every part of it again costs more than all the rest. */
const stored = {
  facts: z.custom<MarketCar['facts']>((value) => typeof value === 'object' && value !== null && 'make' in value && 'features' in value, { error: 'are no facts of a car' }),
  offers: z.custom<MarketCar['offers']>((value) => Array.isArray(value), { error: 'are no offers' }),
};
const statusNames: ReadonlySet<string> = new Set(vehicleStatuses);
const isStatus = (text: string): text is MarketCar['status'] => statusNames.has(text);

export function marketCarOf(row: CardRow): MarketCar {
  if (!isStatus(row.status)) throw new Error(`the database holds the status ${row.status}`);
  return {
    vehicleId: row.vehicle_id,
    version: row.version,
    ownerTenantId: row.tenant_id,
    facts: stored.facts.parse(row.facts),
    vin: row.vin,
    vinFlags: row.vin_flags,
    relistCount: row.relist_count,
    price: money(row.price_amount, row.price_currency),
    referencePrice: money(row.price_ref, row.price_ref_currency),
    status: row.status,
    sources: row.sources,
    offers: row.offers === null ? [] : stored.offers.parse(row.offers),
    listedAt: row.listed_at,
    leftAt: row.left_at,
    updatedAt: row.updated_at,
  };
}

function money(amount: string | null, code: string | null): Price | null {
  if (amount === null || code === null) return null;
  if (!isCurrencyCode(code)) throw new Error(`the database holds the currency ${code}`);
  return { amount: Number(amount), currency: code };
}
