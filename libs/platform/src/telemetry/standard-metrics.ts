import { logger } from './logger';
import { metrics } from './metrics';

/** Metrics that dashboards and alerts know by name, wherever in the platform they are counted. */
export const apiResponseSeconds = metrics.histogram({
  name: 'api_response_seconds',
  help: 'Time to answer a request, by route template and class of status',
  labels: ['method', 'route', 'status'],
});
export const apiRequestsTotal = metrics.counter({
  name: 'api_requests_total',
  help: 'Requests answered, by route template and status',
  labels: ['method', 'route', 'status'],
});
export const searchRequestsTotal = metrics.counter({
  name: 'search_requests_total',
  help: 'Searches of the catalogue and of sources',
  labels: ['kind'],
});
export const activeOpportunities = metrics.gauge({
  name: 'active_opportunities',
  help: 'Opportunities that are open now',
});
export const databaseQuerySeconds = metrics.histogram({
  name: 'database_query_seconds',
  help: 'Time of one database statement, by service and kind',
  labels: ['service', 'kind'],
});

/** What node-postgres tells about its pool. */
export interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

const pools = new Map<string, PoolCounts>();

/** Shows a pool on /metrics; the function given back takes it away again. */
export function watchPool(name: string, pool: PoolCounts): () => void {
  pools.set(name, pool);
  metrics.gauge({
    name: 'database_pool_connections',
    help: 'Connections of the database pool, by state (waiting counts requests in line for one)',
    labels: ['pool', 'state'],
    collect: (gauge) => {
      for (const [poolName, counts] of pools) {
        gauge.set(counts.totalCount - counts.idleCount, { pool: poolName, state: 'busy' });
        gauge.set(counts.idleCount, { pool: poolName, state: 'idle' });
        gauge.set(counts.waitingCount, { pool: poolName, state: 'waiting' });
      }
    },
  });
  return () => void pools.delete(name);
}

const log = logger('search');
const searchSeconds = metrics.histogram({
  name: 'search_seconds',
  help: 'Duration of a search, by kind',
  labels: ['kind'],
});

/** One run of a search, for the log and the metrics alike. */
export interface SearchRun {
  readonly searchId: string | null;
  readonly kind: string;
  readonly durationMs: number;
  readonly results: number;
}

export function recordSearch(run: SearchRun): void {
  searchRequestsTotal.inc({ kind: run.kind });
  searchSeconds.observe(run.durationMs / 1_000, { kind: run.kind });
  log.info({ search_id: run.searchId, kind: run.kind, duration_ms: run.durationMs, results: run.results }, 'search completed');
}
