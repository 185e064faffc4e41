import type { EventDef, EventEnvelope, EventOf } from '@autobroker/contracts';
import type { Database } from '../database';

export interface EventRecorder {
  /** Everything that was committed to the service's outbox since the recorder was made or last cleared, in order. */
  all(): Promise<EventEnvelope[]>;
  /** Those of one kind, held against their contract. */
  of<D extends EventDef>(event: D): Promise<EventOf<D>[]>;
  types(): Promise<string[]>;
  clear(): Promise<void>;
}

interface Row extends Omit<EventEnvelope, 'occurred_at'> {
  readonly occurred_at: Date;
}

/** Looks at what a service says by reading its outbox: nothing is replaced, so what is seen is what consumers would get. */
export async function recordEvents(db: Database): Promise<EventRecorder> {
  let from = await last();

  async function last(): Promise<string> {
    const [row] = await db.query<{ position: string }>(
      `select coalesce(max(position), 0)::text as position from ${db.schema}.outbox`,
    );
    return row?.position ?? '0';
  }
  async function all(): Promise<EventEnvelope[]> {
    const rows = await db.query<Row>(
      `select id, type, version, key, tenant_id, occurred_at, trace, data from ${db.schema}.outbox where position > $1 order by position`,
      [from],
    );
    return rows.map((row) => ({ ...row, occurred_at: row.occurred_at.toISOString() }));
  }
  return {
    all,
    of: async <D extends EventDef>(event: D): Promise<EventOf<D>[]> => {
      const found = (await all()).filter(({ type }) => type === event.type);
      return found.map((envelope) => ({ ...envelope, data: event.data.parse(envelope.data) }) as EventOf<D>);
    },
    types: async () => (await all()).map(({ type }) => type),
    clear: async () => {
      from = await last();
    },
  };
}
