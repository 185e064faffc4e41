import { health, type HealthDetail } from '../../http';
import type { ServiceDefinition } from '../define-service';
import type { Parts } from '../open-parts';

/** What this process depends on. Only the database is needed to work at all; the rest degrades. */
export function registerPlatformHealth(parts: Parts, services: readonly ServiceDefinition[]): () => void {
  const { host } = parts.database;
  const undo = [
    health.check(
      'database',
      async () => {
        const { ok, circuit, replica } = await host.health();
        return { state: ok ? 'up' : 'down', circuit, detail: replica === 'none' ? 'primary only' : `replica ${replica}` };
      },
      { critical: true },
    ),
    health.check('jobs', async (): Promise<HealthDetail> => {
      await parts.jobs.store.backend.ping();
      return { detail: parts.jobs.store.backend.kind };
    }),
    health.check('events', async (): Promise<HealthDetail> => {
      const { ok, detail } = await parts.messaging.messaging.transport.health();
      return { state: ok ? 'up' : 'down', detail: detail ?? parts.messaging.messaging.transport.name };
    }),
    health.check('cache', (): HealthDetail => {
      const { state } = parts.cache.stats().shared;
      return { state: state === 'away' ? 'degraded' : 'up', detail: state === 'off' ? 'in process' : `shared cache ${state}` };
    }),
    health.section('cache', () => parts.cache.stats()),
    health.section('services', () => services.map((service) => service.name)),
    health.section('queues', () => parts.jobs.admin.overview()),
  ];
  return () => {
    for (const one of undo) one();
  };
}
