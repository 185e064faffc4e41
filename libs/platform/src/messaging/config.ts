import { z } from 'zod';
import { defineConfig, env, type ConfigOf } from '../config';

export const messagingConfig = defineConfig('messaging', {
  brokers: {
    env: 'KAFKA_BROKERS',
    schema: z.array(z.string().regex(/^[^\s:/]+:\d{1,5}$/, 'must be host:port')),
    description: 'Kafka brokers, host:port with commas between; without them events go by the outbox tables alone',
    default: [],
  },
  clientId: { env: 'KAFKA_CLIENT_ID', schema: z.string().min(1).max(200), description: 'How this process names itself to Kafka', default: 'autobroker' },
  topicPrefix: {
    env: 'KAFKA_TOPIC_PREFIX',
    schema: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/),
    description: 'What the topics begin with; the service’s name follows after a dot',
    default: 'autobroker',
  },
  partitions: { env: 'KAFKA_PARTITIONS', schema: z.int().min(1).max(1_000), description: 'Partitions of a topic that is created', default: 6 },
  replicas: {
    env: 'KAFKA_REPLICATION',
    schema: z.int().min(-1).max(10),
    description: 'Copies of a topic that is created; -1 leaves it to the brokers',
    default: -1,
  },
  tls: {
    env: 'KAFKA_TLS',
    schema: z.enum(['off', 'on', 'no-verify']),
    description: 'TLS to the brokers; no-verify encrypts without checking who answers',
    default: 'off',
  },
  tlsCa: { env: 'KAFKA_TLS_CA', schema: z.string().min(1).optional(), description: 'File with the certificates that the brokers’ are checked against', default: undefined },
  tlsCert: { env: 'KAFKA_TLS_CERT', schema: z.string().min(1).optional(), description: 'File with this client’s certificate', default: undefined },
  tlsKey: { env: 'KAFKA_TLS_KEY', schema: z.string().min(1).optional(), description: 'File with this client’s key', default: undefined },
  saslMechanism: {
    env: 'KAFKA_SASL_MECHANISM',
    schema: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']).optional(),
    description: 'How this client signs in at the brokers',
    default: undefined,
  },
  saslUsername: { env: 'KAFKA_SASL_USERNAME', schema: z.string().min(1).optional(), description: 'User at the brokers', default: undefined },
  saslPassword: { env: 'KAFKA_SASL_PASSWORD', schema: z.string().min(1).optional(), description: 'Password at the brokers', secret: true, default: undefined },
  outboxRetentionMs: {
    env: 'OUTBOX_RETENTION',
    schema: env.duration({ min: 60_000 }),
    description: 'How long events that every consumer has seen stay in the outbox, for replays and for consumers added later',
    default: 7 * 86_400_000,
  },
  inboxRetentionMs: {
    env: 'INBOX_RETENTION',
    schema: env.duration({ min: 60_000 }),
    description: 'How long a handled event is remembered, so that a second delivery is dropped; longer than anything is kept elsewhere',
    default: 30 * 86_400_000,
  },
});

export type MessagingSettings = ConfigOf<typeof messagingConfig>;
