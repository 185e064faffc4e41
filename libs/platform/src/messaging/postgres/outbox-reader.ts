import type { EventEnvelope } from '@autobroker/contracts';
import { type StatementName, StatementNames } from '../../database';
import { assertSchemaName } from '../../outbox';

/** Runs SQL as the events role, the only one that sees every service's outbox; under a name it is prepared once. */
export type EventsQuery = <R>(sql: string, params?: unknown[], options?: StatementName) => Promise<R[]>;

export interface OutboxRow {
  readonly position: number;
  readonly type: string;
  /** Null when only its type was asked for. */
  readonly envelope: EventEnvelope | null;
}

export interface SourceState {
  readonly source: string;
  /** The last position given out, committed or not. */
  readonly issued: number;
  /** How far one may read without passing a transaction that is still open. */
  readonly horizon: number;
}

/** A place in an outbox, and what is of interest there; null: every event. */
export interface Place {
  readonly source: string;
  readonly position: number;
  readonly types: readonly string[] | null;
}

export interface Behind {
  readonly count: number;
  readonly oldest: Date | null;
}

export interface StoredOffset {
  readonly consumer: string;
  /** The name of the log. */
  readonly log: string;
  readonly position: number;
}

interface RawRow {
  readonly position: string;
  readonly type: string;
  readonly id: string | null;
  readonly version: number;
  readonly key: string;
  readonly tenant_id: string | null;
  readonly occurred_at: Date;
  readonly trace: string | null;
  readonly data: unknown;
}

const columns = 'o.position::text as position, o.id, o.type, o.version, o.key, o.tenant_id, o.occurred_at, o.trace, o.data';

/** Reads the outboxes of all services. */
export class OutboxReader {
  private readonly names = new StatementNames('outbox');

  constructor(private readonly events: EventsQuery) {}

  /** Which of these services have an outbox in this database. */
  async existing(sources: readonly string[]): Promise<string[]> {
    if (sources.length === 0) return [];
    const rows = await this.query<{ source: string }>(
      `select source from unnest($1::text[]) as s (source) where to_regclass(source || '.outbox') is not null`,
      [sources.map(assertSchemaName)],
    );
    return rows.map((row) => row.source);
  }

  /** The state of several outboxes in one statement; the locks are only looked at where something new was issued. */
  async states(known: ReadonlyMap<string, number>): Promise<SourceState[]> {
    const sources = [...known.keys()];
    if (sources.length === 0) return [];
    const parts = sources.map((source, index) => {
      const issued = `coalesce(pg_sequence_last_value('${assertSchemaName(source)}.outbox_position_seq'), 0)`;
      const position = `$${index + 1}::bigint`;
      return `select '${source}' as source, ${issued}::text as issued,
        (case when ${issued} <> ${position} then ${source}.outbox_horizon() else ${position} end)::text as horizon`;
    });
    const rows = await this.query<{ source: string; issued: string; horizon: string }>(parts.join(' union all '), [...known.values()]);
    return rows.map((row) => ({ source: row.source, issued: Number(row.issued), horizon: Number(row.horizon) }));
  }

  async horizon(source: string): Promise<number> {
    const [row] = await this.query<{ horizon: string }>(`select ${assertSchemaName(source)}.outbox_horizon()::text as horizon`);
    return Number(row?.horizon ?? 0);
  }

  /** Events of these types (null: of all), in order. */
  async read(source: string, after: number, upTo: number, types: readonly string[] | null, limit: number): Promise<OutboxRow[]> {
    const rows = await this.query<RawRow>(
      `select ${columns} from ${assertSchemaName(source)}.outbox o
        where o.position > $1 and o.position <= $2 and ($3::text[] is null or o.type = any($3)) order by o.position limit $4`,
      [after, upTo, types, limit],
    );
    return rows.map(rowOf);
  }

  /** All that is new, with the content of those types that somebody wants to see; of the others only the type. */
  async follow(source: string, after: number, upTo: number, wanted: readonly string[], limit: number): Promise<OutboxRow[]> {
    const rows = await this.query<RawRow>(
      `select o.position::text as position, o.type, e.*
         from ${assertSchemaName(source)}.outbox o
         left join lateral (select o.id, o.version, o.key, o.tenant_id, o.occurred_at, o.trace, o.data where o.type = any($3)) e on true
        where o.position > $1 and o.position <= $2 order by o.position limit $4`,
      [after, upTo, wanted, limit],
    );
    return rows.map(rowOf);
  }

  /** The last position before a point in time. */
  async positionBefore(source: string, time: Date): Promise<number> {
    const [row] = await this.query<{ position: string }>(
      `select coalesce(min(position) - 1, (select coalesce(max(position), 0) from ${assertSchemaName(source)}.outbox))::text as position
         from ${source}.outbox where occurred_at >= $1`,
      [time],
    );
    return Number(row?.position ?? 0);
  }

  /** How many events lie beyond each of these places, counted up to a limit, and when the first of them happened; in one statement and in their order. */
  async behindAll(places: readonly Place[]): Promise<Behind[]> {
    if (places.length === 0) return [];
    const sources = [...new Set(places.map(({ source }) => source))].sort();
    const parts = sources.map(
      (source) =>
        `select p.n, b.count::text as count, b.oldest
           from jsonb_to_recordset($1::jsonb) as p (n integer, source text, position bigint, types text[])
          cross join lateral (
            select count(*) as count, min(occurred_at) as oldest from (
              select o.occurred_at from ${assertSchemaName(source)}.outbox o
               where o.position > p.position and (p.types is null or o.type = any(p.types)) order by o.position limit 100000) c) b
          where p.source = '${source}'`,
    );
    const asked = places.map((place, n) => ({ n, ...place }));
    const rows = await this.query<{ n: number; count: string; oldest: Date | null }>(parts.join(' union all '), [JSON.stringify(asked)]);
    const found = new Map(rows.map((row) => [row.n, { count: Number(row.count), oldest: row.oldest }]));
    return places.map((_, n) => found.get(n) ?? { count: 0, oldest: null });
  }

  /** Where the consumers of these services are. */
  async offsets(services: readonly string[]): Promise<StoredOffset[]> {
    if (services.length === 0) return [];
    const parts = services.map((service) => `select consumer, source as log, position::text as position from ${assertSchemaName(service)}.consumer_offset`);
    const rows = await this.query<{ consumer: string; log: string; position: string }>(parts.join(' union all '));
    return rows.map((row) => ({ ...row, position: Number(row.position) }));
  }

  /** A handful of texts, asked again and again. */
  private query<R>(sql: string, params?: unknown[]): Promise<R[]> {
    return this.events<R>(sql, params, this.names.for(sql));
  }
}

const rowOf = (row: RawRow): OutboxRow => ({
  position: Number(row.position),
  type: row.type,
  envelope:
    row.id === null
      ? null
      : {
          id: row.id,
          type: row.type,
          version: row.version,
          key: row.key,
          tenant_id: row.tenant_id,
          occurred_at: row.occurred_at.toISOString(),
          trace: row.trace,
          data: row.data,
        },
});
