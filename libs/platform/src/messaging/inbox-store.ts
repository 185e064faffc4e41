import { uuidv7 } from '@autobroker/kernel';
import type { EventEnvelope } from '@autobroker/contracts';
import type { Tx } from '../database';
import type { Delivery, InvalidDelivery, ValidDelivery } from './delivery';

/** An event that waits for another attempt, or behind one of the same key that does. */
export interface DeferredEvent {
  readonly seq: string;
  readonly source: string;
  readonly key: string;
  readonly event: unknown;
  readonly attempts: number;
  /** Attempts that were begun; all but the present one and the failed ones ended with their process. */
  readonly starts: number;
}

/** Which of the deliveries of a batch were not in the inbox yet, and behind which keys something waits. */
export interface Accepted {
  readonly fresh: Set<string>;
  readonly blocked: Set<string>;
}

/** Parts of a statement that takes the deliveries of a batch into the inbox. */
export interface Accepting {
  /** Its parameters, numbered from where they stand. */
  readonly values: readonly unknown[];
  /** Takes them in where a condition holds, and returns the ids of those that were not there yet. */
  readonly insert: (first: number, condition: string) => string;
  /** The keys behind which something waits. */
  readonly blocked: (first: number) => string;
}

/** What a consumer has seen, put off and given up, in the schema of its service. */
export class InboxStore {
  constructor(
    private readonly schema: string,
    private readonly consumer: string,
  ) {}

  /**
   * Takes the events of a batch into the inbox, which tells which are new. An insert that meets another replica's waits for
   * that one's transaction, so that of two deliveries exactly one is handled.
   */
  accepting(source: string, deliveries: readonly Delivery[]): Accepting {
    const ids: string[] = [];
    const times: (string | null)[] = [];
    for (const delivery of deliveries) {
      const id = delivery.valid ? delivery.event.id : delivery.eventId;
      if (id === null) continue;
      ids.push(id);
      times.push(delivery.valid ? delivery.event.occurred_at : null);
    }
    return {
      values: [this.consumer, source, ids, times, keysOf(deliveries)],
      insert: (first, condition) =>
        `insert into ${this.schema}.inbox (consumer, source, event_id, occurred_at)
         select $${first}, $${first + 1}, id, coalesce(at, now()) from unnest($${first + 2}::uuid[], $${first + 3}::timestamptz[]) as e (id, at)
          where ${condition}
         on conflict (consumer, event_id) do nothing returning event_id`,
      blocked: (first) =>
        `select distinct key from ${this.schema}.deferred where consumer = $${first} and source = $${first + 1} and key = any($${first + 4}::text[])`,
    };
  }

  /**
   * What the statement that took them in has found. Where something was in the inbox already, that may have been another
   * transaction's, which the statement has waited for: what that one has put off came too late for it to see.
   */
  async accepted(tx: Tx, source: string, deliveries: readonly Delivery[], fresh: readonly string[], blocked: readonly string[]): Promise<Accepted> {
    const taken = new Set(fresh);
    const known = deliveries.some((delivery) => delivery.valid && !taken.has(delivery.event.id));
    return { fresh: taken, blocked: known ? await this.blockedKeys(tx, source, keysOf(deliveries)) : new Set(blocked) };
  }

  /** Gives back what was taken in but not reached. */
  async giveBack(tx: Tx, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.query(`delete from ${this.schema}.inbox where consumer = $1 and event_id = any($2::uuid[])`, [this.consumer, ids], {
      name: `inbox-give-back-${this.schema}`,
    });
  }

