import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Seen } from '@autobroker/kernel';
import { LRUCache } from 'lru-cache';
import type { LevelTwo, Remembered } from './level-two';
import { hotTtlMs, type CacheEntry, type Loaded, type RegionOptions, type RegionStats, subjectOf } from './types';

/** One load that everybody who wants the key meanwhile waits for. */
interface Flight {
  /** Set by an invalidation: the load may have read what is no longer so, and must not be kept. */
  outrun: boolean;
  /**
   * Let go of when it has ended: a map that is written all the time leaves its former tables behind, each holds the next one,
   * and of one that has grown old the young collections keep all that its flights had brought.
   */
  promise: Promise<Remembered> | null;
}

/** Kept per entry besides the text itself: key, index and bookkeeping. */
const overheadBytes = 300;
const absent = Symbol('absent');
type Slot = CacheEntry | typeof absent;

/** How often, and after which pauses, a process looks again whether another one has loaded the key. */
const busyPausesMs = [5, 10, 20, 40];

/** Spreads expiry, so that entries that were loaded together are not all reloaded together. */
const spread = (ttlMs: number): number => Math.max(1, Math.round(ttlMs * (0.9 + Math.random() * 0.1)));

export const etagOfBody = (body: string | Buffer): string => `"${hash('sha1', body, 'base64url')}"`;

/**
 * The garbage collector moves a text several times before it believes that it stays; bytes it leaves where they are. What
 * is long is encoded once, for its hash, for whoever sends it, and for keeping.
 */
const longBody = 4_096;

class LongEntry implements CacheEntry {
  readonly etag: string;

  constructor(
    readonly bytes: Buffer,
    etag: string | undefined,
  ) {
    this.etag = etag ?? etagOfBody(bytes);
  }

  get body(): string {
    return this.bytes.toString();
  }
}

const entryOf = (loaded: Loaded): CacheEntry => {
  if (typeof loaded === 'object' && !('body' in loaded)) return new LongEntry(loaded.bytes, loaded.etag);
  const { body, etag }: { readonly body: string; readonly etag?: string } = typeof loaded === 'string' ? { body: loaded } : loaded;
  return body.length < longBody ? { body, etag: etag ?? etagOfBody(body) } : new LongEntry(Buffer.from(body), etag);
};

const sizeOf = (slot: Slot, key: string): number =>
  overheadBytes + key.length + (slot === absent ? 0 : bytesOf(slot) + slot.etag.length);

const bytesOf = (entry: CacheEntry): number => entry.bytes?.length ?? Buffer.byteLength(entry.body);

export class Region {
  readonly name: string;
  private readonly ttlMs: number;
  private readonly negativeTtlMs: number;
  private readonly entries: LRUCache<string, Slot>;
  /** subject → its keys, so that a subject can be forgotten with all its variants. */
  private readonly variants = new Map<string, Set<string>>();
  /** What was asked for while there was no room. */
  private readonly seen: Seen | undefined;
  /** Subjects that were forgotten a moment ago. */
  private readonly unsettled: LRUCache<string, true> | undefined;
  private clearedAt = Number.NEGATIVE_INFINITY;
  private readonly flights = new Map<string, Flight>();
  private readonly count = { hits: 0, sharedHits: 0, misses: 0, outrun: 0, failures: 0 };

  constructor(
    readonly options: RegionOptions,
    private readonly shared: LevelTwo | undefined,
    /** How far what loaders read from may lag behind an invalidation (a read replica): so long what they give is distrusted. */
    private readonly settleMs = 0,
  ) {
    this.name = options.name;
    this.ttlMs = options.ttlMs ?? hotTtlMs;
    this.negativeTtlMs = options.negativeTtlMs ?? 0;
    this.unsettled = settleMs > 0 ? new LRUCache<string, true>({ max: 10_000, ttl: settleMs }) : undefined;
    const [max, maxSize] = [options.max ?? 10_000, options.maxBytes ?? 32 * 1024 * 1024];
    this.seen = options.admit === 'again' ? new Seen(max) : undefined;
    this.entries = new LRUCache<string, Slot>({
      max,
      maxSize,
      sizeCalculation: sizeOf,
      ttl: this.ttlMs,
      dispose: (_slot, key, reason) => {
        if (reason !== 'set') this.unlink(key);
      },
    });
  }

  /** The answer when this process has it at hand; never waits. */
  peek(key: string): string | undefined {
    return this.peekEntry(key)?.body;
  }

  peekEntry(key: string): CacheEntry | undefined {
    const slot = this.entries.get(key);
    if (slot === undefined || slot === absent) return undefined;
    this.count.hits += 1;
    return slot;
  }

  async getOrLoad(key: string, load: () => Promise<Loaded>): Promise<string> {
    return (await this.getOrLoadEntry(key, load)).body;
  }

  async getOrLoadEntry(key: string, load: () => Promise<Loaded>): Promise<CacheEntry> {
    const found = await this.find(key, load);
    // The remembered absence was put there by a caller that uses the same key with `find`.
    return found ?? entryOf(await load());
  }

  /** As getOrLoadEntry, for things that may not exist: `null` is remembered for `negativeTtlMs`. */
  async find(key: string, load: () => Promise<Loaded | null>): Promise<CacheEntry | null> {
    const slot = this.entries.get(key);
    if (slot !== undefined) {
      this.count.hits += 1;
      return slot === absent ? null : slot;
    }
    return this.flights.get(key)?.promise ?? this.takeOff(key, load);
  }

