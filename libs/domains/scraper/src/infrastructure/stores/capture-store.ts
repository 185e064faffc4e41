import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf, MasterKeys, type Tx } from '@autobroker/platform/database';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { scraperConfig, type ScraperConfig } from '../../application/config';
import { type CaptureRow, Captures } from '../../application/ports';
import type { FetchedPage } from '../../application/source-plugin';

const zip = promisify(gzip);
const unzip = promisify(gunzip);
const dayMs = 86_400_000;
/** All keys of captures begin with this. */
const prefix = 'captures/';
const largest = 64 * 1024 * 1024;
/** So many nights may be missed. */
const strayDays = 7;

const columns = `id, run_id as "runId", source, request_key as "requestKey", kind, url, external_id as "externalId", status, content_type as "contentType",
  bytes, sha256, object_key as "objectKey", key_id as "keyId", fetched_at as "fetchedAt", expires_at as "expiresAt"`;

@Injectable()
export class StoredCaptures extends Captures {
  private readonly keys: MasterKeys;

  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    @Inject(objectStore) private readonly objects: ObjectStore,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {
    super();
    this.keys = new MasterKeys(config.captureKeys);
  }

  override async keep(page: FetchedPage, about: Pick<CaptureRow, 'runId' | 'source' | 'requestKey' | 'kind' | 'externalId'>): Promise<CaptureRow> {
    const now = this.db.clock.now();
    const id = uuidv7(now);
    // Pages of sellers hold names and telephone numbers: they lie encrypted, each bound to its own id.
    const { keyId, wrapped } = this.keys.wrap(await zip(page.body), id);
    const objectKey = `${prefix}${about.source}/${now.toISOString().slice(0, 10)}/${id}.bin`;
    await this.objects.put(objectKey, wrapped, { contentType: 'application/octet-stream' });
    return {
      ...about,
      id,
      url: page.url,
      status: page.status,
      contentType: page.contentType,
      bytes: page.body.length,
      sha256: createHash('sha256').update(page.body).digest('hex'),
      objectKey,
      keyId,
      fetchedAt: now,
      expiresAt: new Date(now.getTime() + this.config.captureDays * dayMs),
    };
  }

  override async record(tx: Tx, rows: readonly CaptureRow[]): Promise<void> {
    if (rows.length === 0) return;
    const of = <T>(value: (row: CaptureRow) => T): T[] => rows.map((row) => value(row));
    await tx.query(
      `insert into scraper.captures (id, run_id, source, request_key, kind, url, external_id, status, content_type, bytes, sha256, object_key, key_id, fetched_at, expires_at)
       select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::integer[], $9::text[], $10::integer[], $11::text[], $12::text[], $13::text[], $14::timestamptz[], $15::timestamptz[])`,
      [
        of(({ id }) => id),
        of(({ runId }) => runId),
        of(({ source }) => source),
        of((row) => row.requestKey),
        of(({ kind }) => kind),
        of(({ url }) => url),
        of(({ externalId }) => externalId),
        of(({ status }) => status),
        of(({ contentType }) => contentType),
        of(({ bytes }) => bytes),
        of(({ sha256 }) => sha256),
        of(({ objectKey }) => objectKey),
        of(({ keyId }) => keyId),
        of(({ fetchedAt }) => fetchedAt),
        of(({ expiresAt }) => expiresAt),
      ],
    );
  }

  override async find(id: string): Promise<CaptureRow | null> {
    const [row] = await this.db.query<CaptureRow>(`select ${columns} from scraper.captures where id = $1`, [id]);
    return row ?? null;
  }

  override async findByRequest(runId: string, requestKey: string): Promise<CaptureRow | null> {
    const [row] = await this.db.query<CaptureRow>(
      `select ${columns} from scraper.captures where run_id = $1 and request_key = $2 order by fetched_at desc limit 1`,
      [runId, requestKey],
    );
    return row ?? null;
  }

  override async read(row: CaptureRow): Promise<FetchedPage | null> {
    const object = await this.objects.get(row.objectKey);
    if (object === null) return null;
    const sealed = await buffer(object.stream);
    const body = await unzip(this.keys.unwrap(row.keyId, sealed, row.id), { maxOutputLength: largest });
    return { url: row.url, status: row.status, contentType: row.contentType, body };
  }

  override async removeExpired(now: Date, limit: number): Promise<number> {
    const rows = await this.db.query<{ id: string; object_key: string }>('select id, object_key from scraper.captures where expires_at <= $1 order by expires_at limit $2', [now, limit]);
    for (const row of rows) await this.objects.delete(row.object_key);
    await this.db.query('delete from scraper.captures where id = any($1)', [rows.map(({ id }) => id)]);
    return rows.length;
  }

  override async removeStray(source: string, now: Date): Promise<number> {
    let removed = 0;
    for (let back = 1; back <= strayDays; back += 1) {
      const day = new Date(now.getTime() - (this.config.captureDays + back) * dayMs).toISOString().slice(0, 10);
      // Of days whose captures have been removed only strays are left.
      const stray = new Map<string, string>();
      for await (const { key } of this.objects.list(`${prefix}${source}/${day}/`)) stray.set(/([^/]+)\.bin$/u.exec(key)?.[1] ?? key, key);
      const rows = await this.db.query<{ id: string }>('select id from scraper.captures where id::text = any($1)', [[...stray.keys()]]);
      for (const { id } of rows) stray.delete(id);
      for (const key of stray.values()) await this.objects.delete(key);
      removed += stray.size;
    }
    return removed;
  }
}
