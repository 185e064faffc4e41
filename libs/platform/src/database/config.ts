import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defineConfig, env, type ConfigOf } from '../config';
import type { DatabaseSettings } from './database-host';
import type { TlsOptions } from './pool';
import type { ProvisionOptions } from './provision';
import type { VaultSettings } from './vault/person-vault';

const postgresUrl = env.url({ protocols: ['postgres', 'postgresql'] });

export const databaseConfig = defineConfig('database', {
  url: {
    env: 'DATABASE_URL',
    schema: postgresUrl,
    description: 'PostgreSQL 15 or later, directly or through PgBouncer in transaction mode',
    secret: true,
  },
  directUrl: {
    env: 'DATABASE_DIRECT_URL',
    schema: postgresUrl.optional(),
    description: 'The same database past PgBouncer, for migrations, LISTEN and session locks; DATABASE_URL when absent',
    secret: true,
    default: undefined,
  },
  replicaUrl: {
    env: 'DATABASE_REPLICA_URL',
    schema: postgresUrl.optional(),
    description: 'A read replica; reads go to the primary when it is absent, away or lagging',
    secret: true,
    default: undefined,
  },
  replicaMaxLagMs: {
    env: 'DATABASE_REPLICA_MAX_LAG',
    schema: env.duration(),
    description: 'How far the replica may lag before it is left out',
    default: 5_000,
  },
  poolSize: {
    env: 'DATABASE_POOL',
    schema: env.int({ min: 1, max: 500 }),
    description: 'Connections of one process',
    default: 20,
  },
  prepared: {
    env: 'DATABASE_PREPARED',
    schema: env.oneOf(['auto', 'on', 'off']),
    description: 'Prepared statements: auto leaves them out when DATABASE_DIRECT_URL shows that a pooler is in between',
    default: 'auto',
  },
  statementTimeoutMs: {
    env: 'DATABASE_STATEMENT_TIMEOUT',
    schema: env.duration({ min: 1_000 }),
    description: 'Longest time of one statement; a setting of the roles, applied by the migration step. A connection without an answer 10 s later is given up',
    default: 30_000,
  },
  idleInTransactionTimeoutMs: {
    env: 'DATABASE_IDLE_TRANSACTION_TIMEOUT',
    schema: env.duration({ min: 1_000 }),
    description: 'Longest time that an open transaction may do nothing; a setting of the roles',
    default: 60_000,
  },
  connectTimeoutMs: {
    env: 'DATABASE_CONNECT_TIMEOUT',
    schema: env.duration({ min: 100 }),
    description: 'Longest time of one attempt to connect',
    default: 5_000,
  },
  startTimeoutMs: {
    env: 'DATABASE_START_TIMEOUT',
    schema: env.duration(),
    description: 'How long a starting process waits for the database',
    default: 30_000,
  },
  slowQueryMs: {
    env: 'DATABASE_SLOW_QUERY',
    schema: env.duration(),
    description: 'Statements that take longer are logged, without their parameters',
    default: 500,
  },
  tls: {
    env: 'DATABASE_TLS',
    schema: env.oneOf(['off', 'on', 'no-verify']),
    description: 'TLS to the database; no-verify encrypts without checking who answers',
    default: 'off',
  },
  tlsCa: {
    env: 'DATABASE_TLS_CA',
    schema: env.text().optional(),
    description: 'File with the certificates that the server’s is checked against',
    default: undefined,
  },
  tlsCert: {
    env: 'DATABASE_TLS_CERT',
    schema: env.text().optional(),
    description: 'File with this client’s certificate',
    default: undefined,
  },
  servicePasswords: {
    env: 'DATABASE_SERVICE_PASSWORDS',
    schema: z.string().regex(/^([a-z][a-z0-9_]*:[\w-]{16,}(,(?=.)|$))*$/, 'must be service:password,…'),
    description:
      'For the migration step of the distributed shape: lets the role of each named service log in, `service:password,…`',
    secret: true,
    default: '',
  },
  tlsKey: {
    env: 'DATABASE_TLS_KEY',
    schema: env.text().optional(),
    description: 'File with this client’s key',
    default: undefined,
  },
});

export const vaultConfig = defineConfig('vault', {
  masterKeys: {
    env: 'PII_MASTER_KEYS',
    schema: z.string().regex(/^\s*[\w-]+:[A-Za-z0-9+/=]+(\s*,\s*[\w-]+:[A-Za-z0-9+/=]+)*\s*$/, 'must be id:base64,…'),
    description: 'Keys that wrap the keys of people, `id:base64` of 32 bytes each, the current one first',
    secret: true,
    default: 'development:ZGV2ZWxvcG1lbnQtb25seS1tYXN0ZXIta2V5LTMyYiE=',
  },
  indexKey: {
    env: 'PII_INDEX_KEY',
    schema: z.base64().min(43),
    description: 'Key of the blind indexes over personal data, 32 bytes of base64; must never change',
    secret: true,
    default: 'ZGV2ZWxvcG1lbnQtb25seS1pbmRleC1rZXktMzJieSE=',
  },
});

/** The settings of a `DatabaseHost` as the environment gives them; files of certificates are read here, once. */
export function databaseSettings(config: ConfigOf<typeof databaseConfig>, applicationName: string): DatabaseSettings {
  const tls = tlsOf(config);
  return {
    url: config.url,
    directUrl: config.directUrl,
    replicaUrl: config.replicaUrl,
    applicationName,
    poolSize: config.poolSize,
    prepared: config.prepared,
    connectTimeoutMs: config.connectTimeoutMs,
    startTimeoutMs: config.startTimeoutMs,
    replicaMaxLagMs: config.replicaMaxLagMs,
    tls,
  };
}

export const provisionSettings = (config: ConfigOf<typeof databaseConfig>): ProvisionOptions => ({
  statementTimeoutMs: config.statementTimeoutMs,
  idleInTransactionTimeoutMs: config.idleInTransactionTimeoutMs,
  passwords: passwordsOf(config.servicePasswords),
});

function passwordsOf(list: string): Record<string, string> {
  const passwords: Record<string, string> = {};
  for (const pair of list.split(',').filter(Boolean)) {
    const [service, password] = pair.split(':');
    if (service !== undefined && password !== undefined) passwords[service] = password;
  }
  return passwords;
}

export const vaultSettings = (config: ConfigOf<typeof vaultConfig>): VaultSettings => ({
  masterKeys: config.masterKeys,
  indexKey: config.indexKey,
});

function tlsOf(config: ConfigOf<typeof databaseConfig>): TlsOptions | undefined {
  if (config.tls === 'off') return undefined;
  const file = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : readFileSync(path, 'utf8');
  const ca = file(config.tlsCa);
  const cert = file(config.tlsCert);
  const key = file(config.tlsKey);
  return {
    rejectUnauthorized: config.tls === 'on',
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}
