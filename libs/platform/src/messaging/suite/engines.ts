import type { DatabaseHost, StatementName } from '../../database';
import { KafkaTransport } from '../kafka/kafka-transport';
import { PostgresTransport } from '../postgres/postgres-transport';
import { suiteServiceNames, type EngineSettings, type TransportEngine } from './process';

/** The transport of the suites' processes by plain settings, so that a child process can make the same. */
export function engineOf(settings: EngineSettings): TransportEngine {
  return {
    settings,
    transport: (host: DatabaseHost) => {
      const postgres = {
        query: <R>(sql: string, params?: unknown[], options?: StatementName) => host.of('depot').queryAsAnyone<R>(sql, params, options),
        connect: () => host.connectDirect(),
        services: suiteServiceNames,
      };
      if (settings.kind === 'postgres') return new PostgresTransport(postgres);
      return new KafkaTransport({
        ...postgres,
        connection: { brokers: settings.brokers, clientId: 'suite' },
        topicPrefix: settings.topicPrefix,
        partitions: 3,
        replicas: 1,
        relay: suiteServiceNames.map((name) => host.of(name)),
      });
    },
  };
}
