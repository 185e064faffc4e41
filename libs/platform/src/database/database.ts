import type { Clock } from '@autobroker/kernel';
import type { Pool, PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';
import { commitSignal } from '../outbox';
import { errors } from '../telemetry';
import { managerOn } from './bound-query-runner';
import { isConflict, isStalePlan, isUnavailable, lostDuring, mapped } from './errors';
import { answerGraceMs, type ConnectionPool } from './pool';
import type { ReplicaReader } from './replica';
import { isExtended, rowsOf, type Statement } from './rows-of';
import { Transaction, type TransactionContext } from './transaction';
import { TransactionConnection } from './transaction-connection';
import type { ManagerSource, QueryOptions, TransactionOptions, Tx } from './types';
import { openClaim } from './work-claim';

export interface DatabaseParts extends TransactionContext {
  readonly connections: ConnectionPool;
  readonly replica: ReplicaReader | undefined;
  /** Also where the login is that role (the distributed shape): the schema shared by all has another on the same pool. */
  readonly role: string;
  /** Whether a role may be set for a whole session: not behind a pooler in transaction mode. */
  readonly sessions: boolean;
}

/** The database as one service sees it: its schema and its role, over the process's one pool. */
export class Database implements ManagerSource {
  readonly schema: string;

  constructor(private readonly parts: DatabaseParts) {
    this.schema = parts.schema;
  }

  get clock(): Clock {
    return this.parts.clock;
  }

  get pool(): Pool {
    return this.parts.connections.pool;
  }

  /** One statement on the primary, committed by itself. */
  async query<R = Record<string, unknown>>(sql: string, params?: unknown[], options?: QueryOptions): Promise<R[]> {
    return this.queryAs<R>(this.parts.role, sql, params, options);
  }

  /**
   * The same for what every service's role may do, as reading the outboxes: it runs as whoever has used the connection
   * last, and so never has to change that.
   */
  async queryAsAnyone<R = Record<string, unknown>>(sql: string, params?: unknown[], options?: QueryOptions): Promise<R[]> {
    return this.queryAs<R>(undefined, sql, params, options);
  }

  private async queryAs<R>(role: string | undefined, sql: string, params?: unknown[], options?: QueryOptions): Promise<R[]> {
    const { prepared, connections } = this.parts;
    const name = prepared ? options?.name : undefined;
    const statement: Statement = { text: sql, ...(params === undefined ? {} : { values: params }), ...(name === undefined ? {} : { name }) };
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.onClient((client, turn) => this.run<R>(client, statement, options?.name, turn), role, prepared && isExtended(statement));
      } catch (error) {
        // A migration changed the table under connections that had prepared this: it did not run, and they are dropped one by one.
        if (name === undefined || !isStalePlan(error) || attempt >= connections.size) throw error;
      }
    }
  }

  /** One statement on the replica where there is a fresh one, else on the primary. */
  async read<R = Record<string, unknown>>(sql: string, params?: unknown[], options?: QueryOptions): Promise<R[]> {
    const replica = this.parts.replica;
    if (replica?.usable === true) {
      const { role, sessions, timer, prepared } = this.parts;
      const statement = { role: sessions ? role : undefined, timer, name: prepared ? options?.name : undefined };
      const answer = await replica.query<R>(sql, params, statement);
      if (answer !== undefined) return answer;
    }
    return this.query<R>(sql, params, options);
  }

  /** A TypeORM manager on a connection of its own, without a transaction: for reading. */
  withManager<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.onClient((client) => work(managerOn(this.parts.dataSource, client)), this.parts.role);
  }

  /**
   * Runs `work` in one transaction. A deadlock, a serialisation conflict or an outdated prepared statement runs it again,
   * so it has no effects but through `tx`; calls to the outside world belong after it.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const retries = options.retries ?? 3;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.attempt(work, options);
      } catch (error) {
        if (isStalePlan(error) && attempt < this.parts.connections.size) continue; // on another connection
        if (!isConflict(error) || attempt >= retries) throw mapped(error);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** attempt * 20));
      }
    }
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions): Promise<T> {
    const connection = await this.connect(options);
    const limit = options.statementTimeoutMs;
    const tx = new Transaction(this.parts, connection, limit === undefined ? undefined : limit + answerGraceMs);
    const claim = options.readOnly === true ? null : openClaim(this.schema);
    let broken: unknown;
    let result: T;
    try {
      try {
        result = await work(tx);
      } finally {
        tx.end();
      }
      const noted = await tx.settle(claim, options.lastly?.());
      await connection.commit();
      if (noted) claim?.note();
    } catch (error) {
      broken = error;
      // A connection that is gone, or does not answer, takes the transaction with it.
      if (!isUnavailable(error)) await connection.rollback().catch((failure: unknown) => (broken = failure));
      throw error;
    } finally {
      connection.release(broken);
    }
    if (tx.hasPublished) commitSignal.committed(this.schema);
    this.afterCommit(tx.committed());
    return result;
  }

  /** They cannot undo what was committed: whoever asked for it must not take it for failed, and do it again. */
  private afterCommit(hooks: readonly (() => void)[]): void {
    for (const hook of hooks) {
      try {
        hook();
      } catch (error) {
        errors.report(error, 'after a commit', { service: this.schema });
      }
    }
  }

  /** Role and time limit come with the `begin`, and end with the transaction: safe behind a pooler, and free. */
  private async connect(options: TransactionOptions): Promise<TransactionConnection> {
    const { connections, role, prepared } = this.parts;
    const isolation = options.isolation === undefined ? '' : ` isolation level ${options.isolation}`;
    const { statementTimeoutMs: limit } = options;
    const begins = [
      `begin${isolation}${options.readOnly === true ? ' read only' : ''}`,
      `set local role ${role}`,
      ...(limit === undefined ? [] : [`set local statement_timeout = ${Math.ceil(limit)}`]),
    ];
    return new TransactionConnection(connections, await connections.acquire(), { begins, prepared });
  }

  /**
   * Outside a transaction the role is kept on the connection, and only changed when its last user was another service.
   * Behind a pooler in transaction mode nothing can be kept: there such a statement runs as the login. In the distributed
   * shape that is the service's own, with its rights and no more; a process of several services that must keep them apart
   * behind a pooler as well uses transactions.
   */
  private async onClient<T>(work: (client: PoolClient, turn: string | undefined) => Promise<T>, role: string | undefined, takesTurn = false): Promise<T> {
    const { connections, prepared } = this.parts;
    const sessions = this.parts.sessions && role !== undefined;
    const client = await connections.acquire(role);
    let failure: unknown;
    let begun = false;
    try {
      const turn = sessions && !connections.pool.speaksAs(client, role) ? role : undefined;
      // A connection that knows the words is told them with the statement.
      const goesWith = turn !== undefined && takesTurn && connections.pool.keeps(client, turn);
      if (turn !== undefined && !goesWith) await connections.pool.assumeRole(client, turn, prepared);
      begun = true;
      return await work(client, goesWith ? turn : undefined);
    } catch (error) {
      failure = error;
      throw begun && isUnavailable(error) ? lostDuring('a statement', error) : mapped(error);
    } finally {
      connections.release(client, failure);
    }
  }

  private run<R>(client: PoolClient, statement: Statement, name: string | undefined, turn: string | undefined): Promise<R[]> {
    const { timer, connections } = this.parts;
    return timer.time(statement.text, name, () => (turn === undefined ? rowsOf<R>(client, statement) : connections.pool.runAs<R>(client, turn, statement)));
  }
}
