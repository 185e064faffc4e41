import { Inject, Injectable } from '@nestjs/common';
import type { ListingStatus } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { KnownListings, type KnownUpdate, PageMemory, type Validators } from '../../application/ports';
import type { Known } from '../../domain/listing';

type Found = Known & { readonly imageHash: string | null; readonly url: string | null };

@Injectable()
export class SqlKnownListings extends KnownListings {
  constructor(@Inject(databaseOf('scraper')) private readonly db: Database) {
    super();
  }

  override async find(source: string, externalIds: readonly string[]): Promise<Map<string, Found>> {
    if (externalIds.length === 0) return new Map();
    const rows = await this.db.query<Found & { externalId: string }>(
      `select external_id as "externalId", url, content_hash as "contentHash", status, image_hash as "imageHash", last_detail_at as "lastDetailAt"
       from scraper.known_listings where source = $1 and external_id = any($2)`,
      [source, externalIds],
    );
    return new Map(rows.map(({ externalId, ...known }) => [externalId, known]));
  }

  override async saw(tx: Tx, source: string, updates: readonly KnownUpdate[]): Promise<void> {
    if (updates.length === 0) return;
    // In the order of their keys, so that two runs of one source can't wait for each other in a circle.
    const sorted = [...new Map(updates.map((update) => [update.externalId, update])).values()].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
    await tx.query(
      `insert into scraper.known_listings as k
         (source, external_id, url, content_hash, status, image_hash, first_seen_at, last_seen_at, last_detail_at)
       select $1, r.* from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $7::timestamptz[], $8::timestamptz[]) as r
       on conflict (source, external_id) do update set
         url = coalesce(excluded.url, k.url), content_hash = excluded.content_hash, status = excluded.status, missing = 0,
         image_hash = coalesce(excluded.image_hash, k.image_hash),
         last_seen_at = greatest(k.last_seen_at, excluded.last_seen_at), last_detail_at = coalesce(excluded.last_detail_at, k.last_detail_at)`,
      [
        source,
        sorted.map(({ externalId }) => externalId),
        sorted.map(({ url }) => url),
        sorted.map(({ contentHash }) => contentHash),
        sorted.map(({ status }) => status),
        sorted.map(({ imageHash }) => imageHash ?? null),
        sorted.map(({ seenAt }) => seenAt),
        sorted.map(({ detailAt }) => detailAt),
      ],
    );
  }

  override async ended(tx: Tx, source: string, externalIds: readonly string[], status: ListingStatus): Promise<void> {
    await tx.query('update scraper.known_listings set status = $3 where source = $1 and external_id = any($2)', [source, externalIds, status]);
  }

  override async stillThere(tx: Tx, source: string, externalIds: readonly string[], at: Date): Promise<void> {
    await tx.query('update scraper.known_listings set last_seen_at = greatest(last_seen_at, $3), missing = 0 where source = $1 and external_id = any($2)', [source, externalIds, at]);
  }

  override async countActive(source: string): Promise<number> {
    const [row] = await this.db.query<{ n: number }>(`select count(*)::integer as n from scraper.known_listings where source = $1 and status in ('active', 'reserved')`, [source]);
    return row?.n ?? 0;
  }

  override missing(tx: Tx, source: string, seenBefore: Date, limit: number): Promise<{ readonly externalId: string; readonly url: string | null }[]> {
    return tx.query(
      `update scraper.known_listings set missing = missing + 1
       where (source, external_id) in (
         select source, external_id from scraper.known_listings
         where source = $1 and status in ('active', 'reserved') and last_seen_at < $2 order by external_id limit $3 for update)
       returning external_id as "externalId", url`,
      [source, seenBefore, limit],
    );
  }
}

@Injectable()
export class SqlPageMemory extends PageMemory {
  constructor(@Inject(databaseOf('scraper')) private readonly db: Database) {
    super();
  }

  override async find(source: string, requestKey: string): Promise<Validators | null> {
    const [row] = await this.db.query<Validators>('select etag, last_modified as "lastModified" from scraper.pages where source = $1 and request_key = $2', [source, requestKey]);
    return row ?? null;
  }

  override async remember(tx: Tx, source: string, pages: readonly { readonly requestKey: string; readonly validators: Validators }[], at: Date): Promise<void> {
    if (pages.length === 0) return;
    const named = pages.filter(({ validators }) => validators.etag !== null || validators.lastModified !== null);
    const bare = pages.filter((page) => !named.includes(page)).map(({ requestKey }) => requestKey);
    if (bare.length > 0) await tx.query('delete from scraper.pages where source = $1 and request_key = any($2)', [source, bare]);
    if (named.length === 0) return;
    const sorted = [...new Map(named.map((page) => [page.requestKey, page])).values()].sort((a, b) => (a.requestKey < b.requestKey ? -1 : 1));
    await tx.query(
      `insert into scraper.pages (source, request_key, etag, last_modified, fetched_at)
       select $1, r.key, r.etag, r.modified, $5 from unnest($2::text[], $3::text[], $4::text[]) as r(key, etag, modified)
       on conflict (source, request_key) do update set etag = excluded.etag, last_modified = excluded.last_modified, fetched_at = excluded.fetched_at`,
      [source, sorted.map(({ requestKey }) => requestKey), sorted.map(({ validators }) => validators.etag), sorted.map(({ validators }) => validators.lastModified), at],
    );
  }
}
