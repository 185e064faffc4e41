import { Injectable } from '@nestjs/common';
import type { Actor, Tx } from '@autobroker/platform/database';
import { MatchStore, type Candidate, type MatchDecisionRecord, type MergeRecord, type Ruling } from '../application/ports';
import type { MatchKeys } from '../domain/ingest/probe';
import { matchFactsSchema } from './listing-row';
import { mergeChain } from './sql/survivor';

interface CandidateRow {
  readonly n: number;
  readonly listing_id: string;
  readonly vehicle_id: string;
  readonly match: unknown;
}

/** Round numbers of miles and of kilometres lie this far from what the other source has. */
const bandKm = 1_100;
const bandShare = 0.01;
/** Below this every new car has the same reading. */
const tellingKm = 1_000;
/** One reading, written twice. */
const readingKm = 30;

/** Years of cars that are looked through for a listing that names none: one look into the index each. */
const [firstYear, lastYear] = [1_975, 2_050];

/** How many of one year are looked at. */
const nearest = 10;
/** From the reading on, up or down, in the order of the index: what lies within the band are hundreds where a model sells well. */
const drivenSql = (way: 'more' | 'less'): string => {
  const band = `greatest(${bandKm}, p.km * ${bandShare})::integer`;
  const within = way === 'more' ? `d.mileage_km >= p.km and d.mileage_km <= p.km + ${band}` : `d.mileage_km < p.km and d.mileage_km >= p.km - ${band}`;
  return `(select d.listing_id, d.mileage_km from vehicle.listing_details d
       where d.make_key = p.make_key and d.model_key = p.model_key and d.year = y.year and ${within}
       order by d.mileage_km ${way === 'more' ? 'asc' : 'desc'} limit ${nearest})`;
};

/**
 * Each way goes through an index of its own that few listings share, and gives a bounded number: the nearest by mileage,
 * those of the same place, those of the same place with the same reading (whatever they call model and year), the same VIN,
 * stock number or picture. How many all of them give together the planner can't know, and takes for many: without its limit
 * the last step walks all listings in the order of their ids.
 */
const candidatesSql = (owner: string): string => `
with p as materialized (
  select * from jsonb_to_recordset($1::jsonb) as p(n integer, make_key text, model_key text, year integer, km integer, vin text, stock_key text,
    place_key text, hashes text[])
)
select c.n, c.listing_id, f.vehicle_id, f.match from (
  select distinct p.n, f.listing_id from p cross join lateral (
    (select d.listing_id from vehicle.listing_details d where d.vin = p.vin limit 12)
    union all
    (select d.listing_id from vehicle.listing_details d where d.stock_key = p.stock_key and d.make_key = p.make_key limit 12)
    union all
    (select i.listing_id from unnest(p.hashes) as h(hash)
       cross join lateral (select i.listing_id from vehicle.listing_image_hashes i where i.hash = h.hash limit 6) i limit 24)
    union all
    (select m.listing_id from generate_series(coalesce(p.year - 1, ${firstYear}), coalesce(p.year + 1, ${lastYear})) as y(year) cross join lateral (
       select s.listing_id from (${drivenSql('more')} union all ${drivenSql('less')}) s order by abs(s.mileage_km - p.km) limit ${nearest}) m)
    union all
    (select d.listing_id from vehicle.listing_details d
       where d.make_key = p.make_key and d.model_key = p.model_key and d.place_key = p.place_key
         and d.year between coalesce(p.year - 1, ${firstYear}) and coalesce(p.year + 1, ${lastYear})
       limit 12)
    union all
    (select d.listing_id from vehicle.listing_details d
       where d.place_key = p.place_key and d.mileage_km between p.km - ${readingKm} and p.km + ${readingKm} and p.km >= ${tellingKm}
       order by abs(d.mileage_km - p.km) limit 8)
  ) f
) c
cross join lateral (
  select l.vehicle_id, d.match from vehicle.listings l join vehicle.listing_details d on d.listing_id = l.id
  where l.id = c.listing_id and d.match is not null and ${owner} limit 1
) f`;

@Injectable()
export class SqlMatchStore extends MatchStore {
  override async candidates(tx: Tx, ownerTenantId: string | null, probes: readonly MatchKeys[]): Promise<Candidate[]> {
    if (probes.length === 0) return [];
    const asked = probes.map((probe, n) => ({
      n,
      make_key: probe.makeKey,
      model_key: probe.modelKey,
      year: probe.year,
      km: probe.mileageKm,
      vin: probe.vin,
      stock_key: probe.stockKey,
      place_key: probe.placeKey,
      hashes: probe.imageHashes,
    }));
    const params: unknown[] = [JSON.stringify(asked)];
    if (ownerTenantId !== null) params.push(ownerTenantId);
    // The tables grow under the planner, and a scan of one of them would cost more than all the looks into the indexes.
    await tx.query('set local enable_seqscan = off');
    const rows = await tx.query<CandidateRow>(candidatesSql(ownerTenantId === null ? 'l.tenant_id is null' : 'l.tenant_id = $2::uuid'), params);
    await tx.query('set local enable_seqscan = on');
    return rows.map((row) => ({ probe: row.n, listingId: row.listing_id, vehicleId: row.vehicle_id, match: matchFactsSchema.parse(row.match) }));
  }

