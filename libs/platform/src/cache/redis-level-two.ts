import { randomUUID } from 'node:crypto';
import type { Redis, Result } from 'ioredis';
import type { Acquired, Lease, LevelTwo, LevelTwoState, Remembered } from './level-two';
import { subjectOf, variantOf } from './types';

/*
 * Keys, for a region r (the braces keep them in one slot of a cluster):
 *   ab:{r}:g      the region's generation, a random token; what was stored under another one is a miss
 *   ab:{r}:v:<s>  hash of a subject: variant → generation, newline, '-' for an absence or ETag, newline, body
 *   ab:{r}:l:<s>  hash of a subject: variant → token of the process that is loading it
 * Who loads must hold the lease when storing. An invalidation deletes leases with values, so that a load that began
 * before it cannot store what it read. Should Redis evict any of these keys, the result is a miss, never a stale answer.
 */
const acquireScript = `
local generation = redis.call('GET', KEYS[1])
if not generation then
  generation = ARGV[1]
  redis.call('SET', KEYS[1], generation)
end
local value = redis.call('HGET', KEYS[2], ARGV[3])
if value and string.sub(value, 1, #generation + 1) == generation .. '\\n' then
  return {1, value, redis.call('PTTL', KEYS[2])}
end
if redis.call('HSETNX', KEYS[3], ARGV[3], ARGV[2]) == 1 then
  if redis.call('PTTL', KEYS[3]) < 0 then redis.call('PEXPIRE', KEYS[3], ARGV[4]) end
  return {2, generation}
end
return {3}`;

const putScript = `
if redis.call('HGET', KEYS[3], ARGV[3]) ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[3], ARGV[3])
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
if redis.call('PTTL', KEYS[2]) < 0 then redis.call('PEXPIRE', KEYS[2], ARGV[5]) end
return 1`;

const releaseScript = `
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end
return 0`;

type Reply = (string | number)[];

declare module 'ioredis' {
  interface RedisCommander<Context> {
    cacheAcquire(g: string, v: string, l: string, fresh: string, token: string, variant: string, leaseMs: number): Result<Reply, Context>;
    cachePut(g: string, v: string, l: string, generation: string, token: string, variant: string, value: string, ttlMs: number): Result<number, Context>;
    cacheRelease(l: string, variant: string, token: string): Result<number, Context>;
  }
}

export interface RedisLevelTwoOptions {
  /** How long one process may keep the others from loading the same key. */
  readonly leaseMs?: number;
  /** How long Redis is left alone after it failed to answer. */
  readonly restMs?: number;
  readonly onChange?: (state: 'up' | 'away', error?: Error) => void;
}

