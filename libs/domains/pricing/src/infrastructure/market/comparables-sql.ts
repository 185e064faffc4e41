import type { CurrencyCode } from '@autobroker/kernel';
import type { MarketCar } from '../../domain/market-car';
import { gradeOf, nameKey } from '../../domain/market/grade';
import { currencyOfCountry } from '../../domain/country-currency';

/** A car that looks for others, as a row of the parameter. */
export interface ProbeRow {
  readonly n: number;
  readonly id: string;
  readonly make_key: string;
  readonly model_key: string;
  readonly trim_key: string | null;
  readonly country: string;
  readonly currency: CurrencyCode;
  readonly grade: number;
  readonly year: number;
  readonly km: number;
}

/** So far a car is driven in a year, where nobody says how far. */
const usualKm = 15_000;

/** Null for a car of which nobody says where it is or in what money: it has no market. */
export function probeOf(car: MarketCar, n: number, at: Date): ProbeRow | null {
  const { facts } = car;
  const currency = car.price?.currency ?? currencyOfCountry(facts.country);
  if (facts.country === null || currency === null) return null;
  const age = Math.max(0, at.getUTCFullYear() - facts.year);
  return {
    n,
    id: car.vehicleId,
    make_key: nameKey(facts.make),
    model_key: nameKey(facts.model),
    trim_key: facts.trim === null ? null : nameKey(facts.trim),
    country: facts.country,
    currency,
    grade: gradeOf(facts),
    year: Math.min(9_990, Math.max(10, Math.trunc(facts.year))),
    km: Math.min(2_147_483_647, Math.max(0, Math.trunc(facts.mileageKm ?? age * usualKm))),
  };
}

export interface CandidateRow {
  readonly n: number;
  readonly vehicle_id: string;
  readonly price_amount: string;
  readonly year: number;
  readonly mileage_km: number | null;
  readonly trim_key: string | null;
  readonly fuel: string | null;
  readonly gearbox: string | null;
  readonly body: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly listed_at: Date;
  readonly left_at: Date | null;
  readonly left_reason: string | null;
}

const probes = `jsonb_to_recordset($1::jsonb) as p(n integer, id uuid, make_key text, model_key text, trim_key text, country text, currency text, grade smallint, year smallint, km integer)`;
const columns = `c.vehicle_id, c.price_amount, c.year, c.mileage_km, c.trim_key, c.fuel, c.gearbox, c.body,
  c.lat, c.lon, c.listed_at, c.left_at, c.left_reason`;
const market = 'c.comparable and c.make_key = p.make_key and c.model_key = p.model_key and c.country = p.country and c.price_currency = p.currency and c.grade = p.grade';
const ofYear = 'c.left_at is null and c.year = (p.year + d.years)::smallint';
const trim = 'c.trim_key is not null and c.trim_key = p.trim_key';

const nearest = (where: string, most: number): string => `
  (select ${columns} from pricing.market_cars c where ${where} and c.mileage_km >= p.km order by c.mileage_km limit ${most})
  union all
  (select ${columns} from pricing.market_cars c where ${where} and c.mileage_km < p.km order by c.mileage_km desc limit ${most})`;

/**
 * Those that are nearest in mileage, of each model year around the car's, with its own trim and with any; and those that
 * left lately. Each part is a walk along an index with an end: it costs the same however large the market is.
 */
export const candidatesSql = `
with p as materialized (select * from ${probes})
select p.n, x.* from p cross join generate_series(-2, 2) as d(years) cross join lateral (${nearest(`${market} and ${ofYear}`, 24)}
  union all
  (select ${columns} from pricing.market_cars c where ${market} and ${ofYear} and c.mileage_km is null limit 6)
) x
union all
select p.n, x.* from p cross join generate_series(-2, 2) as d(years) cross join lateral (${nearest(`${market} and ${ofYear} and ${trim}`, 12)}) x
where p.trim_key is not null
union all
select p.n, x.* from p cross join lateral (
  select ${columns} from pricing.market_cars c
  where ${market} and c.left_at > $2 and c.left_at is not null and c.year between p.year - 2 and p.year + 2
  order by c.left_at desc limit 40
) x`;

/** Of other countries and currencies, for cars that have none in their own market. Prices in the installation's currency. */
export const foreignSql = `
with p as materialized (select * from ${probes})
select p.n, x.* from p cross join lateral (
  select ${columns.replace('c.price_amount', 'c.price_ref as price_amount')} from pricing.market_cars c
  where c.left_at is null and c.tenant_id is null and c.facts is not null and c.make_key = p.make_key and c.model_key = p.model_key
    and c.year between p.year - 2 and p.year + 2 and c.comparable and c.grade = p.grade and c.price_ref is not null
  order by c.year limit 150
) x`;