  override async rulings(tx: Tx, listingIds: readonly string[]): Promise<Ruling[]> {
    if (listingIds.length === 0) return [];
    return tx.query<Ruling>(
      `select listing_a as a, listing_b as b, kind from vehicle.match_rulings where listing_a = any($1::uuid[])
       union select listing_a, listing_b, kind from vehicle.match_rulings where listing_b = any($1::uuid[])`,
      [listingIds],
    );
  }

  override async rule(tx: Tx, rulings: readonly Ruling[], mergeId: string, at: Date): Promise<void> {
    const ordered = rulings.map(({ a, b, kind }) => (a < b ? { a, b, kind } : { a: b, b: a, kind }));
    await tx.query(
      `insert into vehicle.match_rulings (listing_a, listing_b, kind, merge_id, ruled_at)
       select r.a, r.b, r.kind, $2, $3 from jsonb_to_recordset($1::jsonb) as r(a uuid, b uuid, kind text)
       on conflict (listing_a, listing_b) do update set kind = excluded.kind, merge_id = excluded.merge_id, ruled_at = excluded.ruled_at`,
      [JSON.stringify(ordered), mergeId, at],
    );
  }

  override async dropRulings(tx: Tx, mergeId: string): Promise<void> {
    await tx.query('delete from vehicle.match_rulings where merge_id = $1', [mergeId]);
  }

  override async decided(tx: Tx, decisions: readonly MatchDecisionRecord[]): Promise<void> {
    if (decisions.length === 0) return;
    const rows = decisions.map((one) => ({
      id: one.id,
      decided_at: one.at.toISOString(),
      tenant_id: one.ownerTenantId,
      listing_id: one.listingId,
      vehicle_id: one.vehicleId,
      other_vehicle_id: one.otherVehicleId,
      outcome: one.outcome,
      method: one.method,
      score: one.score,
      why: one.why,
      actor_kind: one.by.kind,
      actor_id: one.by.id,
    }));
    await tx.query(
      `insert into vehicle.match_decisions (id, decided_at, tenant_id, listing_id, vehicle_id, other_vehicle_id, outcome, method, score, why, actor_kind, actor_id)
       select * from jsonb_to_recordset($1::jsonb) as r(id uuid, decided_at timestamptz, tenant_id uuid, listing_id uuid, vehicle_id uuid,
         other_vehicle_id uuid, outcome text, method text, score real, why text[], actor_kind text, actor_id text)`,
      [JSON.stringify(rows)],
    );
  }

  override async merged(tx: Tx, merges: readonly MergeRecord[]): Promise<void> {
    for (const one of merges) {
      await tx.query(
        `insert into vehicle.vehicle_merges (id, kind, tenant_id, to_vehicle_id, from_vehicle_id, listing_ids, media_ids, reason, actor_kind, actor_id, merged_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [one.id, one.kind, one.ownerTenantId, one.toVehicleId, one.fromVehicleId, one.listingIds, one.mediaIds, one.reason, one.by.kind, one.by.id, one.at],
      );
    }
  }

  override async findMerge(tx: Tx, id: string): Promise<MergeRecord | null> {
    const [row] = await tx.query<MergeRow>('select * from vehicle.vehicle_merges where id = $1 for update', [id]);
    return row === undefined ? null : mergeOf(row);
  }

  override async placeOf(tx: Tx, vehicleId: string, listingId: string | null): Promise<string | null> {
    const [row] = await tx.query<{ id: string | null }>(placeSql, [vehicleId, listingId], { name: 'vehicle-place' });
    return row?.id ?? null;
  }

  override async reverted(tx: Tx, id: string, by: Actor, at: Date): Promise<void> {
    await tx.query('update vehicle.vehicle_merges set reverted_at = $2, reverted_by = $3 where id = $1', [id, at, by.id]);
  }
}

const placeSql = `
with recursive ${mergeChain('$1::uuid')}, parted as (
  select 1 from vehicle.vehicle_merges g
  where g.from_vehicle_id = $1 and g.kind = 'split' and g.reverted_at is null and g.actor_kind <> 'system' and $2::uuid = any(g.listing_ids)
)
select coalesce(
  (select v.id from vehicle.vehicles v where v.id = $1 and v.deleted_at is null and not exists (select 1 from parted)),
  (select v.id from vehicle.listings l join vehicle.vehicles v on v.id = l.vehicle_id and v.deleted_at is null where l.id = $2),
  (select v.id from chain c join vehicle.vehicles v on v.id = c.id and v.deleted_at is null order by c.depth limit 1)) as id`;

interface MergeRow {
  readonly id: string;
  readonly kind: 'merge' | 'split';
  readonly tenant_id: string | null;
  readonly to_vehicle_id: string;
  readonly from_vehicle_id: string;
  readonly listing_ids: readonly string[];
  readonly media_ids: readonly string[];
  readonly reason: string | null;
  readonly actor_kind: Actor['kind'];
  readonly actor_id: string | null;
  readonly merged_at: Date;
  readonly reverted_at: Date | null;
}

const mergeOf = (row: MergeRow): MergeRecord => ({
  id: row.id,
  kind: row.kind,
  ownerTenantId: row.tenant_id,
  toVehicleId: row.to_vehicle_id,
  fromVehicleId: row.from_vehicle_id,
  listingIds: row.listing_ids,
  mediaIds: row.media_ids,
  reason: row.reason,
  by: { kind: row.actor_kind, id: row.actor_id },
  at: row.merged_at,
  revertedAt: row.reverted_at,
});
