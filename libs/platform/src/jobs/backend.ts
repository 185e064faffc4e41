import type { BackendFactory, IQueueBackend } from 'bullmq';

/** Where queues live: PostgreSQL or Redis. BullMQ does the rest on either. */
export interface JobsBackend {
  readonly kind: 'postgres' | 'redis';
  /** How long a worker without work relies on being told of some, in seconds. */
  readonly reliedOnS: number;
  /** Shared by all queues and workers of the process; the connection is the factory's own. */
  readonly factory: BackendFactory<IQueueBackend, object>;
  /** Resolves when queues can be used; provisions what they need. */
  ready(): Promise<void>;
  /** Connections that this process holds for its jobs now. */
  connections(): Promise<number>;
  /** For health: rejects when the store does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
