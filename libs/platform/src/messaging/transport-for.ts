import { readFileSync } from 'node:fs';
import type { DatabaseHost } from '../database';
import type { MessagingSettings } from './config';
import { KafkaTransport } from './kafka/kafka-transport';
import type { KafkaConnection } from './kafka/connection';
import type { EventsQuery } from './postgres/outbox-reader';
import { PostgresTransport } from './postgres/postgres-transport';
import type { Transport } from './transport';

export interface TransportInput {
  readonly host: DatabaseHost;
  readonly settings: MessagingSettings;
  /** The services of this process; at least one. */
  readonly hosted: readonly string[];
  /** Every service there is. */
  readonly services: readonly string[];
  /** Whether this process carries its services' outboxes to Kafka. */
  readonly relay: boolean;
}

/** By configuration alone: Kafka where brokers are named, else the outbox tables. */
export function transportFor({ host, settings, hosted, services, relay }: TransportInput): Transport {
  const [first] = hosted;
  if (first === undefined) throw new Error('a process without services has no events');
  // Every service's role may read every outbox; which one asks makes no difference.
  const reader = host.of(first);
  const query: EventsQuery = (sql, params, options) => reader.queryAsAnyone(sql, params, options);
  const postgres = {
    query,
    connect: () => host.connectDirect(),
  };
  if (settings.brokers.length === 0) return new PostgresTransport({ ...postgres, services });
  return new KafkaTransport({
    ...postgres,
    connection: kafkaConnection(settings),
    topicPrefix: settings.topicPrefix,
    partitions: settings.partitions,
    replicas: settings.replicas,
    services,
    relay: relay ? hosted.map((service) => host.of(service)) : [],
  });
}

function kafkaConnection(settings: MessagingSettings): KafkaConnection {
  const { saslMechanism, saslUsername, saslPassword } = settings;
  const file = (path: string | undefined): string | undefined => (path === undefined ? undefined : readFileSync(path, 'utf8'));
  const [ca, cert, key] = [file(settings.tlsCa), file(settings.tlsCert), file(settings.tlsKey)];
  return {
    brokers: settings.brokers,
    clientId: settings.clientId,
    ...(settings.tls === 'off'
      ? {}
      : {
          tls: {
            rejectUnauthorized: settings.tls === 'on',
            ...(ca === undefined ? {} : { ca }),
            ...(cert === undefined ? {} : { cert }),
            ...(key === undefined ? {} : { key }),
          },
        }),
    ...(saslMechanism === undefined || saslUsername === undefined || saslPassword === undefined
      ? {}
      : { sasl: { mechanism: saslMechanism, username: saslUsername, password: saslPassword } }),
  };
}