  /** Those of the keys that have an event waiting, behind which theirs must queue. */
  private async blockedKeys(tx: Tx, source: string, keys: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ key: string }>(
      `select distinct key from ${this.schema}.deferred where consumer = $1 and source = $2 and key = any($3::text[])`,
      [this.consumer, source, keys],
      { name: `inbox-blocked-${this.schema}` },
    );
    return new Set(rows.map((row) => row.key));
  }

  async defer(tx: Tx, delivery: ValidDelivery, attempts: number, inMs: number, error: string | null): Promise<void> {
    await tx.query(
      `insert into ${this.schema}.deferred (consumer, source, key, event_id, event, attempts, starts, next_attempt_at, last_error)
       values ($1, $2, $3, $4, $5, $6, $6, clock_timestamp() + $7 * interval '1 millisecond', $8)`,
      [
        this.consumer,
        delivery.source,
        delivery.event.key,
        delivery.event.id,
        JSON.stringify(delivery.event),
        attempts,
        inMs,
        error,
      ],
    );
  }

  /**
   * Takes the next event that is due, at the head of its key, for so long. Written down before it is handled: should the
   * process die of it, that leaves a trace.
   */
  async claim(db: Pick<Tx, 'query'>, forMs: number): Promise<string | undefined> {
    const [row] = await db.query<{ seq: string }>(
      `update ${this.schema}.deferred set starts = starts + 1, next_attempt_at = clock_timestamp() + $2 * interval '1 millisecond'
        where seq = (select d.seq from ${this.schema}.deferred d
                      where d.consumer = $1 and d.next_attempt_at <= clock_timestamp()
                        and not exists (select 1 from ${this.schema}.deferred e
                                         where e.consumer = d.consumer and e.source = d.source and e.key = d.key and e.seq < d.seq)
                      order by d.next_attempt_at, d.seq limit 1 for update skip locked)
        returning seq::text as seq`,
      [this.consumer, forMs],
    );
    return row?.seq;
  }

  /** The attempt came to nothing, and not by the event's fault. */
  async release(db: Pick<Tx, 'query'>, seq: string): Promise<void> {
    await db.query(
      `update ${this.schema}.deferred set starts = greatest(starts - 1, attempts), next_attempt_at = clock_timestamp() where seq = $1`,
      [seq],
    );
  }

  async claimed(tx: Tx, seq: string): Promise<DeferredEvent | undefined> {
    const [row] = await tx.query<DeferredEvent>(
      `select seq::text as seq, source, key, event, attempts, starts from ${this.schema}.deferred where seq = $1 for update`,
      [seq],
    );
    return row;
  }

  async putOff(tx: Tx, seq: string, attempts: number, inMs: number, error: string): Promise<void> {
    await tx.query(
      `update ${this.schema}.deferred
          set attempts = $2, starts = $2, last_error = $4, next_attempt_at = clock_timestamp() + $3 * interval '1 millisecond'
        where seq = $1`,
      [seq, attempts, inMs, error],
    );
  }

  async undefer(tx: Tx, seq: string): Promise<void> {
    await tx.query(`delete from ${this.schema}.deferred where seq = $1`, [seq]);
  }

  async bury(tx: Tx, source: string, event: EventEnvelope, error: string, attempts: number): Promise<void> {
    await tx.query(
      `insert into ${this.schema}.dead_letter
         (id, consumer, source, reason, event_id, type, key, tenant_id, event, error, attempts, occurred_at)
       values ($1, $2, $3, 'failed', $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        uuidv7(),
        this.consumer,
        source,
        event.id,
        event.type,
        event.key,
        event.tenant_id,
        JSON.stringify(event),
        error,
        attempts,
        event.occurred_at,
      ],
    );
  }

  async buryInvalid(tx: Tx, delivery: InvalidDelivery): Promise<void> {
    await tx.query(
      `insert into ${this.schema}.dead_letter (id, consumer, source, reason, event_id, type, key, raw, error, attempts)
       values ($1, $2, $3, 'invalid', $4, $5, $6, $7, $8, 0)`,
      [uuidv7(), this.consumer, delivery.source, delivery.eventId, delivery.type, delivery.key, delivery.raw, delivery.reason],
    );
  }
}

const keysOf = (deliveries: readonly Delivery[]): string[] => deliveries.flatMap((delivery) => (delivery.valid ? [delivery.event.key] : []));
