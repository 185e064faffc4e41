import { Inject, Injectable } from '@nestjs/common';
import type { PaymentProvider } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { ProviderEventStore, type StoredEvent } from '../application/ports';

interface Row {
  readonly provider: PaymentProvider;
  readonly event_id: string;
  readonly payment_id: string | null;
  readonly refs: string[];
}

@Injectable()
export class SqlProviderEventStore extends ProviderEventStore {
  constructor(@Inject(databaseOf('payment')) private readonly db: Database) {
    super();
  }

  override async insert(event: { readonly provider: PaymentProvider; readonly id: string; readonly type: string; readonly paymentId: string | null; readonly refs: readonly string[] }, at: Date): Promise<boolean> {
    const made = await this.db.query(
      'insert into payment.provider_events (provider, event_id, type, payment_id, refs, received_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1',
      [event.provider, event.id, event.type, event.paymentId, event.refs, at],
      { name: 'payment-event-insert' },
    );
    return made.length > 0;
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
    await this.db.query(
      'update payment.provider_events e set processed_at = $3, outcome = $4 from unnest($1::text[], $2::text[]) as done (provider, event_id) where e.provider = done.provider and e.event_id = done.event_id',
      [events.map(({ provider }) => provider), events.map(({ eventId }) => eventId), at, outcome],
      { name: 'payment-event-processed' },
    );
  }

  override async forget(before: Date, limit: number): Promise<number> {
    const gone = await this.db.query('delete from payment.provider_events where (provider, event_id) in (select provider, event_id from payment.provider_events where processed_at < $1 order by processed_at limit $2) returning 1', [before, limit]);
    return gone.length;
  }
}
