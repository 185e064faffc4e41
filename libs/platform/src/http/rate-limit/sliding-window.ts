import type { Quota } from './policies';

/** What one request found: whether it may pass, and what the headers say. */
export interface Decision {
  readonly allowed: boolean;
  readonly quota: Quota;
  readonly remaining: number;
  /** Seconds until the count has fallen noticeably. */
  readonly resetS: number;
}

/** Two neighbouring buckets: the older one counts by the part of it that the sliding window still covers. */
export class Entry {
  bucket = 0;
  current = 0;
  previous = 0;
  /** Counted here and not yet told to the shared store. */
  pending = 0;

  roll(bucket: number): void {
    if (bucket === this.bucket) return;
    this.previous = bucket === this.bucket + 1 ? this.current : 0;
    this.current = 0;
    this.pending = 0;
    this.bucket = bucket;
  }
}

const maxEntries = 200_000;

/** Counters of one quota, by caller. Synchronous: this runs for every request. */
export class SlidingWindow {
  readonly entries = new Map<string, Entry>();
  private sweptBucket = 0;

  constructor(readonly quota: Quota) {}

  hit(key: string, nowMs: number): Decision {
    const { windowMs, limit } = this.quota;
    const bucket = Math.floor(nowMs / windowMs);
    const entry = this.entryOf(key, bucket);
    const into = (nowMs - bucket * windowMs) / windowMs;
    const used = entry.previous * (1 - into) + entry.current;
    const allowed = used + 1 <= limit;
    if (allowed) {
      entry.current += 1;
      entry.pending += 1;
    }
    const remaining = allowed ? Math.floor(limit - used - 1) : 0;
    return {
      allowed,
      quota: this.quota,
      remaining,
      resetS: allowed ? secondsLeft(nowMs, windowMs) : this.waitS(entry, nowMs),
    };
  }

  entryOf(key: string, bucket: number): Entry {
    let entry = this.entries.get(key);
    if (entry === undefined) {
      if (bucket !== this.sweptBucket || this.entries.size >= maxEntries) this.sweep(bucket);
      entry = new Entry();
      entry.bucket = bucket;
      this.entries.set(key, entry);
    } else {
      entry.roll(bucket);
    }
    return entry;
  }

  /** When one more will fit: as the older bucket slides out, or when this one becomes the older. */
  private waitS(entry: Entry, nowMs: number): number {
    const { windowMs, limit } = this.quota;
    const left = secondsLeft(nowMs, windowMs);
    if (entry.current >= limit) {
      const share = 1 - (limit - 1) / entry.current;
      return left + Math.max(0, Math.ceil((share * windowMs) / 1_000));
    }
    const freeAt = 1 - (limit - 1 - entry.current) / Math.max(1, entry.previous);
    const into = (nowMs % windowMs) / windowMs;
    return Math.max(1, Math.min(left, Math.ceil(((freeAt - into) * windowMs) / 1_000)));
  }

  private sweep(bucket: number): void {
    this.sweptBucket = bucket;
    for (const [key, entry] of this.entries) if (entry.bucket < bucket - 1) this.entries.delete(key);
    // A flood of addresses must not fill the memory: the longest-known counters go first.
    for (const key of this.entries.keys()) {
      if (this.entries.size < maxEntries) break;
      this.entries.delete(key);
    }
  }
}

const secondsLeft = (nowMs: number, windowMs: number): number =>
  Math.max(1, Math.ceil((windowMs - (nowMs % windowMs)) / 1_000));
