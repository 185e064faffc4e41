import { z } from 'zod';
import { defineConfig, env, type ConfigOf } from '../config';

export const processRoles = ['api', 'worker'] as const;
export type ProcessRole = (typeof processRoles)[number];

/** Settings of a process as a whole. */
export const appConfig = defineConfig('app', {
  port: {
    env: 'PORT',
    schema: z.int().min(0).max(65_535),
    description: 'Port that requests are taken on; when it is in use the process ends with an error',
    default: 4_000,
  },
  host: {
    env: 'HOST',
    schema: z.string().min(1).optional(),
    description: 'Address that requests are taken on; in production every one of the machine, else localhost',
    default: undefined,
  },
  publicUrl: {
    env: 'PUBLIC_URL',
    schema: env.url({ protocols: ['http', 'https'] }).optional(),
    description: 'Address by which others reach the platform, for links that it hands out; http://localhost with the port when absent',
    default: undefined,
  },
  roles: {
    env: 'PROCESS_ROLES',
    schema: z.array(z.enum(processRoles)).min(1),
    description: 'What this process does: api takes requests, worker runs consumers, jobs and schedules',
    default: [...processRoles],
  },
  autoMigrate: {
    env: 'AUTO_MIGRATE',
    schema: z.boolean(),
    description: 'Brings the database forward at start; otherwise a start with migrations missing is refused',
    default: false,
  },
  demoSeed: {
    env: 'DEMO_SEED',
    schema: z.boolean(),
    description: 'Lets the preparation of a first start fill in demo tenants, accounts and vehicles',
    default: false,
  },
  dataFolder: {
    env: 'AUTOBROKER_DATA',
    schema: z.string().min(1),
    description: 'Folder for what the embedded engines keep (objects, mail)',
    default: '.autobroker',
  },
  sandboxUrl: {
    env: 'SANDBOX_URL',
    schema: env.url({ protocols: ['http', 'https'] }).optional(),
    description: 'Front page of a sandbox that plays third parties: its clock is followed, and sources without an address of their own are found there; refused in production',
    default: undefined,
  },
  stopTimeoutMs: {
    env: 'STOP_TIMEOUT',
    schema: env.duration({ min: 1_000 }),
    description: 'How long a graceful stop may take before the process ends anyway',
    default: 25_000,
  },
});

/** Engines that replace the embedded ones; each by its address alone. */
export const enginesConfig = defineConfig('engines', {
  redisQueueUrl: {
    env: 'REDIS_QUEUE_URL',
    schema: env.url({ protocols: ['redis', 'rediss'] }).optional(),
    description: 'Redis or Valkey for jobs, with maxmemory-policy noeviction; without it jobs live in PostgreSQL',
    secret: true,
    default: undefined,
  },
  redisCacheUrl: {
    env: 'REDIS_CACHE_URL',
    schema: env.url({ protocols: ['redis', 'rediss'] }).optional(),
    description: 'Redis or Valkey for caches and rate limits, with maxmemory-policy allkeys-lru; without it each process has its own',
    secret: true,
    default: undefined,
  },
  jobsPoolSize: {
    env: 'JOBS_POOL',
    schema: env.int({ min: 2, max: 100 }),
    description: 'Database connections of this process for jobs, where those live in PostgreSQL',
    default: 4,
  },
});

export type AppSettings = ConfigOf<typeof appConfig>;
export type EngineSettings = ConfigOf<typeof enginesConfig>;
