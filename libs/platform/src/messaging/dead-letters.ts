import type { Actor, AuditEntry, Database, Tx } from '../database';

export interface DeadLetter {
  readonly id: string;
  readonly consumer: string;
  readonly source: string;
  readonly reason: 'failed' | 'invalid';
  readonly event_id: string | null;
  readonly type: string | null;
  readonly key: string | null;
  readonly tenant_id: string | null;
  readonly error: string;
  readonly attempts: number;
  readonly occurred_at: Date | null;
  readonly dead_at: Date;
}

export interface DeadLetterDetail extends DeadLetter {
  /** The whole envelope; null for what was not one. */
  readonly event: unknown;
  readonly raw: string | null;
}

export interface DeadLetterFilter {
  readonly ids?: readonly string[] | undefined;
  readonly consumer?: string | undefined;
  readonly type?: string | undefined;
  readonly key?: string | undefined;
  readonly reason?: 'failed' | 'invalid' | undefined;
  readonly since?: Date | undefined;
}

/** Who asked for it, and why: goes into the audit log. */
export interface OperatorAction {
  readonly actor: Actor;
  readonly reason?: string | undefined;
  readonly from?: AuditEntry['from'] | undefined;
}

/** At most this many are moved in one go. */
const mostAtOnce = 1_000;

const summary = 'id, consumer, source, reason, event_id, type, key, tenant_id, error, attempts, occurred_at, dead_at';

const condition = `($1::uuid[] is null or id = any($1)) and ($2::text is null or consumer = $2) and ($3::text is null or type = $3)
  and ($4::text is null or key = $4) and ($5::text is null or reason = $5) and ($6::timestamptz is null or dead_at >= $6)`;

const paramsOf = (filter: DeadLetterFilter): unknown[] => [
  filter.ids ?? null,
  filter.consumer ?? null,
  filter.type ?? null,
  filter.key ?? null,
  filter.reason ?? null,
  filter.since ?? null,
];

/** The dead letters of one service. */
export class DeadLetters {
  constructor(private readonly db: Database) {}

  private get table(): string {
    return `${this.db.schema}.dead_letter`;
  }

  /** The newest first; `before` is the id of the last one of the page before. */
  list(filter: DeadLetterFilter, limit: number, before?: string): Promise<DeadLetter[]> {
    return this.db.query<DeadLetter>(
      `select ${summary} from ${this.table} where ${condition} and ($7::uuid is null or id < $7) order by id desc limit $8`,
      [...paramsOf(filter), before ?? null, limit],
    );
  }

  async count(filter: DeadLetterFilter): Promise<number> {
    const [row] = await this.db.query<{ count: string }>(`select count(*) as count from ${this.table} where ${condition}`, paramsOf(filter));
    return Number(row?.count ?? 0);
  }

  async find(id: string): Promise<DeadLetterDetail | undefined> {
    const [row] = await this.db.query<DeadLetterDetail>(`select ${summary}, event, raw from ${this.table} where id = $1`, [id]);
    return row;
  }

  /**
   * Gives them to their consumers again, as if they had failed for the first time: with all their attempts, and behind
   * what waits of the same key. What never was an event can't be replayed. Returns their consumers, once per letter.
   */
  replay(filter: DeadLetterFilter, by: OperatorAction): Promise<string[]> {
    return this.db.transaction(async (tx) => {
      const rows = await this.remove(tx, filter, 'event is not null');
      await tx.query(
        `insert into ${this.db.schema}.deferred (consumer, source, key, event_id, event)
         select d.consumer, d.source, d.key, d.event_id, d.event
           from jsonb_to_recordset($1::jsonb) as d (n int, consumer text, source text, key text, event_id uuid, event jsonb) order by d.n`,
        [JSON.stringify(rows.map((row, n) => ({ n, ...row })))],
      );
      await this.audit(tx, 'messaging.dead_letter_replayed', rows, by);
      return rows.map((row) => row.consumer);
    });
  }

  /** Gives them up for good. Returns how many. */
  discard(filter: DeadLetterFilter, by: OperatorAction): Promise<number> {
    return this.db.transaction(async (tx) => {
      const rows = await this.remove(tx, filter, 'true');
      await this.audit(tx, 'messaging.dead_letter_discarded', rows, by);
      return rows.length;
    });
  }

  private async remove(tx: Tx, filter: DeadLetterFilter, extra: string): Promise<RemovedLetter[]> {
    const rows = await tx.query<RemovedLetter>(
      `with chosen as (
         select id from ${this.table} where ${condition} and ${extra} order by id limit ${mostAtOnce} for update skip locked)
       delete from ${this.table} d using chosen where d.id = chosen.id
       returning d.id, d.consumer, d.source, d.type, d.key, d.tenant_id, d.event_id, d.event, d.error`,
      paramsOf(filter),
    );
    // Ids are in the order of burial, which is that of the events of a key.
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private async audit(tx: Tx, action: string, rows: readonly RemovedLetter[], by: OperatorAction): Promise<void> {
    await tx.auditAll(
      rows.map((row) => ({
        actor: by.actor,
        action,
        object: { type: 'dead_letter', id: row.id },
        tenantId: row.tenant_id,
        before: { consumer: row.consumer, event_id: row.event_id, type: row.type, key: row.key },
        reason: by.reason ?? null,
        ...(by.from === undefined ? {} : { from: by.from }),
      })),
    );
  }
}

interface RemovedLetter {
  readonly id: string;
  readonly consumer: string;
  readonly source: string;
  readonly type: string | null;
  readonly key: string | null;
  readonly tenant_id: string | null;
  readonly event_id: string | null;
  readonly event: unknown;
  readonly error: string;
}
