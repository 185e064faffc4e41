import { auditRecorded, type EventDef, type EventEnvelope } from '@autobroker/contracts';
import { uuidv7, type Clock } from '@autobroker/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { envelopeOf, type SqlPart } from '../outbox';
import { auditEventOf, type AuditRow } from './audit';
import { managerOn, type Part } from './bound-query-runner';
import type { QueryTimer } from './query-timer';
import { Records } from './records';
import type { Statement } from './rows-of';
import { StatementNames } from './statement-names';
import type { TransactionConnection } from './transaction-connection';
import type { AuditEntry, LateWrite, PublishInput, QueryOptions, Tx } from './types';
import type { WorkClaim } from './work-claim';

/** What a transaction needs to know of the database it runs in. */
export interface TransactionContext {
  readonly schema: string;
  readonly clock: Clock;
  readonly dataSource: DataSource;
  readonly timer: QueryTimer;
  /** W3C traceparent of the work at hand. */
  readonly trace: () => string | null;
  /** Prepared statements live in a session, which a pooler in transaction mode takes away. */
  readonly prepared: boolean;
}

/** Whoever looks there in a transaction shall see what the transaction has said so far. */
const looksAtRecords = /\b(?:outbox|audit_log)/i;

const names = new StatementNames('records');

export class Transaction implements Tx {
  readonly schema: string;
  private hooks: (() => void)[] = [];
  private entities: EntityManager | undefined;
  private savepoints = 0;
  private published = false;
  private ended = false;
  private settling = false;
  private readonly records: Records;

  constructor(
    private readonly context: TransactionContext,
    private readonly connection: TransactionConnection,
    /** Where its statements may take longer than usual, so may their answers. */
    private readonly answerTimeoutMs?: number,
  ) {
    this.schema = context.schema;
    this.records = new Records(this.schema, (sql, params) => this.run(sql, [...params], names.for(sql).name));
  }

  /** Made on first use: most transactions speak SQL only. */
  get manager(): EntityManager {
    this.assertOpen();
    this.entities ??= managerOn(this.context.dataSource, {
      open: async () => {
        await this.records.flushWrites();
        return this.connection.open();
      },
      begins: () => this.beginPart(),
      undone: (part) => this.undo(part),
    });
    return this.entities;
  }

  withManager<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return work(this.manager);
  }

  async query<R = Record<string, unknown>>(sql: string, params?: unknown[], options?: QueryOptions): Promise<R[]> {
    this.assertOpen();
    if (looksAtRecords.test(sql)) await this.records.flush();
    else await this.records.flushWrites();
    return this.run<R>(sql, params, options?.name);
  }

  writeLater(write: LateWrite): Promise<void> {
    this.assertOpen();
    return this.records.write(write);
  }

  writeNow(): Promise<void> {
    this.assertOpen();
    return this.records.flushWrites();
  }

  async publish<D extends EventDef>(event: D, input: PublishInput<D>): Promise<string> {
    const [id] = await this.publishAll(event, [input]);
    if (id === undefined) throw new Error('the outbox took no event');
    return id;
  }

  async publishAll<D extends EventDef>(event: D, inputs: readonly PublishInput<D>[]): Promise<string[]> {
    if (inputs.length === 0) return [];
    const envelopes = this.envelopes(event, inputs);
    await this.say(envelopes);
    return envelopes.map((envelope) => envelope.id);
  }

  audit(entry: AuditEntry): Promise<void> {
    return this.auditAll([entry]);
  }

  async auditAll(entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const at = this.context.clock.now();
    const rows = entries.map((entry) => ({ id: uuidv7(), at, entry }));
    const events = rows.map((row) => auditEventOf(this.schema, row));
    await this.say(this.envelopes(auditRecorded, events), rows);
  }

  afterCommit(work: () => void): void {
    this.assertOpen();
    this.hooks.push(work);
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    this.savepoints += 1;
    const name = `part_${this.savepoints}`;
    const part = await this.beginPart();
    await this.query(`savepoint ${name}`);
    try {
      const result = await work();
      await this.query(`release savepoint ${name}`);
      return result;
    } catch (error) {
      this.undo(part);
      // If this fails too the connection is gone, and the first error says more.
      await this.query(`rollback to savepoint ${name}; release savepoint ${name}`).catch(() => undefined);
      throw error;
    }
  }

  private async beginPart(): Promise<Part> {
    return { said: await this.records.begin(), hooks: this.hooks.length };
  }

  /** What was promised and said inside is undone with it. */
  private undo({ said, hooks }: Part): void {
    this.hooks.length = hooks;
    this.records.forget(said);
  }

  get hasPublished(): boolean {
    return this.published;
  }

  /** Just before the commit, or with it. True when the claimed work was noted as done with it. */
  async settle(claim: WorkClaim | null, lastly?: SqlPart): Promise<boolean> {
    this.settling = true;
    if (claim !== null) return this.records.flushAndNote(claim, lastly);
    await this.records.flush(lastly);
    return false;
  }

  /** From here on the object refuses work, so that a forgotten `await` can't write outside its transaction. */
  end(): void {
    this.ended = true;
  }

  committed(): readonly (() => void)[] {
    return this.hooks;
  }

  private envelopes<D extends EventDef>(event: D, inputs: readonly PublishInput<D>[]): EventEnvelope[] {
    const occurredAt = this.context.clock.now();
    const trace = this.context.trace();
    return inputs.map((input) => envelopeOf(event, input, { id: uuidv7(), occurredAt, trace }));
  }

  private async say(events: readonly EventEnvelope[], audits: readonly AuditRow[] = []): Promise<void> {
    this.assertOpen();
    this.records.add(events, audits);
    this.published = true;
    if (this.records.isFull) await this.records.flush();
  }

  private run<R>(sql: string, params?: unknown[], name?: string): Promise<R[]> {
    const statement: Statement = {
      text: sql,
      ...(params === undefined ? {} : { values: params }),
      ...(name === undefined || !this.context.prepared ? {} : { name }),
      ...(this.answerTimeoutMs === undefined ? {} : { query_timeout: this.answerTimeoutMs }),
    };
    return this.context.timer.time(sql, undefined, () => (this.settling ? this.connection.runAndCommit<R>(statement) : this.connection.run<R>(statement)));
  }

  private assertOpen(): void {
    if (this.ended) throw new Error('this transaction has ended: a call in it was not awaited');
  }
}
