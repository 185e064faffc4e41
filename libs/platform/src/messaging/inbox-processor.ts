import type { EventEnvelope } from '@autobroker/contracts';
import { isUnavailable, type Tx } from '../database';
import type { SqlPart } from '../outbox';
import { logger } from '../telemetry';
import { backoffMs } from './consumer-def';
import type { Delivery, ValidDelivery } from './delivery';
import { BatchBroken, errorText, isAborted, runBatch, runEvent, runUnguarded, TransactionPoisoned, type RegisteredConsumer, type RunResult } from './event-run';
import { FailureMemory, ProcessDied } from './failure-memory';
import { InboxStore, type Accepted } from './inbox-store';
import { messagingMetrics } from './metrics';

const log = logger('messaging');

/** Where one ordered stream of deliveries comes from, and where its progress is kept. */
export interface BatchSource {
  /** What comes next, in order. */
  ahead(limit: number): readonly Delivery[];
  /**
   * First in the transaction: takes them into the inbox, if they are ours to handle. 'busy' while another replica is at
   * work on them, 'moved' when by now something else comes next.
   */
  accept(tx: Tx, deliveries: readonly Delivery[], inbox: InboxStore): Promise<Accepted | 'busy' | 'moved'>;
  /** The first `count` of them are done: what is to be written about that, last in the transaction. */
  done(count: number): SqlPart | undefined;
}

export type BatchOutcome =
  | { readonly state: 'handled'; readonly count: number; readonly full: boolean; readonly deferred: number }
  | { readonly state: 'idle' }
  | { readonly state: 'busy' }
  | { readonly state: 'failed'; readonly retryInMs: number };

/** After a failure, so many events get savepoints, in case that more of them fail. */
const carefulFor = 500;

/**
 * One consumer's work on one ordered stream: inbox rows, the handlers' writes and the progress commit together, so that an
 * event is handled exactly once in effect, whatever happens in between. Both transports run this same code.
 */
export class InboxProcessor {
  private readonly store: InboxStore;
  private readonly failures = new FailureMemory();
  private averageMs = 2;
  /** How many events are still to be handled behind savepoints; while nothing fails they would only cost time. */
  private careful = 0;

  constructor(
    private readonly consumer: RegisteredConsumer,
    private readonly source: string,
    private readonly stream: BatchSource,
  ) {
    this.store = new InboxStore(consumer.def.service, consumer.def.name);
  }

  /** A process begins with this delivery; `times` starts in a row have found it at the head. */
  started(times: number, first: Delivery): void {
    this.failures.started(times, idOf(first), this.consumer.def.batchSize);
  }

  /** One transaction: as many events as fit. */
  async next(): Promise<BatchOutcome> {
    const { def, db } = this.consumer;
    const wanted = Math.min(def.batchSize, Math.max(1, Math.floor(def.budgetMs / this.averageMs)));
    const limit = this.failures.limit(wanted);
    let taken: readonly Delivery[] = [];
    let tally: Tally = noTally();
    const batch = async (tx: Tx): Promise<boolean> => {
      tally = noTally();
      taken = this.stream.ahead(limit);
      if (taken.length === 0) return true;
      const accepted = await this.stream.accept(tx, taken, this.store);
      if (accepted === 'busy') return false;
      if (accepted !== 'moved') tally = await this.handle(tx, taken, accepted);
      return true;
    };
    try {
      const lastly = (): SqlPart | undefined => this.stream.done(tally.count);
      const ours = await db.transaction(batch, { statementTimeoutMs: def.timeoutMs, lastly });
      if (!ours) return { state: 'busy' };
    } catch (error) {
      return this.failed(error, taken);
    }
    const handled = taken.slice(0, tally.count);
    this.failures.succeeded(handled.map(idOf));
    this.careful = Math.max(0, this.careful - tally.count);
    if (handled.length === 0) return { state: 'idle' };
    this.measure(handled, tally);
    return { state: 'handled', count: tally.count, full: tally.count < taken.length || taken.length >= limit, deferred: tally.deferred };
  }

  private async handle(tx: Tx, taken: readonly Delivery[], { fresh, blocked }: Accepted): Promise<Tally> {
    const tally = noTally();
    const began = performance.now();
    const together = await this.together(tx, taken, fresh, blocked);
    for (const delivery of taken) {
      // What was handled together is not left for another time.
      if (tally.count > 0 && together.size === 0 && performance.now() - began > this.consumer.def.budgetMs) break;
      tally.count += 1;
      const id = delivery.valid ? delivery.event.id : delivery.eventId;
      // Taking it out of the set makes a second copy in the same batch a duplicate as well.
      if (id !== null && !fresh.delete(id)) tally.duplicates += 1;
      else if (!delivery.valid) await this.store.buryInvalid(tx, delivery);
      else if (together.has(delivery.event.id)) continue;
      else if (!(await this.attempt(tx, delivery, blocked, delivery === taken.at(-1)))) tally.deferred += 1;
    }
    await this.store.giveBack(tx, [...fresh]);
    const each = (performance.now() - began) / tally.count;
    this.averageMs = this.averageMs * 0.7 + each * 0.3;
    return tally;
  }

