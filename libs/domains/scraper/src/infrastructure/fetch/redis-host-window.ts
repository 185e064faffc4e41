import type { OnApplicationShutdown } from '@nestjs/common';
import { logger } from '@autobroker/platform/telemetry';
import { longestBookingMs, windowMs } from '../../domain/window';
import { HostWindows, type SlotAnswer, type SlotRequest, windowKey } from './host-window';

const log = logger('scraper.windows');

/** The part of ioredis that this needs. */
export interface WindowRedis {
  readonly status: string;
  eval(script: string, keyCount: number, ...values: (string | number)[]): Promise<unknown>;
  disconnect(): void;
}

/** `takeSlot` of the domain, where the window is: nobody comes between the look and the booking. The time is the server's. */
const takeScript = `
local time = redis.call('time')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local limit, delay, size, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local kept = redis.call('hmget', KEYS[1], 'bucket', 'current', 'previous', 'free')
local before, current, previous, free = tonumber(kept[1] or '0'), tonumber(kept[2] or '0'), tonumber(kept[3] or '0'), tonumber(kept[4] or '0')
local at = math.max(now, free)
if at - now > longest then return {0, math.min(longest, at - now - longest + 1)} end
local bucket = math.floor(at / size)
if bucket == before + 1 then
  previous = current
elseif bucket ~= before then
  previous = 0
end
if bucket ~= before then current = 0 end
local used = previous * (1 - (at % size) / size) + current
if used + 1 > limit then
  local next = (bucket + 1) * size - now
  local slides = next
  if current + 1 <= limit and previous > 0 then slides = math.ceil(((used + 1 - limit) / previous) * size) end
  return {0, math.max(50, math.min(longest, slides, next))}
end
redis.call('hset', KEYS[1], 'bucket', bucket, 'current', current + 1, 'previous', previous, 'free', at + delay)
redis.call('pexpire', KEYS[1], size * 3 + (at - now) + delay)
return {1, at - now}`;

const holdScript = `
local time = redis.call('time')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local free = math.max(tonumber(redis.call('hget', KEYS[1], 'free') or '0'), now + tonumber(ARGV[1]))
redis.call('hset', KEYS[1], 'free', free)
redis.call('pexpire', KEYS[1], free - now + tonumber(ARGV[2]) * 3)
return 1`;

/** Kept in Redis, for many workers at many hosts; while it is away the database has the say. */
export class RedisHostWindows extends HostWindows implements OnApplicationShutdown {
  constructor(
    private readonly redis: WindowRedis,
    private readonly fallback: HostWindows,
  ) {
    super();
  }

  override async take(source: string, ask: SlotRequest): Promise<SlotAnswer> {
    const answer = await this.ask(takeScript, source, ask.perMinute, ask.delayMs, windowMs, longestBookingMs);
    const [booked, waitMs] = Array.isArray(answer) ? answer.map(Number) : [];
    return booked === undefined || waitMs === undefined ? this.fallback.take(source, ask) : { booked: booked === 1, waitMs };
  }

  override async holdOff(source: string, forMs: number): Promise<void> {
    // In both: it must hold whoever is asked next.
    await Promise.all([this.ask(holdScript, source, Math.ceil(forMs), windowMs), this.fallback.holdOff(source, forMs)]);
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }

  private async ask(script: string, source: string, ...values: number[]): Promise<unknown> {
    if (this.redis.status !== 'ready') return null;
    try {
      return await this.redis.eval(script, 1, windowKey(source), ...values);
    } catch (error) {
      log.debug({ err: error, source }, 'Redis is away; the database keeps the windows');
      return null;
    }
  }
}
