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

/** What is new at a source. */
export interface SourceNews extends SourceState {
  /** In order; empty also where there is too much of it. */
  readonly rows: readonly OutboxRow[];
}

/** Which events are to be read. */
export interface Wanted {
  /** More than this many positions are not read. */
  readonly far: number;
  /** The content of these types; where more than `near` positions are new, of those that are told on only. */
  readonly near: number;
  readonly wanted: readonly string[];
  readonly told: readonly string[];
  readonly most: number;
}

/** A notification for whoever listens. */
export interface Word {
  readonly channel: string;
  readonly payload: string;
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

type NewsRow = { readonly source: string; readonly issued: string; readonly horizon: string } & (RawRow | { readonly position: null });

const columns = 'o.position::text as position, o.id, o.type, o.version, o.key, o.tenant_id, o.occurred_at, o.trace, o.data';

/** Reads the outboxes of all services. */
export class OutboxReader {
  private readonly names = new StatementNames('outbox');

  constructor(private readonly events: EventsQuery) {}

  /** Which of these services have an outbox in this database. */
  async existing(sources: readonly string[]): Promise<string[]> {
    if (sources.length === 0) return [];
    const rows = await this.query<{ source: string }>(
      `select source from unnest($1::text[]) as s (source) where to_regprocedure(source || '.outbox_news(bigint,bigint,bigint,text[],text[],integer)') is not null`,
      [sources.map(assertSchemaName)],
    );
    return rows.map((row) => row.source);
  }

  /**
   * What is new in several outboxes, in one statement; one in which nothing was issued since is not looked at. The statement
   * takes a word for other processes along.
   */
  async news(known: ReadonlyMap<string, number>, { far, near, wanted, told, most }: Wanted, word: Word | null): Promise<SourceNews[]> {
    const sources = [...known.keys()];
    if (sources.length === 0) return [];
    const parts = sources.map((source, index) => {
      const seen = `$${index + 8}::bigint`;
      // `offset 0` keeps the question before the answer: the function is not called where it is no.
      return `select '${assertSchemaName(source)}' as source, n.*
        from (select where coalesce(pg_sequence_last_value('${source}.outbox_position_seq'), 0) <> ${seen} offset 0) s cross join lateral ${source}.outbox_news(${seen}, $1, $2, $3, $4, $5) n`;
    });
    const sent = `select '', null, null, null, pg_notify($6, $7)::text, null, null, null, null, null, null, null where $7::text is not null`;
    const rows = await this.query<NewsRow>(
      `select n.source, n.issued::text, n.horizon::text, n.position::text, n.type, n.id, n.version, n.key, n.tenant_id, n.occurred_at, n.trace, n.data
         from (${parts.join(' union all ')} union all ${sent}) n`,
      [far, near, wanted, told, most, word?.channel ?? '', word?.payload ?? null, ...known.values()],
    );
    return [...known].map(([source, position]) => newsOf(source, position, rows));
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

/** Whoever is not spoken of stands where it stood. */
function newsOf(source: string, position: number, all: readonly NewsRow[]): SourceNews {
  const own = all.filter((row) => row.source === source);
  const [first] = own;
  if (first === undefined) return { source, issued: position, horizon: position, rows: [] };
  return { source, issued: Number(first.issued), horizon: Number(first.horizon), rows: own.flatMap((row) => (row.position === null ? [] : [rowOf(row)])) };
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
