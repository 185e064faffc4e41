import { anyService, type EventDef, type EventOf } from '@autobroker/contracts';
import type { Tx } from '../database';

/** The envelope of one of several events, told apart by `type`. */
export type EnvelopeOf<D extends EventDef> = D extends EventDef
  ? Omit<EventOf<D>, 'type'> & { readonly type: D['type'] }
  : never;

export interface ConsumerOptions<D extends EventDef> {
  /** `<service>.<what it does>`: the name of its group, its offsets and its dead letters. Renaming makes a new consumer. */
  readonly name: string;
  readonly on: readonly D[];
  /** Where a consumer that never ran before begins: with everything that is retained, or with what comes next. */
  readonly startFrom?: 'beginning' | 'now';
  readonly maxAttempts?: number;
  /** How long one event may take. */
  readonly timeoutMs?: number;
  /** The most events that share one transaction. */
  readonly batchSize?: number;
  /** About how long one transaction may take, beyond its first event: meanwhile readers of what it publishes wait. */
  readonly budgetMs?: number;
  /** How long the first of them waits for others to share its transaction: for what nobody waits for. */
  readonly gatherMs?: number;
  readonly backoff?: Partial<Backoff>;
}

export interface Backoff {
  readonly firstMs: number;
  readonly factor: number;
  readonly maxMs: number;
}

export interface ConsumerDef<D extends EventDef = EventDef> {
  readonly name: string;
  /** The service that consumes: its schema holds the inbox, and its database gives the transaction. */
  readonly service: string;
  readonly on: readonly D[];
  readonly types: readonly string[];
  readonly startFrom: 'beginning' | 'now';
  readonly maxAttempts: number;
  readonly timeoutMs: number;
  readonly batchSize: number;
  readonly budgetMs: number;
  readonly gatherMs: number;
  readonly backoff: Backoff;
}

/** What a consumer's `handle` receives. */
export type EventFor<C> = C extends ConsumerDef<infer D> ? EnvelopeOf<D> : never;

export interface EventHandler<D extends EventDef = EventDef> {
  handle(event: EnvelopeOf<D>, tx: Tx): Promise<void>;
  /**
   * Many events at once, in the order of their keys: all or none. Where it fails, what it wrote is undone and `handle` gets
   * the events one by one, so that a bad one is put off alone. `handle` also does what is tried again later.
   */
  handleBatch?(events: readonly EnvelopeOf<D>[], tx: Tx): Promise<void>;
}

export interface BroadcastHandler<D extends EventDef = EventDef> {
  handle(event: EnvelopeOf<D>): void | Promise<void>;
  /** Some events may have been missed: whatever was built from them is to be thrown away. */
  onGap?(): void | Promise<void>;
}

const namePattern = /^([a-z][a-z0-9_]*)\.([a-z][a-z0-9-]*)$/;

/** Declares a consumer: a name, and the events that it hears. */
export function defineConsumer<const D extends EventDef>(options: ConsumerOptions<D>): ConsumerDef<D> {
  const service = namePattern.exec(options.name)?.[1];
  if (service === undefined) throw new Error(`consumer name ${options.name} is not of the form service.what-it-does`);
  if (options.on.length === 0) throw new Error(`consumer ${options.name} hears nothing`);
  return {
    name: options.name,
    service,
    on: options.on,
    types: options.on.map((event) => event.type),
    startFrom: options.startFrom ?? 'beginning',
    maxAttempts: options.maxAttempts ?? 5,
    timeoutMs: options.timeoutMs ?? 30_000,
    batchSize: options.batchSize ?? 100,
    budgetMs: options.budgetMs ?? 150,
    gatherMs: options.gatherMs ?? 0,
    backoff: { firstMs: 500, factor: 5, maxMs: 120_000, ...options.backoff },
  };
}

/** The services whose outboxes (topics) carry these events; those of `anyService` may come from all of them. */
export function sourcesOf(events: readonly EventDef[], everyService: readonly string[]): string[] {
  const named = events.flatMap((event) => (event.service === anyService ? everyService : [event.service]));
  return [...new Set(named)].sort();
}

/** How long to wait after the n-th failure; the jitter keeps those that failed together from coming back together. */
export function backoffMs(backoff: Backoff, attempts: number, random: () => number = Math.random): number {
  const plain = Math.min(backoff.firstMs * backoff.factor ** (attempts - 1), backoff.maxMs);
  return Math.round(plain * (0.8 + random() * 0.4));
}
