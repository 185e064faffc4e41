import type { Database } from '../database';
import { relayName } from './kafka/relay';
import type { Messaging } from './messaging';

export interface RetentionSettings {
  readonly outboxRetentionMs: number;
  readonly inboxRetentionMs: number;
}

export interface Pruned {
  readonly outbox: number;
  readonly inbox: number;
}

/** Rows of one delete: short transactions, so that nobody waits for a clean-up. */
const chunk = 5_000;

/** Takes away what nobody needs any more. A maintenance job calls it. */
export class Retention {
  constructor(
    private readonly databases: readonly Database[],
    private readonly settings: RetentionSettings,
    private readonly messaging: Messaging,
  ) {}

  /** In the schema of one service, or of every one of this process. */
  async prune(service?: string): Promise<Pruned> {
    let outbox = 0;
    let inbox = 0;
    for (const db of this.databases.filter(({ schema }) => service === undefined || schema === service)) {
      await this.forgetFormerConsumers(db);
      outbox += await this.pruneOutbox(db);
      inbox += await this.inChunks(db, `select ctid from ${db.schema}.inbox where handled_at < now() - $1 * interval '1 millisecond'`, `${db.schema}.inbox`, [
        this.settings.inboxRetentionMs,
      ]);
    }
    return { outbox, inbox };
  }

  /** Offsets of consumers, or of a transport, that are no more would keep the outbox for ever. */
  private async forgetFormerConsumers(db: Database): Promise<void> {
    const kafka = this.messaging.transport.name === 'kafka';
    const names = this.messaging.consumers.map(({ def }) => def.name);
    await db.query(
      `delete from ${db.schema}.consumer_offset
        where updated_at < now() - $1 * interval '1 millisecond'
          and case when consumer = $2 then not $3 else consumer <> all($4::text[]) or starts_with(source, 'kafka:') <> $3 end`,
      [this.settings.outboxRetentionMs, relayName, kafka, names],
    );
  }

  /** Old events that every consumer, of every service, has behind it. A consumer that stands still keeps what it has to see. */
  private async pruneOutbox(db: Database): Promise<number> {
    const upTo = await this.slowest(db);
    return this.inChunks(
      db,
      `select ctid from ${db.schema}.outbox where position <= $2 and occurred_at < now() - $1 * interval '1 millisecond'`,
      `${db.schema}.outbox`,
      [this.settings.outboxRetentionMs, upTo],
    );
  }

  /** The least offset that any consumer has at this source. Without any consumer nothing is held back. */
  private async slowest(db: Database): Promise<string> {
    const schemas = await db.query<{ schema: string }>(
      `select n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relname = 'consumer_offset' and c.relkind = 'r' and has_table_privilege(c.oid, 'select') order by 1`,
    );
    const parts = schemas.map(({ schema }) => `select position from ${schema}.consumer_offset where source = $1`);
    const [row] = await db.query<{ position: string }>(
      `select coalesce(min(position), 9223372036854775807)::text as position from (${parts.join(' union all ')}) o`,
      [db.schema],
    );
    return row?.position ?? '0';
  }

  private async inChunks(db: Database, select: string, table: string, params: unknown[]): Promise<number> {
    for (let total = 0; ; ) {
      const [row] = await db.query<{ count: string }>(
        `with gone as (delete from ${table} where ctid = any(array(${select} limit ${chunk})) returning 1) select count(*) as count from gone`,
        params,
      );
      const count = Number(row?.count ?? 0);
      total += count;
      if (count < chunk) return total;
    }
  }
}
