import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { vehicleDelisted, vehicleListed, vehiclePriceChanged, vehicleUpdated, type EventDef, type EventEnvelope } from '@autobroker/contracts';
import { Cache, type CacheEntry, type Region } from '@autobroker/platform/cache';
import { z } from 'zod';
import type { ListQuery, Position, Total } from './criteria';
import { CacheNotice } from './ports';
import { VehicleReader, type OneShape } from './reader';

export interface CachedPage extends Total {
  /** Encoded once: a page is long, and goes out many times. */
  readonly json: Buffer;
  readonly etag: string;
  readonly nextCursor: string | null;
}

const totalSchema = z.tuple([z.int(), z.boolean()]);
/** What a cached page needs besides its JSON; kept in front of it, in one text. */
const headSchema = z.tuple([z.int(), z.boolean(), z.string().nullable()]);
type Head = z.infer<typeof headSchema>;

const events = [vehicleListed, vehicleUpdated, vehiclePriceChanged, vehicleDelisted];
const minute = 60_000;

/** Everybody's lists show the shared catalogue; a private car is on its own tenant's alone. */
const audience = (ownerTenantId: string | null): readonly string[] | 'all' => (ownerTenantId === null ? 'all' : [ownerTenantId]);

const invalidation = (keys: (event: EventEnvelope) => readonly string[] | 'all') =>
  events.map((event: EventDef) => ({ event, keys }));

const etagOf = (version: number, shape: string, embedded: string): string =>
  `"${version}-${hash('sha1', shape + embedded, 'base64url').slice(0, 10)}"`;

function totalOf(text: string): Total {
  const [total, capped] = totalSchema.parse(JSON.parse(text));
  return { total, capped };
}

/** A text in front of a JSON array, put together in bytes: as one text it would be copied three times on its way there. */
function pageBytes(head: string, entries: readonly string[]): Buffer {
  const separators = entries.length === 0 ? 2 : entries.length + 1;
  const bytes = Buffer.allocUnsafeSlow(entries.reduce((sum, entry) => sum + Buffer.byteLength(entry), Buffer.byteLength(head) + separators));
  let at = bytes.write(head);
  at += bytes.write('[', at, 'latin1');
  for (const [index, entry] of entries.entries()) {
    if (index > 0) at += bytes.write(',', at, 'latin1');
    at += bytes.write(entry, at);
  }
  bytes.write(']', at, 'latin1');
  return bytes;
}

/** `head` where it is known already. */
function pageOf(entry: CacheEntry, head?: Head): CachedPage {
  const { etag } = entry;
  const bytes = entry.bytes ?? Buffer.from(entry.body);
  const cut = bytes.indexOf('\n');
  const [total, capped, nextCursor] = head ?? headSchema.parse(JSON.parse(bytes.toString('utf8', 0, cut)));
  return { total, capped, nextCursor, json: bytes.subarray(cut + 1), etag };
}

const viewer = (tenantId: string | null): string => tenantId ?? 'nobody';

/**
 * The hot reads: finished JSON from the cache, from the database on a miss. Keys carry who may see the answer, so that a
 * tenant's private stock can't be served to another.
 */
@Injectable()
export class Catalogue extends CacheNotice {
  private readonly vehicles: Region;
  private readonly lists: Region;
  private readonly totals: Region;
  /** For the request's query as it was read (the same object whenever the same is asked), by viewer: the key of its page. */
  private readonly keys = new WeakMap<object, Map<string, string>>();
  private readonly pages = new WeakMap<CacheEntry, CachedPage>();

  constructor(
    @Inject(Cache) cache: Cache,
    private readonly reader: VehicleReader,
  ) {
    super();
    this.vehicles = cache.region({
      name: 'vehicle.by-id',
      max: 40_000,
      maxBytes: 96 * 1024 * 1024,
      invalidateOn: invalidation((event) => [event.key]),
    });
    const ofLists = invalidation((event) => audience(event.tenant_id));
    this.lists = cache.region({ name: 'vehicle.list', ttlMs: minute, max: 2_000, admit: 'again', invalidateOn: ofLists });
    this.totals = cache.region({ name: 'vehicle.total', ttlMs: minute, max: 5_000, invalidateOn: ofLists });
  }

