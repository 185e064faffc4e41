import { Cache, connectImpatiently, RedisLevelTwo } from '../../cache';
import { databaseConfig } from '../../database';
import { logger, metrics } from '../../telemetry';
import { enginesConfig, redisCa } from '../config';
import type { Settings } from '../settings';

const log = logger('app.cache');

/** In this process alone, or with Redis behind it for all of them. */
export function openCache(settings: Settings): Cache {
  const engines = settings.get(enginesConfig);
  const { replicaUrl, replicaMaxLagMs } = settings.get(databaseConfig);
  const options = { settleMs: replicaUrl === undefined ? 0 : replicaMaxLagMs };
  if (engines.redisCacheUrl === undefined) return new Cache(undefined, options);
  const levelTwo = new RedisLevelTwo(connectImpatiently(engines.redisCacheUrl, 'cache', undefined, redisCa(engines)), {
    onChange: (state, error) => {
      if (state === 'up') log.info('the shared cache answers');
      else log.warn({ err: error }, 'the shared cache is away; each process caches for itself');
    },
  });
  return new Cache(levelTwo, options);
}

/** Hit rates on /metrics. */
export function watchCache(cache: Cache): void {
  metrics.gauge({
    name: 'cache_lookups',
    help: 'Look-ups in a cache region since the start, by where the answer came from',
    labels: ['region', 'answer'],
    collect: (gauge) => {
      for (const region of cache.stats().regions) {
        gauge.set(region.hits, { region: region.name, answer: 'memory' });
        gauge.set(region.sharedHits, { region: region.name, answer: 'shared' });
        gauge.set(region.misses, { region: region.name, answer: 'miss' });
      }
    },
  });
  metrics.gauge({
    name: 'cache_entries',
    help: 'Entries of a cache region in this process',
    labels: ['region'],
    collect: (gauge) => {
      for (const region of cache.stats().regions) gauge.set(region.entries, { region: region.name });
    },
  });
}
