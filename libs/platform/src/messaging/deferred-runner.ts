import { deliver } from './delivery';
import { backoffMs } from './consumer-def';
import { logger } from '../telemetry';
import type { Tx } from '../database';
import { errorText, runEvent, TransactionPoisoned, type RegisteredConsumer } from './event-run';
import { deadlyStarts, FailureMemory, ProcessDied } from './failure-memory';
import { InboxStore, type DeferredEvent } from './inbox-store';
import type { Isolation } from './isolation';
import { Loop, type Next } from './loop';
import { messagingMetrics } from './metrics';

const log = logger('messaging');

/** Over and above the time of its handler: how long an event stays with the process that took it. */
const graceMs = 5_000;

/** What two looks at the same due time differ by is no news. */
const slackMs = 25;

/**
 * Gives events that failed their further attempts, each in a transaction of its own, the head of every key first. What
 * has used up its attempts becomes a dead letter, and the events behind it go on.
 */
export class DeferredRunner {
  private readonly store: InboxStore;
  private readonly failures = new FailureMemory();
  private readonly loop: Loop;
  /** Was taken, and could not be given back while the database was away. */
  private held: string | undefined;
  /** When it will look by itself, if it knows. */
  private looksAt = Number.POSITIVE_INFINITY;

  constructor(
    private readonly consumer: RegisteredConsumer,
    private readonly isolation: Isolation,
    /** The longest it relies on being told. */
    ownMs: number,
  ) {
    this.store = new InboxStore(consumer.def.service, consumer.def.name);
    this.loop = new Loop(`deferred ${consumer.def.name}`, () => this.look(), ownMs);
  }

  start(): void {
    this.loop.start();
  }

  /** Something was put off, or taken back from the dead letters. */
  wake(): void {
    this.loop.wake();
  }

  /** Something of its is due in so long, as `DeferredWatch` has seen. */
  expect(inMs: number): void {
    if (performance.now() + inMs + slackMs < this.looksAt) this.loop.wake();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    // Without a database it comes back by itself when its time with us is over.
    await this.giveBack().catch(() => undefined);
  }

  private async look(): Promise<Next> {
    // What is seen meanwhile may have come after this look.
    this.looksAt = Number.POSITIVE_INFINITY;
    const next = await this.round();
    if (typeof next !== 'string') this.looksAt = performance.now() + next.inMs;
    return next;
  }

  private async round(): Promise<Next> {
    await this.giveBack();
    const due = await this.due();
    if (due === null) return 'idle';
    if (due.inMs > 0) return { inMs: due.inMs };
    // Which of the events in work a process has died of can only be told of one that is alone.
    return due.died ? this.isolation.apart(() => this.takeNext()) : this.isolation.among(() => this.takeNext());
  }

  private async takeNext(): Promise<Next> {
    const { def, db } = this.consumer;
    const seq = await this.store.claim(db, def.timeoutMs + graceMs);
    // What is due but was not given to us is in another replica's hands, or behind it.
    if (seq === undefined) return { inMs: 100 };
    try {
      await db.transaction(async (tx) => {
        const row = await this.store.claimed(tx, seq);
        if (row === undefined) return;
        await this.attempt(tx, row);
      }, { statementTimeoutMs: def.timeoutMs });
    } catch (error) {
      this.held = seq;
      return this.failed(seq, error);
    }
    this.failures.succeeded([seq]);
    return 'now';
  }

  private async giveBack(): Promise<void> {
    if (this.held === undefined) return;
    await this.store.release(this.consumer.db, this.held);
    this.held = undefined;
  }

  private failed(seq: string, error: unknown): Next {
    if (error instanceof TransactionPoisoned) {
      this.failures.suspect(seq, error.cause);
      return 'now';
    }
    this.failures.failed([seq], error);
    log.warn({ consumer: this.consumer.def.name, err: error }, 'deferred events will be taken again');
    return { inMs: this.failures.pauseMs(), undisturbed: true };
  }

  private async attempt(tx: Tx, row: DeferredEvent): Promise<void> {
    const { def } = this.consumer;
    const delivery = deliver(row.source, row.event);
    if (!delivery.valid) {
      messagingMetrics.dead.inc({ consumer: def.name, reason: 'invalid' });
      await this.store.buryInvalid(tx, delivery);
      return this.store.undefer(tx, row.seq);
    }
    const died = row.starts - row.attempts - 1;
    const suspicion = died + 1 >= deadlyStarts ? { error: new ProcessDied(died) } : this.failures.suspicion(row.seq);
    const result = suspicion === undefined ? await runEvent(this.consumer, delivery.event, tx) : { ok: false as const, error: suspicion.error };
    if (result.ok) {
      messagingMetrics.handled.inc({ consumer: def.name });
      return this.store.undefer(tx, row.seq);
    }
    const attempts = row.attempts + 1;
    messagingMetrics.failed.inc({ consumer: def.name });
    if (attempts < def.maxAttempts && !(result.error instanceof ProcessDied)) {
      return this.store.putOff(tx, row.seq, attempts, backoffMs(def.backoff, attempts), errorText(result.error));
    }
    messagingMetrics.dead.inc({ consumer: def.name, reason: 'failed' });
    log.error({ consumer: def.name, event_id: delivery.event.id, type: delivery.event.type, attempts, err: result.error }, 'event became a dead letter');
    await this.store.bury(tx, row.source, delivery.event, errorText(result.error), attempts);
    return this.store.undefer(tx, row.seq);
  }

  /** How long until the head of some key is due, and whether a process died of one that is; null when nothing waits. */
  private async due(): Promise<{ readonly inMs: number; readonly died: boolean } | null> {
    const { def, db } = this.consumer;
    const [row] = await db.query<{ ms: number | null; died: boolean | null }>(
      `select extract(epoch from min(d.next_attempt_at) - clock_timestamp())::float8 * 1000 as ms,
              bool_or(d.starts > d.attempts and d.next_attempt_at <= clock_timestamp()) as died
         from (select distinct on (source, key) next_attempt_at, starts, attempts from ${def.service}.deferred
                where consumer = $1 order by source, key, seq) d`,
      [def.name],
      { name: `deferred-due-${def.service}` },
    );
    const ms = row?.ms ?? null;
    return ms === null ? null : { inMs: Math.max(0, Math.ceil(ms)), died: row?.died === true };
  }
}
