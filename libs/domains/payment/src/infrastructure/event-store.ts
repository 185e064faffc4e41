import { Inject, Injectable } from '@nestjs/common';
import type { PaymentProvider } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { ProviderEventStore, type StoredEvent } from '../application/ports';

interface Row {
  readonly provider: PaymentProvider;
  readonly event_id: string;
  readonly payment_id: string | null;
  readonly refs: string[];
}

type NewEvent = Parameters<ProviderEventStore['insert']>[0];
interface Waiting {
  readonly event: NewEvent;
  readonly at: Date;
  readonly resolve: (isNew: boolean) => void;
  readonly reject: (error: unknown) => void;
}

const mostAtOnce = 200;

const processedSql = `update payment.provider_events e set processed_at = $3::timestamptz, outcome = $4::text from unnest($1::text[], $2::text[]) as done (provider, event_id)
  where e.provider = done.provider and e.event_id = done.event_id`;
const namesOf = (events: readonly StoredEvent[], outcome: 'applied' | 'foreign', at: Date): unknown[] => [events.map(({ provider }) => provider), events.map(({ eventId }) => eventId), at, outcome];

@Injectable()
export class SqlProviderEventStore extends ProviderEventStore {
  private readonly waiting: Waiting[] = [];
  private isWriting = false;

  constructor(@Inject(databaseOf('payment')) private readonly db: Database) {
    super();
  }

  /** Events that come while others are being written are written together, so that a storm of them is a few statements. */
  override insert(event: NewEvent, at: Date): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    this.waiting.push({ event, at, resolve, reject });
    if (!this.isWriting) void this.writeAll();
    return promise;
  }

  private async writeAll(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) {
      const some = this.waiting.splice(0, mostAtOnce);
      try {
        const isNew = await this.write(some);
        for (const one of some) one.resolve(isNew(one));
      } catch (error) {
        for (const one of some) one.reject(error);
      }
    }
    this.isWriting = false;
  }

  /** Of two of the same id that came together, one is new. */
  private async write(some: readonly Waiting[]): Promise<(one: Waiting) => boolean> {
    const first = new Map(some.map((one) => [`${one.event.provider} ${one.event.id}`, one]));
    const rows = [...first.values()].map(({ event, at }) => ({ provider: event.provider, event_id: event.id, type: event.type, payment_id: event.paymentId, refs: event.refs, received_at: at, attempts: 0 }));
    const made = await this.db.query<{ provider: string; event_id: string }>(
      `insert into payment.provider_events (provider, event_id, type, payment_id, refs, received_at, attempts)
       select provider, event_id, type, payment_id, refs, received_at, attempts from jsonb_populate_recordset(null::payment.provider_events, $1::jsonb)
       on conflict do nothing returning provider, event_id`,
      [JSON.stringify(rows)],
      { name: 'payment-events-insert' },
    );
    const names = new Set(made.map(({ provider, event_id }) => `${provider} ${event_id}`));
    return (one) => {
      const name = `${one.event.provider} ${one.event.id}`;
      return names.has(name) && first.get(name) === one;
    };
  }

  override async claim(now: Date, until: Date, limit: number): Promise<readonly StoredEvent[]> {
    const rows = await this.db.query<Row>(
      `update payment.provider_events e set claimed_until = $2, attempts = e.attempts + 1
       from (select provider, event_id from payment.provider_events where processed_at is null and (claimed_until is null or claimed_until <= $1) order by received_at limit $3 for update skip locked) c
       where e.provider = c.provider and e.event_id = c.event_id returning e.provider, e.event_id, e.payment_id, e.refs`,
      [now, until, limit],
      { name: 'payment-event-claim' },
    );
    return rows.map(({ provider, event_id, payment_id, refs }) => ({ provider, eventId: event_id, paymentId: payment_id, refs }));
  }

  override async processed(events: readonly StoredEvent[], outcome: 'applied' | 'foreign', at: Date): Promise<void> {
    if (events.length === 0) return;
    await this.db.query(processedSql, namesOf(events, outcome, at), { name: 'payment-event-processed' });
  }

  override applied(tx: Tx, events: readonly StoredEvent[], at: Date): Promise<void> {
    return tx.writeLater({ table: 'provider_events', what: 'applied', sql: processedSql, values: namesOf(events, 'applied', at) });
  }

  override async forget(before: Date, limit: number): Promise<number> {
    const gone = await this.db.query('delete from payment.provider_events where (provider, event_id) in (select provider, event_id from payment.provider_events where processed_at < $1 order by processed_at limit $2) returning 1', [before, limit]);
    return gone.length;
  }
}