export class RedisLevelTwo implements LevelTwo {
  private up = false;
  private since = new Date().toISOString();
  private latencyMs: number | null = null;
  /** Regions in which something could not be invalidated: their generation changes before anything is believed again. */
  private readonly doubted = new Set<string>();
  private readonly leaseMs: number;
  private readonly restMs: number;
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly redis: Redis,
    private readonly options: RedisLevelTwoOptions = {},
  ) {
    this.leaseMs = options.leaseMs ?? 30_000;
    this.restMs = options.restMs ?? 1_000;
    redis.defineCommand('cacheAcquire', { numberOfKeys: 3, lua: acquireScript });
    redis.defineCommand('cachePut', { numberOfKeys: 3, lua: putScript });
    redis.defineCommand('cacheRelease', { numberOfKeys: 1, lua: releaseScript });
    redis.on('ready', () => void this.comeBack());
    redis.on('close', () => this.goAway());
    redis.on('error', (error: Error) => this.goAway(error));
    if (redis.status === 'ready') void this.comeBack();
  }

  async acquire(region: string, key: string): Promise<Acquired> {
    if (!this.up) return { kind: 'away' };
    const [g, v, l] = keysOf(region, key);
    const token = randomUUID();
    const reply = await this.attempt(() => this.redis.cacheAcquire(g, v, l, randomUUID(), token, variantOf(key), this.leaseMs));
    if (reply === undefined) return { kind: 'away' };
    const [kind, text, ttlMs] = reply;
    if (kind === 1 && typeof text === 'string') return { kind: 'hit', entry: unpack(text), ttlMs: Number(ttlMs) };
    if (kind === 2 && typeof text === 'string') return { kind: 'lease', lease: { token, generation: text } };
    return { kind: 'busy' };
  }

  async put(region: string, key: string, lease: Lease, entry: Remembered, ttlMs: number): Promise<void> {
    if (!this.up) return;
    const [g, v, l] = keysOf(region, key);
    const value = pack(lease.generation, entry);
    await this.attempt(() => this.redis.cachePut(g, v, l, lease.generation, lease.token, variantOf(key), value, Math.ceil(ttlMs)));
  }

  async release(region: string, key: string, lease: Lease): Promise<void> {
    if (!this.up) return;
    await this.attempt(() => this.redis.cacheRelease(keysOf(region, key)[2], variantOf(key), lease.token));
  }

  async invalidate(region: string, keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const done = this.up && (await this.attempt(() => Promise.all(keys.map((key) => this.remove(region, key)))));
    if (!done) this.doubted.add(region);
  }

  async clear(region: string): Promise<void> {
    const done = this.up && (await this.attempt(() => this.redis.set(generationKey(region), randomUUID())));
    if (!done) this.doubted.add(region);
  }

  state(): LevelTwoState {
    return { configured: true, state: this.up ? 'up' : 'away', since: this.since, latencyMs: this.latencyMs };
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    this.redis.disconnect();
    await Promise.resolve();
  }

  private async remove(region: string, key: string): Promise<unknown> {
    const [, v, l] = keysOf(region, key);
    if (!key.includes('#')) return this.redis.del(v, l);
    const variant = variantOf(key);
    return Promise.all([this.redis.hdel(v, variant), this.redis.hdel(l, variant)]);
  }

  /** Runs a command; a failure or a time-out sends the shared cache away instead of reaching the caller. */
  private async attempt<T>(command: () => Promise<T>): Promise<T | undefined> {
    const started = performance.now();
    try {
      const reply = await command();
      this.latencyMs = performance.now() - started;
      return reply;
    } catch (error) {
      this.goAway(error instanceof Error ? error : new Error(String(error)));
      return undefined;
    }
  }

  private goAway(error?: Error): void {
    if (this.up) {
      this.up = false;
      this.since = new Date().toISOString();
      this.options.onChange?.('away', error);
    }
    if (this.closed || this.redis.status !== 'ready' || this.retry !== undefined) return;
    // Still connected, so no 'ready' will call us: try again after a rest.
    this.retry = setTimeout(() => {
      this.retry = undefined;
      void this.comeBack();
    }, this.restMs);
    this.retry.unref();
  }

  /** The doubt is taken back before asking: one that is raised meanwhile stays and is settled in another round. */
  private async renew(region: string): Promise<void> {
    this.doubted.delete(region);
    try {
      await this.redis.set(generationKey(region), randomUUID());
    } catch (error) {
      this.doubted.add(region);
      throw error;
    }
  }

  /** Settles what was missed before the shared cache is believed again. */
  private async comeBack(): Promise<void> {
    if (this.up || this.closed) return;
    try {
      await this.redis.ping();
      for (let region = first(this.doubted); region !== undefined; region = first(this.doubted)) await this.renew(region);
      this.up = true;
      this.since = new Date().toISOString();
      this.options.onChange?.('up');
    } catch (error) {
      this.goAway(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

const first = (regions: ReadonlySet<string>): string | undefined => regions.values().next().value;

const generationKey = (region: string): string => `ab:{${region}}:g`;

const keysOf = (region: string, key: string): [generation: string, values: string, leases: string] => {
  const subject = subjectOf(key);
  return [generationKey(region), `ab:{${region}}:v:${subject}`, `ab:{${region}}:l:${subject}`];
};

const pack = (generation: string, entry: Remembered): string =>
  entry === null ? `${generation}\n-\n` : `${generation}\n${entry.etag}\n${entry.body}`;

const unpack = (value: string): Remembered => {
  const first = value.indexOf('\n');
  const second = value.indexOf('\n', first + 1);
  const etag = value.slice(first + 1, second);
  return etag === '-' ? null : { etag, body: value.slice(second + 1) };
};
