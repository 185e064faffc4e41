import { auditRecorded, type EventDef } from '@autobroker/contracts';
import { uuidv7, type Clock } from '@autobroker/kernel';
import type { PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { envelopeOf, insertOutbox } from '../outbox';
import { auditEventOf, insertAuditRows } from './audit';
import { managerOn } from './bound-query-runner';
import type { QueryTimer } from './query-timer';
import type { AuditEntry, PublishInput, Tx } from './types';

/** What a transaction needs to know of the database it runs in. */
export interface TransactionContext {
  readonly schema: string;
  readonly clock: Clock;
  readonly dataSource: DataSource;
  readonly timer: QueryTimer;
  /** W3C traceparent of the work at hand. */
  readonly trace: () => string | null;
}

export class Transaction implements Tx {
  readonly schema: string;
  private hooks: (() => void)[] = [];
  private entities: EntityManager | undefined;
  private savepoints = 0;
  private published = false;
  private ended = false;

  constructor(
    private readonly context: TransactionContext,
    private readonly client: PoolClient,
  ) {
    this.schema = context.schema;
  }

  /** Made on first use: most transactions speak SQL only. */
  get manager(): EntityManager {
    this.assertOpen();
    this.entities ??= managerOn(this.context.dataSource, this.client, true);
    return this.entities;
  }

  withManager<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return work(this.manager);
  }

  async query<R = Record<string, unknown>>(sql: string, params?: unknown[]): Promise<R[]> {
    this.assertOpen();
    return this.context.timer.time(sql, undefined, async () => (await this.client.query(sql, params)).rows as R[]);
  }

  async publish<D extends EventDef>(event: D, input: PublishInput<D>): Promise<string> {
    const [id] = await this.publishAll(event, [input]);
    if (id === undefined) throw new Error('the outbox took no event');
    return id;
  }

  async publishAll<D extends EventDef>(event: D, inputs: readonly PublishInput<D>[]): Promise<string[]> {
    if (inputs.length === 0) return [];
    const occurredAt = this.context.clock.now();
    const trace = this.context.trace();
    const envelopes = inputs.map((input) => envelopeOf(event, input, { id: uuidv7(), occurredAt, trace }));
    await insertOutbox((sql, params) => this.query(sql, params), this.schema, envelopes);
    this.published = true;
    return envelopes.map((envelope) => envelope.id);
  }

  audit(entry: AuditEntry): Promise<void> {
    return this.auditAll([entry]);
  }

  async auditAll(entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const at = this.context.clock.now();
    const rows = entries.map((entry) => ({ id: uuidv7(), at, entry }));
    await insertAuditRows((sql, params) => this.query(sql, params), this.schema, rows);
    await this.publishAll(
      auditRecorded,
      rows.map((row) => auditEventOf(this.schema, row)),
    );
  }

  afterCommit(work: () => void): void {
    this.assertOpen();
    this.hooks.push(work);
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    this.savepoints += 1;
    const name = `part_${this.savepoints}`;
    const hooks = this.hooks.length;
    await this.query(`savepoint ${name}`);
    try {
      const result = await work();
      await this.query(`release savepoint ${name}`);
      return result;
    } catch (error) {
      this.hooks.length = hooks; // what was promised inside is undone with it
      // If this fails too the connection is gone, and the first error says more.
      await this.query(`rollback to savepoint ${name}; release savepoint ${name}`).catch(() => undefined);
      throw error;
    }
  }

  get hasPublished(): boolean {
    return this.published;
  }

  /** From here on the object refuses work, so that a forgotten `await` can't write outside its transaction. */
  end(): void {
    this.ended = true;
  }

  committed(): readonly (() => void)[] {
    return this.hooks;
  }

  private assertOpen(): void {
    if (this.ended) throw new Error('this transaction has ended: a call in it was not awaited');
  }
}
