import type { BroadcastHub } from './broadcast-hub';
import type { RegisteredConsumer } from './event-run';
import type { Isolation } from './isolation';

/** How far a consumer is behind at one source. */
export interface SourceLag {
  readonly source: string;
  /** Events of its kinds that it has not taken yet; counted up to 100,000 on PostgreSQL, with other kinds when many on Kafka. */
  readonly behind: number;
  /** When the first of them happened, where the transport can tell. */
  readonly oldest: Date | null;
}

/** Where a consumer is set back (or forward) to. */
export type RewindTarget = 'beginning' | 'now' | Date;

export interface TransportPlan {
  /** Empty in a process that does no background work. */
  readonly consumers: readonly RegisteredConsumer[];
  readonly hub: BroadcastHub;
  readonly isolation: Isolation;
  /** A consumer has put an event off. */
  readonly onDeferred: (consumer: string) => void;
  /** Another process has taken back what was given up, for whichever consumer. */
  readonly onDeferredElsewhere: () => void;
}

/** What carries events from the outboxes to consumers: the outbox tables themselves, or Kafka. */
export interface Transport {
  readonly name: 'postgres' | 'kafka';
  /** Resolves when broadcasts are seen from now on; consumers are on their way by then. */
  start(plan: TransportPlan): Promise<void>;
  /** Takes nothing new, and resolves when what is in hand has been handled and recorded. */
  stop(): Promise<void>;
  /** Whether it reaches what it stands on. */
  health(): Promise<{ readonly ok: boolean; readonly detail?: string }>;
  /** By the name of the consumer. */
  lags(consumers: readonly RegisteredConsumer[]): Promise<ReadonlyMap<string, readonly SourceLag[]>>;
  /** Moves a consumer's progress; what it has in its inbox is not this port's business. */
  rewind(consumer: RegisteredConsumer, target: RewindTarget): Promise<void>;
  /** Tells other processes to look for deferred events. */
  nudge(): void;
}