  /** Forgets one key, or all variants of a subject, here and in the shared cache; loads under way are not kept. */
  delete(key: string): Promise<void> {
    return this.deleteMany([key]);
  }

  deleteMany(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.forget(key);
    return this.shared?.invalidate(this.name, keys) ?? Promise.resolve();
  }

  clear(): Promise<void> {
    this.clearLocal();
    return this.shared?.clear(this.name) ?? Promise.resolve();
  }

  stats(): RegionStats {
    const { hits, sharedHits, misses } = this.count;
    const asked = hits + sharedHits + misses;
    return {
      name: this.name,
      entries: this.entries.size,
      bytes: this.entries.calculatedSize,
      ...this.count,
      hitRate: asked === 0 ? null : (hits + sharedHits) / asked,
    };
  }

  private clearLocal(): void {
    this.clearedAt = performance.now();
    for (const flight of this.flights.values()) flight.outrun = true;
    this.flights.clear();
    this.entries.clear();
    this.variants.clear();
  }

  private forget(key: string): void {
    this.unsettled?.set(subjectOf(key), true);
    if (key.includes('#')) {
      this.entries.delete(key);
      this.abandon(key);
      return;
    }
    for (const variant of [...(this.variants.get(key) ?? [])]) this.entries.delete(variant);
    for (const flying of [...this.flights.keys()]) if (subjectOf(flying) === key) this.abandon(flying);
  }

  private abandon(key: string): void {
    const flight = this.flights.get(key);
    if (flight === undefined) return;
    flight.outrun = true;
    this.flights.delete(key); // who asks from now on gets a load of their own
  }

  private takeOff(key: string, load: () => Promise<Loaded | null>): Promise<Remembered> {
    const flight: Flight = { outrun: false, promise: null };
    const promise = Promise.resolve().then(() => this.fly(key, () => flight.outrun, load));
    flight.promise = promise;
    this.flights.set(key, flight);
    const land = (): void => {
      flight.promise = null;
      if (this.flights.get(key) === flight) this.flights.delete(key);
    };
    promise.then(land, land);
    return promise;
  }

  private async fly(key: string, outrun: () => boolean, load: () => Promise<Loaded | null>): Promise<Remembered> {
    const acquired = await this.askShared(key);
    if (acquired.kind === 'hit') {
      this.count.sharedHits += 1;
      const entry = acquired.entry === null ? null : entryOf(acquired.entry);
      this.keep(key, entry, acquired.ttlMs, outrun());
      return entry;
    }
    this.count.misses += 1;
    const lease = acquired.kind === 'lease' ? acquired.lease : undefined;
    let loaded: Loaded | null;
    try {
      loaded = await load();
    } catch (error) {
      this.count.failures += 1;
      if (lease !== undefined) void this.shared?.release(this.name, key, lease);
      throw error;
    }
    const entry = loaded === null ? null : entryOf(loaded);
    const ttlMs = this.trusted(key, entry === null ? this.negativeTtlMs : spread(this.ttlMs));
    this.keep(key, entry, ttlMs, outrun());
    if (lease !== undefined) {
      if (ttlMs > 0 && !outrun()) void this.shared?.put(this.name, key, lease, entry, ttlMs);
      else void this.shared?.release(this.name, key, lease);
    }
    return entry;
  }

  /** Right after an invalidation a lagging replica may still give the old: that is kept no longer than the lag may be. */
  private trusted(key: string, ttlMs: number): number {
    if (this.unsettled === undefined) return ttlMs;
    const fresh = performance.now() - this.clearedAt < this.settleMs || this.unsettled.has(subjectOf(key));
    return fresh ? Math.min(ttlMs, this.settleMs) : ttlMs;
  }

  /** Waits a moment for another process that is loading the same key, so that a popular key is not loaded by all at once. */
  private async askShared(key: string): Promise<Awaited<ReturnType<LevelTwo['acquire']>>> {
    if (this.shared === undefined) return { kind: 'away' };
    let acquired = await this.shared.acquire(this.name, key);
    for (const ms of busyPausesMs) {
      if (acquired.kind !== 'busy') break;
      await pause(ms);
      acquired = await this.shared.acquire(this.name, key);
    }
    return acquired;
  }

  private keep(key: string, entry: Remembered, ttlMs: number, outrun: boolean): void {
    if (outrun) {
      this.count.outrun += 1;
      return;
    }
    if (ttlMs <= 0 || !this.admitted(key, entry)) return;
    this.entries.set(key, entry ?? absent, { ttl: Math.min(ttlMs, this.ttlMs) });
    if (!this.entries.has(key)) return this.unlink(key); // larger than the region may become
    const subject = subjectOf(key);
    const keys = this.variants.get(subject);
    if (keys === undefined) this.variants.set(subject, new Set([key]));
    else keys.add(key);
  }

  private admitted(key: string, entry: Remembered): boolean {
    if (this.seen === undefined) return true;
    const { size, max, calculatedSize, maxSize } = this.entries;
    const room = size < max && calculatedSize + sizeOf(entry ?? absent, key) <= maxSize;
    return room || this.entries.has(key) || this.seen.again(key);
  }

  private unlink(key: string): void {
    const subject = subjectOf(key);
    const keys = this.variants.get(subject);
    if (keys === undefined) return;
    keys.delete(key);
    if (keys.size === 0) this.variants.delete(subject);
  }
}
