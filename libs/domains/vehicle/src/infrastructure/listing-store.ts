import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, lockNames, type Tx } from '@autobroker/platform/database';
import { ListingStore, ReferencePrices, type KnownListing, type ListingKey, type Touched } from '../application/ports';
import type { Listing } from '../domain/ingest/listing';
import { offerKey } from '../domain/offer';
import { detailNames, listingColumns, listingOf, listingRowOf, type ListingRow } from './listing-row';

interface KnownRow {
  readonly source: string;
  readonly external_id: string;
  readonly id: string;
  readonly vehicle_id: string;
  readonly content_hash: string;
  readonly said_at: Date;
  readonly last_seen_at: Date;
  readonly deleted: boolean;
}

const rows = `r as materialized (select * from jsonb_to_recordset($1::jsonb) as r(${listingColumns}))`;

/** All that belongs to a listing in one round trip. */
const insertAll = `with ${rows}, l as (
  insert into vehicle.listings (id, vehicle_id, tenant_id, source, external_id, url, auction_url, status, price_amount, price_currency, price_ref,
    content_hash, discovered_at, normalized_at, first_seen_at, last_seen_at)
  select id, vehicle_id, tenant_id, source, external_id, url, auction_url, status, price_amount, price_currency, price_ref, content_hash,
    first_seen_at, at, first_seen_at, last_seen_at from r
), h as (
  insert into vehicle.listing_image_hashes (listing_id, hash) select distinct r.id, x.hash from r cross join unnest(r.hashes) as x(hash)
)
insert into vehicle.listing_details (listing_id, ${detailNames.join(', ')}) select id, ${detailNames.join(', ')} from r`;

const updateAll = `with ${rows}, l as (
  update vehicle.listings l set vehicle_id = r.vehicle_id, url = r.url, auction_url = r.auction_url, status = r.status, price_amount = r.price_amount,
    price_currency = r.price_currency, price_ref = r.price_ref, content_hash = r.content_hash, normalized_at = r.at,
    last_seen_at = greatest(l.last_seen_at, r.last_seen_at)
  from r where l.id = r.id
), h as (
  insert into vehicle.listing_image_hashes (listing_id, hash) select distinct r.id, x.hash from r cross join unnest(r.hashes) as x(hash) on conflict do nothing
), g as (
  delete from vehicle.listing_image_hashes i using r where i.listing_id = r.id and i.hash <> all (r.hashes)
)
insert into vehicle.listing_details (listing_id, ${detailNames.join(', ')}) select id, ${detailNames.join(', ')} from r
on conflict (listing_id) do update set ${detailNames.map((name) => `${name} = excluded.${name}`).join(', ')}`;

@Injectable()
export class SqlListingStore extends ListingStore {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly prices: ReferencePrices,
  ) {
    super();
  }

  override async lock(tx: Tx, names: readonly string[]): Promise<void> {
    // In the order given, which is everybody's. A lock per offer would fill the server's lock table.
    await lockNames(tx, ...names);
  }

  override async tryLock(tx: Tx, names: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ name: string }>(
      'select n.name from (select name from unnest($1::text[]) as u(name) offset 0) n where pg_try_advisory_xact_lock(hashtextextended(n.name, 0))',
      [names],
    );
    return new Set(rows.map(({ name }) => name));
  }

  override async known(tx: Tx, ownerTenantId: string | null, keys: readonly ListingKey[]): Promise<Map<string, KnownListing>> {
    const params: unknown[] = [keys.map(({ source }) => source), keys.map(({ externalId }) => externalId)];
    if (ownerTenantId !== null) params.push(ownerTenantId);
    // One look into the index per key, whatever the planner makes of a table that is growing under it.
    const found = await tx.query<KnownRow>(
      `select l.source, l.external_id, l.id, l.vehicle_id, l.content_hash, l.last_seen_at, coalesce(d.said_at, l.last_seen_at) as said_at,
              v.deleted_at is not null as deleted
       from (select distinct * from unnest($1::text[], $2::text[]) as u(source, external_id)) k
       cross join lateral (
         select * from vehicle.listings o
         where o.source = k.source and o.external_id = k.external_id
           and ${ownerTenantId === null ? 'o.tenant_id is null' : 'o.tenant_id = $3::uuid'}
         offset 0
       ) l
       join vehicle.vehicles v on v.id = l.vehicle_id
       left join vehicle.listing_details d on d.listing_id = l.id`,
      params,
    );
    return new Map(found.map((row) => [offerKey({ source: row.source, externalId: row.external_id }), knownOf(row)]));
  }

  override async ofVehicles(tx: Tx, vehicleIds: readonly string[]): Promise<Listing[]> {
    const found = await tx.query<{ row: ListingRow }>(
      `select to_jsonb(l) || jsonb_build_object('said_at', d.said_at, 'detailed', d.detailed, 'facts', d.facts, 'provenance', d.provenance,
         'doubts', d.doubts, 'trusted', d.trusted, 'relist_of', d.relist_of) as row
       from unnest($1::uuid[]) as k(id)
       cross join lateral (select * from vehicle.listings o where o.vehicle_id = k.id offset 0) l
       join vehicle.listing_details d on d.listing_id = l.id
       order by l.id`,
      [vehicleIds],
    );
    return found.map(({ row }) => listingOf(row, this.prices.currency));
  }

  override async insert(tx: Tx, listings: readonly Listing[]): Promise<void> {
    if (listings.length > 0) await tx.query(insertAll, [this.json(listings)]);
  }

  override async update(tx: Tx, listings: readonly Listing[]): Promise<void> {
    if (listings.length > 0) await tx.query(updateAll, [this.json(listings)]);
  }

  override async seenEarlier(tx: Tx, listings: readonly { readonly id: string; readonly at: Date }[]): Promise<void> {
    if (listings.length === 0) return;
    await tx.query(
      `update vehicle.listings l set first_seen_at = r.at from (select id, min(at) as at from unnest($1::uuid[], $2::timestamptz[]) as r(id, at) group by id) r
       where l.id = r.id and l.first_seen_at > r.at`,
      [listings.map(({ id }) => id), listings.map(({ at }) => at)],
    );
  }

  override async touch(tx: Tx, listings: readonly Touched[]): Promise<void> {
    if (listings.length === 0) return;
    await tx.query(
      `update vehicle.listings l set last_seen_at = r.seen_at, content_hash = r.hash
       from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as r(id, seen_at, hash)
       where l.id = r.id and l.last_seen_at <= r.seen_at and (l.last_seen_at < r.seen_at or l.content_hash <> r.hash)`,
      [listings.map(({ id }) => id), listings.map(({ seenAt }) => seenAt), listings.map(({ hash }) => hash)],
    );
  }

  private json(listings: readonly Listing[]): string {
    const now = this.db.clock.now();
    return JSON.stringify(listings.map((listing) => listingRowOf(listing, now)));
  }
}

const knownOf = (row: KnownRow): KnownListing => ({
  id: row.id,
  vehicleId: row.vehicle_id,
  contentHash: row.content_hash,
  saidAt: row.said_at,
  lastSeenAt: row.last_seen_at,
  vehicleDeleted: row.deleted,
});
