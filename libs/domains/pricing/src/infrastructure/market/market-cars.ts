import { Inject, Injectable } from '@nestjs/common';
import { bodies, fuels, gearboxes } from '@autobroker/kernel';
import { type Database, databaseOf, GatheredReads } from '@autobroker/platform/database';
import { ratesConfig, type RatesSettings } from '@autobroker/platform/money';
import { comparableDays } from '../../application/market/recount-market';
import { MarketCars, type ListedPosition } from '../../application/ports';
import { chooseComparables, subjectOf, type Candidate, type Choice, type Comparables } from '../../domain/comparables';
import type { MarketCar, MarketOffer } from '../../domain/market-car';
import { nameKey } from '../../domain/market/grade';
import { candidatesSql, foreignSql, probeOf, type CandidateRow, type ProbeRow } from './comparables-sql';
import { cardColumns, marketCarOf, type CardRow } from './market-row';

const dayMs = 86_400_000;
/** So many cars, as the planner has counted them, and it walks along indexes. */
const grownCars = 5_000;
const lookAgainMs = 60_000;
const there = `c.facts is not null and c.left_reason is distinct from 'deleted'`;

@Injectable()
export class SqlMarketCars extends MarketCars {
  private grown = false;
  private lookAgainAt = 0;

  private readonly gathered = new GatheredReads<MarketCar>(async (ids) => new Map((await this.byIds(ids)).map((car) => [car.vehicleId, car])));

  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    @Inject(ratesConfig.token) private readonly rates: Pick<RatesSettings, 'currency'>,
  ) {
    super();
  }

  override byId(id: string): Promise<MarketCar | null> {
    return this.gathered.read(id, null);
  }

  override async byIds(ids: readonly string[]): Promise<MarketCar[]> {
    if (ids.length === 0) return [];
    const rows = await this.db.query<CardRow>(`select ${cardColumns} from pricing.market_cars c where c.vehicle_id = any($1::uuid[]) and ${there}`, [ids], { name: 'market-by-ids' });
    return rows.map(marketCarOf);
  }

  override async page(after: string | null, limit: number): Promise<MarketCar[]> {
    const rows = await this.db.query<CardRow>(
      `select ${cardColumns} from pricing.market_cars c
       where c.left_at is null and c.facts is not null and c.vehicle_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000')
       order by c.vehicle_id limit $2`,
      [after, limit],
      { name: 'market-page' },
    );
    return rows.map(marketCarOf);
  }

  override async count(): Promise<number> {
    const [row] = await this.db.query<{ n: number }>('select count(*)::integer as n from pricing.market_cars c where c.left_at is null and c.facts is not null');
    return row?.n ?? 0;
  }

  override async listedBetween(since: Date, before: ListedPosition | null, limit: number): Promise<MarketCar[]> {
    const rows = await this.db.query<CardRow>(
      `select ${cardColumns} from pricing.market_cars c
       where c.tenant_id is null and ${there} and c.price_ref is not null and c.doubt is null and c.listed_at >= $1
         and (c.listed_at, c.vehicle_id) < (coalesce($2::timestamptz, 'infinity'), coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
       order by c.listed_at desc, c.vehicle_id desc limit $4`,
      [since, before?.listedAt ?? null, before?.vehicleId ?? null, limit],
    );
    return rows.map(marketCarOf);
  }

  override async alike(car: MarketCar, at: Date): Promise<MarketCar[]> {
    const probe = probeOf(car, 0, at);
    const named = (await this.hasGrown()) ? { name: 'market-candidates' } : undefined;
    const near = probe === null ? [] : await this.db.query<CandidateRow>(candidatesSql, [JSON.stringify([probe]), at], named);
    const rows = await this.db.query<CardRow>(
      alikeSql,
      [near.map(({ vehicle_id }) => vehicle_id), nameKey(car.facts.make), nameKey(car.facts.model), Math.min(9_990, Math.max(10, Math.trunc(car.facts.year))), car.vehicleId],
    );
    return rows.map(marketCarOf);
  }

  override async offer(source: string, externalId: string): Promise<(MarketOffer & { readonly vehicleId: string }) | null> {
    const [row] = await this.db.query<{ listing_id: string; vehicle_id: string }>(
      'select listing_id, vehicle_id from pricing.market_offers where source = $1 and external_id = $2 order by told_at desc limit 1',
      [source, externalId],
      { name: 'market-offer' },
    );
    if (row === undefined) return null;
    const car = await this.byId(row.vehicle_id);
    const offer = car?.offers.find(({ listingId }) => listingId === row.listing_id);
    return offer === undefined ? null : { ...offer, vehicleId: row.vehicle_id };
  }

  override async comparables(cars: readonly MarketCar[], at: Date): Promise<ReadonlyMap<string, Comparables>> {
    const probes = cars.flatMap((car, n) => probeOf(car, n, at) ?? []);
    if (probes.length === 0) return new Map();
    const found = await this.candidates(candidatesSql, probes, at, false);
    const alone = probes.filter(({ n }) => !found.has(n));
    for (const [n, candidates] of alone.length === 0 ? [] : await this.candidates(foreignSql, alone, at, true)) found.set(n, candidates);
    const choices = probes.flatMap((probe) => {
      const car = cars[probe.n];
      return car === undefined ? [] : [{ probe, choice: chooseComparables(subjectOf(car), found.get(probe.n) ?? [], at) }];
    });
    const whole = new Map((await this.byIds([...new Set(choices.flatMap(({ choice }) => choice.picked.map(({ vehicleId }) => vehicleId)))])).map((car) => [car.vehicleId, car]));
    return new Map(choices.map(({ probe, choice }) => [probe.id, this.whole(choice, probe, whole)]));
  }

  private whole({ picked, ...rest }: Choice, probe: ProbeRow, cars: ReadonlyMap<string, MarketCar>): Comparables {
    const foreign = picked.some((one) => one.foreign);
    return {
      ...rest,
      currency: foreign ? this.rates.currency : probe.currency,
      cars: picked.flatMap(({ vehicleId, weight, price, adjusted, distanceKm }) => {
        const car = cars.get(vehicleId);
        return car === undefined ? [] : [{ vehicleId, car, weight, price, adjusted: Math.round(adjusted), distanceKm }];
      }),
    };
  }

  /**
   * Whether statements may be prepared: a plan that was made while the market was small would stay while it grows, and look
   * through all of it each time.
   */
  private async hasGrown(): Promise<boolean> {
    const now = this.db.clock.now().getTime();
    if (this.grown || now < this.lookAgainAt) return this.grown;
    this.lookAgainAt = now + lookAgainMs;
    const [row] = await this.db.query<{ n: number }>(`select reltuples::double precision as n from pg_class where oid = 'pricing.market_cars'::regclass`);
    this.grown = (row?.n ?? 0) >= grownCars;
    return this.grown;
  }

  private async candidates(sql: string, probes: readonly ProbeRow[], at: Date, foreign: boolean): Promise<Map<number, Candidate[]>> {
    const params: unknown[] = [JSON.stringify(probes)];
    if (!foreign) params.push(new Date(at.getTime() - comparableDays * dayMs));
    const named = probes.length === 1 && (await this.hasGrown()) ? { name: foreign ? 'market-abroad' : 'market-candidates' } : undefined;
    const rows = await this.db.query<CandidateRow>(sql, params, named);
    const found = new Map<number, Map<string, Candidate>>();
    for (const row of rows) {
      const mine = found.get(row.n) ?? new Map<string, Candidate>();
      mine.set(row.vehicle_id, candidateOf(row, foreign));
      found.set(row.n, mine);
    }
    for (const { n, id } of probes) found.get(n)?.delete(id);
    return new Map([...found].flatMap(([n, candidates]) => (candidates.size === 0 ? [] : [[n, [...candidates.values()]]])));
  }
}

