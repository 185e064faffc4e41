export { Cache, type CacheOptions, type CacheStats } from './cache';
export { Region, etagOfBody } from './region';
export {
  hotTtlMs,
  invalidatedBy,
  type CacheEntry,
  type InvalidationRule,
  type Loaded,
  type RegionOptions,
  type RegionStats,
} from './types';
export type { LevelTwo, LevelTwoState } from './level-two';
export { RedisLevelTwo } from './redis-level-two';
export { connectImpatiently, redisTls } from './redis-connection';
