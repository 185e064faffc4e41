import type { EventData, EventDef } from '@autobroker/contracts';
import type { EntityManager, ObjectLiteral, ObjectType } from 'typeorm';
import type { SqlPart } from '../outbox';

export type EntityClass = ObjectType<ObjectLiteral>;

/** Runs SQL on one connection. */
export type SqlRunner = <R = Record<string, unknown>>(sql: string, params?: unknown[]) => Promise<R[]>;

/** One step forward of a schema. Once applied anywhere it never changes: its checksum is kept. */
export interface Migration {
  /** `0001-vehicles`: unique within the service, and what sorts it for a reader. */
  readonly id: string;
  /** Schema-qualified SQL, or a function where SQL alone can't say it. */
  readonly up: string | ((sql: SqlRunner) => Promise<void>);
  /** What stands for a function in the checksum, since compilers print one function in many ways. */
  readonly revision?: string;
  /** `false` for what PostgreSQL refuses inside a transaction (`create index concurrently`). */
  readonly transaction?: false;
  /** Checksums of older words of it that come to the same: a database that has run those has run this. */
  readonly formerly?: readonly string[];
}

/** What a service keeps in the database. Its name is the name of its schema. */
export interface ServiceSchema {
  readonly name: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly Migration[];
}

export type IsolationLevel = 'read committed' | 'repeatable read' | 'serializable';

export interface TransactionOptions {
  /** How often a transaction that lost a deadlock or a serialisation conflict is run again (3). */
  readonly retries?: number;
  /** Asked when the work has ended well: what else is written together with the transaction's records, just before the commit. */
  readonly lastly?: () => SqlPart | undefined;
  readonly isolation?: IsolationLevel;
  /** Reads only: the server refuses writes. */
  readonly readOnly?: boolean;
  /** Longest time of each of its statements, instead of the role's. */
  readonly statementTimeoutMs?: number;
}

export interface QueryOptions {
  /** Prepares the statement under this name on connections where that is safe. One name, one text. */
  readonly name?: string;
}

export interface Actor {
  readonly kind: 'anonymous' | 'user' | 'client' | 'system';
  readonly id: string | null;
}

export interface AuditEntry {
  readonly actor: Actor;
  /** `vehicle.updated` */
  readonly action: string;
  readonly object: { readonly type: string; readonly id: string };
  readonly tenantId: string | null;
  /** Ids and plain facts: never personal data. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string | null;
  readonly from?: { readonly ip?: string | null; readonly request_id?: string | null };
}

export interface PublishInput<D extends EventDef = EventDef> {
  readonly key: string;
  readonly tenantId: string | null;
  readonly data: EventData<D>;
}

/** Something that can lend a TypeORM manager: a transaction its own, the database one without a transaction. */
export interface ManagerSource {
  withManager<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
}

/** Two of one table may be about the same row: they are never part of one statement. */
export interface LateWrite {
  /** A table of the own schema, by its plain name. */
  readonly table: string;
  /** What it does there. */
  readonly what: string;
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** The unit of work, handed on explicitly: whoever takes a `Tx` writes in its caller's transaction. */
export interface Tx extends ManagerSource {
  readonly schema: string;
  readonly manager: EntityManager;
  query<R = Record<string, unknown>>(sql: string, params?: unknown[], options?: QueryOptions): Promise<R[]>;
  /**
   * A write that nobody reads from: it goes with the next statement or with the last one, and costs no message of its own.
   * Should it fail, that statement does, or the commit: where this is to be told from other failures, `query` is the way.
   */
  writeLater(write: LateWrite): Promise<void>;
  /** What is left of it, now. */
  writeNow(): Promise<void>;
  /**
   * The event goes into the outbox, and leaves when, and only when, this transaction commits. Audit rows and events are
   * written together before the commit, or as soon as the transaction looks at them. Returns its id.
   */
  publish<D extends EventDef>(event: D, input: PublishInput<D>): Promise<string>;
  /** Many events of one kind, in the order given. */
  publishAll<D extends EventDef>(event: D, inputs: readonly PublishInput<D>[]): Promise<string[]>;
  audit(entry: AuditEntry): Promise<void>;
  auditAll(entries: readonly AuditEntry[]): Promise<void>;
  /** Runs after a successful commit; never when the transaction, or the savepoint it was called in, is undone. */
  afterCommit(work: () => void): void;
  /** A part that may fail without undoing the rest. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
}
