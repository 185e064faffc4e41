import { listingStatuses } from '@autobroker/kernel';
import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import { ListingStore, type KnownListing, type ListingRecord } from '../application/ports';
import { offerKey, type Offer } from '../domain/offer';
import { priceOf } from './vehicle-row';

interface KnownRow {
  readonly source: string;
  readonly external_id: string;
  readonly id: string;
  readonly vehicle_id: string;
  readonly status: string;
  readonly price_amount: string | null;
  readonly price_currency: string | null;
  readonly content_hash: string;
  readonly deleted: boolean;
}

const record = `jsonb_to_recordset($1::jsonb) as r(id uuid, vehicle_id uuid, tenant_id uuid, source text, external_id text, url text,
  auction_url text, status text, price_amount bigint, price_currency text, price_ref bigint, content_hash text,
  seen_at timestamptz, at timestamptz)`;

@Injectable()
export class SqlListingStore extends ListingStore {
  override async claim(tx: Tx, ownerTenantId: string | null, offers: readonly Offer[]): Promise<Map<string, KnownListing>> {
    // One lock per source, in one order: a lock per offer would fill the server's lock table.
    const sources = [...new Set(offers.map((offer) => `vehicle.listings/${ownerTenantId ?? 'shared'}/${offer.source}`))].sort();
    for (const source of sources) await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [source]);
    const params: unknown[] = [offers.map((offer) => offer.source), offers.map((offer) => offer.externalId)];
    if (ownerTenantId !== null) params.push(ownerTenantId);
    // One look into the index per key, whatever the planner makes of a table that is growing under it.
    const rows = await tx.query<KnownRow>(
      `select l.source, l.external_id, l.id, l.vehicle_id, l.status, l.price_amount, l.price_currency, l.content_hash,
              v.deleted_at is not null as deleted
       from unnest($1::text[], $2::text[]) as k(source, external_id)
       cross join lateral (
         select * from vehicle.listings o
         where o.source = k.source and o.external_id = k.external_id
           and ${ownerTenantId === null ? 'o.tenant_id is null' : 'o.tenant_id = $3::uuid'}
         offset 0
       ) l
       join vehicle.vehicles v on v.id = l.vehicle_id`,
      params,
    );
    return new Map(rows.map((row) => [offerKey({ source: row.source, externalId: row.external_id }), knownOf(row)]));
  }

  override async insert(tx: Tx, listings: readonly ListingRecord[]): Promise<void> {
    if (listings.length === 0) return;
    await tx.query(
      `insert into vehicle.listings (id, vehicle_id, tenant_id, source, external_id, url, auction_url, status, price_amount,
         price_currency, price_ref, content_hash, discovered_at, normalized_at, first_seen_at, last_seen_at)
       select id, vehicle_id, tenant_id, source, external_id, url, auction_url, status, price_amount, price_currency, price_ref,
         content_hash, seen_at, at, seen_at, seen_at from ${record}`,
      [JSON.stringify(listings.map(rowOf))],
    );
  }

  override async update(tx: Tx, listings: readonly ListingRecord[]): Promise<void> {
    if (listings.length === 0) return;
    await tx.query(
      `update vehicle.listings l set url = r.url, auction_url = r.auction_url, status = r.status, price_amount = r.price_amount,
         price_currency = r.price_currency, price_ref = r.price_ref, content_hash = r.content_hash, normalized_at = r.at,
         last_seen_at = greatest(l.last_seen_at, r.seen_at)
       from ${record} where l.id = r.id`,
      [JSON.stringify(listings.map(rowOf))],
    );
  }

  override async touch(tx: Tx, listings: readonly { readonly id: string; readonly seenAt: Date }[]): Promise<void> {
    if (listings.length === 0) return;
    await tx.query(
      `update vehicle.listings l set last_seen_at = r.seen_at
       from unnest($1::uuid[], $2::timestamptz[]) as r(id, seen_at) where l.id = r.id and l.last_seen_at < r.seen_at`,
      [listings.map(({ id }) => id), listings.map(({ seenAt }) => seenAt)],
    );
  }
}

function knownOf(row: KnownRow): KnownListing {
  const status = listingStatuses.find((one) => one === row.status);
  if (status === undefined) throw new Error(`the database holds a listing that is ${row.status}`);
  return {
    id: row.id,
    vehicleId: row.vehicle_id,
    status,
    price: priceOf(row.price_amount === null ? null : Number(row.price_amount), row.price_currency),
    contentHash: row.content_hash,
    vehicleDeleted: row.deleted,
  };
}

function rowOf({ id, vehicleId, ownerTenantId, offer, referencePrice, contentHash, at }: ListingRecord) {
  return {
    id,
    vehicle_id: vehicleId,
    tenant_id: ownerTenantId,
    source: offer.source,
    external_id: offer.externalId,
    url: offer.url,
    auction_url: offer.auctionUrl,
    status: offer.status,
    price_amount: offer.facts.price?.amount ?? null,
    price_currency: offer.facts.price?.currency ?? null,
    price_ref: referencePrice?.amount ?? null,
    content_hash: contentHash,
    seen_at: offer.seenAt.toISOString(),
    at: at.toISOString(),
  };
}