  /** The answer when it is at hand, without waiting: for the hottest route. */
  peek(id: string, shape: string, tenantId: string | null): CacheEntry | undefined {
    return this.vehicles.peekEntry(`${id}#${viewer(tenantId)}|${shape}`);
  }

  /** `shape` stands for `of` in the key and in the ETag. */
  one(id: string, shape: string, of: OneShape, tenantId: string | null): Promise<CacheEntry | null> {
    return this.vehicles.find(`${id}#${viewer(tenantId)}|${shape}`, async () => {
      const found = await this.reader.one(id, of, tenantId);
      if (found === null) return null;
      // What is embedded changes without the vehicle's version.
      return { body: found.json, etag: etagOf(found.version, shape, of.include.length === 0 ? '' : found.json) };
    });
  }

  /** The whole vehicle past the cache and past the replica, for who has just changed it. */
  async fresh(id: string, tenantId: string | null): Promise<{ json: string; etag: string }> {
    const found = await this.reader.fresh(id, tenantId);
    if (found === null) throw new Error(`vehicle ${id} was changed and is gone`);
    return { json: found.json, etag: etagOf(found.version, '', '') };
  }

  /** The page when it is at hand, without working out again what `asked` means. */
  peekPage(asked: object, tenantId: string | null): CachedPage | undefined {
    const key = this.keys.get(asked)?.get(viewer(tenantId));
    const entry = key === undefined ? undefined : this.lists.peekEntry(key);
    return entry === undefined ? undefined : this.keptPageOf(entry);
  }

  /** `seal` makes the cursor of the next page; it is kept with the page. `asked` is what `peekPage` will be given. */
  async list(query: ListQuery, tenantId: string | null, seal: (next: Position) => string, asked: object): Promise<CachedPage> {
    const who = viewer(tenantId);
    const key = `${who}#${JSON.stringify(query)}`;
    let made: Head | undefined;
    const entry = await this.lists.getOrLoadEntry(key, async () => {
      const { head, entries } = await this.loadPage(query, tenantId, seal);
      made = head;
      return { bytes: pageBytes(`${JSON.stringify(head)}\n`, entries) };
    });
    // Most pages are asked for once: only of one that was there already is anything kept beside the page itself.
    if (made !== undefined) return pageOf(entry, made);
    const keys = this.keys.get(asked) ?? new Map<string, string>();
    this.keys.set(asked, keys.set(who, key));
    return this.keptPageOf(entry);
  }

  override changed(vehicles: readonly { readonly id: string; readonly ownerTenantId: string | null }[]): void {
    void this.vehicles.deleteMany(vehicles.map(({ id }) => id));
    const tenants = new Set(vehicles.map(({ ownerTenantId }) => ownerTenantId));
    for (const region of [this.lists, this.totals]) {
      if (tenants.has(null)) void region.clear();
      else void region.deleteMany([...tenants].filter((tenant) => tenant !== null));
    }
  }

  /** Everything of this installation's catalogue, in every process that shares the cache. */
  forgetAll(): void {
    for (const region of [this.vehicles, this.lists, this.totals]) void region.clear();
  }

  private async loadPage(query: ListQuery, tenantId: string | null, seal: (next: Position) => string): Promise<{ readonly head: Head; readonly entries: readonly string[] }> {
    // That there are more than are counted is the same on every page and in every order; what was counted is counted with each page.
    const totalKey = `${viewer(tenantId)}#${JSON.stringify(query.criteria)}`;
    const counted = this.totals.peek(totalKey);
    const known = counted === undefined ? null : totalOf(counted);
    const { total, capped, next, entries } = await this.reader.list(query, tenantId, known);
    if (capped && counted === undefined) await this.totals.getOrLoad(totalKey, () => Promise.resolve(JSON.stringify([total, capped])));
    return { head: [total, capped, next === null ? null : seal(next)], entries };
  }

  private keptPageOf(entry: CacheEntry): CachedPage {
    const known = this.pages.get(entry);
    if (known !== undefined) return known;
    const page = pageOf(entry);
    this.pages.set(entry, page);
    return page;
  }
}
