import type { SharedCounters } from './limiter';
import type { Quota } from './policies';
import type { Entry, SlidingWindow } from './sliding-window';

/** The part of ioredis that this needs. */
export interface RedisPort {
  readonly status: string;
  eval(script: string, keyCount: number, ...values: (string | number)[]): Promise<unknown>;
}

// Two buckets per caller; the older one counts by the part of it that the window still covers.
const hitScript = `
local current = tonumber(redis.call('get', KEYS[1]) or '0')
local previous = tonumber(redis.call('get', KEYS[2]) or '0')
local used = previous * tonumber(ARGV[1]) + current
if used + 1 > tonumber(ARGV[2]) then return {0, tostring(used)} end
redis.call('incr', KEYS[1])
redis.call('pexpire', KEYS[1], ARGV[3])
return {1, tostring(used + 1)}`;

// Adds what was counted elsewhere meanwhile and tells the totals, many callers at once.
const settleScript = `
local totals = {}
for i = 1, #KEYS, 2 do
  local added = tonumber(ARGV[(i + 1) / 2 + 1])
  local total
  if added > 0 then
    total = redis.call('incrby', KEYS[i], added)
    redis.call('pexpire', KEYS[i], ARGV[1])
  else
    total = redis.call('get', KEYS[i]) or '0'
  end
  totals[#totals + 1] = tonumber(total)
  totals[#totals + 1] = tonumber(redis.call('get', KEYS[i + 1]) or '0')
end
return totals`;

const batch = 500;

const asNumbers = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : []);

/**
 * Counters in Redis. High limits are counted in process and settled a few times a second, so that no request waits for
 * it; low ones, which guard against guessing, are asked first. Redis away or slow means that this process's own count
 * holds.
 */
export class RedisCounters implements SharedCounters {
  constructor(
    private readonly redis: RedisPort,
    private readonly options: { readonly prefix?: string; readonly patienceMs?: number } = {},
  ) {}

  async hit(quota: Quota, key: string, nowMs: number): Promise<{ allowed: boolean; used: number } | null> {
    if (this.redis.status !== 'ready') return null;
    const bucket = Math.floor(nowMs / quota.windowMs);
    const covered = 1 - (nowMs % quota.windowMs) / quota.windowMs;
    const keys = [this.key(quota, key, bucket), this.key(quota, key, bucket - 1)];
    const asked = this.redis.eval(hitScript, 2, ...keys, covered, quota.limit, quota.windowMs * 2);
    const answer = asNumbers(await this.inTime(asked));
    const [allowed, used] = answer;
    return allowed === undefined || used === undefined ? null : { allowed: allowed === 1, used };
  }

  async settle(windows: readonly SlidingWindow[], nowMs: number): Promise<void> {
    if (this.redis.status !== 'ready') return;
    for (const { quota, entries } of windows) {
      const bucket = Math.floor(nowMs / quota.windowMs);
      const busy = [...entries].filter(([, entry]) => entry.pending > 0 && entry.bucket === bucket);
      for (let i = 0; i < busy.length; i += batch) await this.settleSome(quota, bucket, busy.slice(i, i + batch));
    }
  }

  private async settleSome(quota: Quota, bucket: number, some: readonly (readonly [string, Entry])[]): Promise<void> {
    const keys = some.flatMap(([key]) => [this.key(quota, key, bucket), this.key(quota, key, bucket - 1)]);
    const told = some.map(([, entry]) => entry.pending);
    const totals = asNumbers(await this.redis.eval(settleScript, keys.length, ...keys, quota.windowMs * 2, ...told));
    some.forEach(([, entry], i) => {
      const total = totals[i * 2];
      if (entry.bucket !== bucket || total === undefined) return;
      entry.pending -= told[i] ?? 0;
      // What was counted here while Redis answered is not in its total yet.
      entry.current = Math.max(entry.current, total + entry.pending);
      entry.previous = Math.max(entry.previous, totals[i * 2 + 1] ?? 0);
    });
  }

  // The braces keep both buckets of a caller in one slot of a cluster.
  private key(quota: Quota, key: string, bucket: number): string {
    return `${this.options.prefix ?? 'ratelimit'}:{${quota.policy}:${key}}:${bucket}`;
  }

  private async inTime(asked: Promise<unknown>): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), this.options.patienceMs ?? 10);
    });
    try {
      return await Promise.race([asked.catch(() => null), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