const forSale = 'm.left_at is null and m.tenant_id is null and m.facts is not null';

/** Those that were found near, those of the model around its year, and some of its maker's others. */
const alikeSql = `
with ids as (
  (select m.vehicle_id from pricing.market_cars m where m.vehicle_id = any($1::uuid[]) and ${forSale} limit 250)
  union
  (select m.vehicle_id from pricing.market_cars m where ${forSale} and m.make_key = $2 and m.model_key = $3 and m.year >= $4 order by m.year limit 75)
  union
  (select m.vehicle_id from pricing.market_cars m where ${forSale} and m.make_key = $2 and m.model_key = $3 and m.year < $4 order by m.year desc limit 75)
  union
  (select m.vehicle_id from pricing.market_cars m where ${forSale} and m.make_key = $2 and m.model_key <> $3 and m.year between $4 - 2 and $4 + 2 limit 60)
)
select ${cardColumns} from pricing.market_cars c join ids on ids.vehicle_id = c.vehicle_id where c.vehicle_id <> $5`;

const one = <const T extends string>(known: readonly T[], text: string | null): T | null => known.find((word) => word === text) ?? null;

const candidateOf = (row: CandidateRow, foreign: boolean): Candidate => ({
  vehicleId: row.vehicle_id,
  price: Number(row.price_amount),
  year: row.year,
  mileageKm: row.mileage_km,
  trimKey: row.trim_key,
  fuel: one(fuels, row.fuel),
  gearbox: one(gearboxes, row.gearbox),
  body: one(bodies, row.body),
  coordinates: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon },
  listedAt: row.listed_at,
  leftAt: row.left_at,
  sold: row.left_reason === 'sold',
  foreign,
});