  /**
   * For a consumer that takes many at once: handles everything that can go together and tells what that was. Nothing, while
   * something is known to be wrong with one of them: then they go one by one, behind savepoints.
   */
  private async together(tx: Tx, taken: readonly Delivery[], fresh: ReadonlySet<string>, blocked: ReadonlySet<string>): Promise<Set<string>> {
    const none = new Set<string>();
    if (this.consumer.handleBatch === undefined || this.careful > 0) return none;
    const events = new Map<string, EventEnvelope>();
    for (const delivery of taken) {
      if (!delivery.valid || !fresh.has(delivery.event.id) || blocked.has(delivery.event.key)) continue;
      if (this.failures.suspicion(delivery.event.id) !== undefined) return none;
      events.set(delivery.event.id, delivery.event);
    }
    if (events.size < 2) return none;
    await runBatch(this.consumer, [...events.values()], tx);
    return new Set(events.keys());
  }

  private async attempt(tx: Tx, delivery: ValidDelivery, blocked: Set<string>, isLast: boolean): Promise<boolean> {
    const { def } = this.consumer;
    const { event } = delivery;
    if (blocked.has(event.key)) {
      await this.store.defer(tx, delivery, 0, 0, null);
      return false;
    }
    const suspicion = this.failures.suspicion(event.id);
    const run = (): Promise<RunResult> => (this.careful > 0 ? runEvent(this.consumer, event, tx) : runUnguarded(this.consumer, event, tx, isLast));
    const result = suspicion === undefined ? await run() : { ok: false as const, error: suspicion.error };
    if (result.ok) return true;
    messagingMetrics.failed.inc({ consumer: def.name });
    log.warn({ consumer: def.name, event_id: event.id, type: event.type, err: result.error }, 'event failed and is put off');
    if (def.maxAttempts <= 1 || result.error instanceof ProcessDied) {
      messagingMetrics.dead.inc({ consumer: def.name, reason: 'failed' });
      await this.store.bury(tx, delivery.source, event, errorText(result.error), 1);
      return true;
    }
    await this.store.defer(tx, delivery, 1, backoffMs(def.backoff, 1), errorText(result.error));
    blocked.add(event.key);
    return false;
  }

  private failed(error: unknown, taken: readonly Delivery[]): BatchOutcome {
    const { def } = this.consumer;
    const careful = this.careful > 0;
    this.careful = carefulFor;
    if (error instanceof TransactionPoisoned) {
      this.failures.suspect(error.eventId, error.cause);
      return { state: 'failed', retryInMs: 0 };
    }
    if (error instanceof BatchBroken) {
      log.warn({ consumer: def.name, events: taken.length, err: error.cause }, 'a batch failed: its events go one by one');
      this.careful = taken.length;
      return { state: 'failed', retryInMs: 0 };
    }
    if (!careful && isAborted(error)) return { state: 'failed', retryInMs: 0 };
    this.failures.failed(taken.map(idOf), error);
    const retryInMs = this.failures.pauseMs();
    const level = isUnavailable(error) ? 'warn' : 'error';
    log[level]({ consumer: def.name, source: this.source, events: taken.length, retry_in_ms: retryInMs, err: error }, 'events will be taken again');
    return { state: 'failed', retryInMs };
  }

  private measure(handled: readonly Delivery[], tally: Tally): void {
    const consumer = this.consumer.def.name;
    const now = Date.now();
    for (const delivery of handled) {
      if (delivery.valid) messagingMetrics.lag.observe(Math.max(0, now - Date.parse(delivery.event.occurred_at)) / 1_000, { consumer });
      else messagingMetrics.dead.inc({ consumer, reason: 'invalid' });
    }
    messagingMetrics.handled.inc({ consumer }, tally.count - tally.deferred - tally.duplicates);
    if (tally.duplicates > 0) messagingMetrics.duplicates.inc({ consumer }, tally.duplicates);
  }
}

interface Tally {
  count: number;
  deferred: number;
  duplicates: number;
}

const noTally = (): Tally => ({ count: 0, deferred: 0, duplicates: 0 });

const idOf = (delivery: Delivery): string => (delivery.valid ? delivery.event.id : (delivery.eventId ?? delivery.raw.slice(0, 100)));
