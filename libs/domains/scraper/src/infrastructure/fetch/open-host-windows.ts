import type { EngineSettings } from '@autobroker/platform/app';
import { redisCa } from '@autobroker/platform/app';
import { connectImpatiently } from '@autobroker/platform/cache';
import type { Database } from '@autobroker/platform/database';
import { logger } from '@autobroker/platform/telemetry';
import { type HostWindows, SqlHostWindows } from './host-window';
import { RedisHostWindows } from './redis-host-window';

/** Where the windows of hosts are kept: in Redis when the installation has one, else in the database. */
export function openHostWindows(db: Database, engines: EngineSettings): HostWindows {
  const own = new SqlHostWindows(db);
  if (engines.redisCacheUrl === undefined) return own;
  const redis = connectImpatiently(engines.redisCacheUrl, 'scraper-windows', 500, redisCa(engines));
  redis.on('error', (error: Error) => logger('scraper.windows').debug({ err: error }, 'Redis is away'));
  return new RedisHostWindows(redis, own);
}
