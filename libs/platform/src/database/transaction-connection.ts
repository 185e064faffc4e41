import type { PoolClient } from 'pg';
import { runChained } from './chained-query';
import { gaveNoAnswer, isUnavailable, lostDuring, mapped } from './errors';
import type { ConnectionPool } from './pool';
import { isExtended, rowsOf, type Statement } from './rows-of';

export interface TransactionStart {
  /** `begin` and what is set for the transaction, in order. */
  readonly begins: readonly string[];
  /** Whether the connection keeps prepared statements. */
  readonly prepared: boolean;
}

/** What the connections have prepared of `begin`, `commit` and the like, each under its own text. */
const prepared = new WeakMap<PoolClient, Set<string>>();

const knows = (client: PoolClient, texts: readonly string[]): boolean => {
  const known = prepared.get(client);
  return known !== undefined && texts.every((text) => known.has(text));
};

/** Runs one of them by itself, and has the connection keep it. */
async function runKept(client: PoolClient, text: string): Promise<string> {
  const { command } = await client.query({ name: text, text });
  const known = prepared.get(client);
  if (known === undefined) prepared.set(client, new Set([text]));
  else known.add(text);
  return command;
}

/**
 * The connection that a transaction runs on. It is begun in one message with its first statement, and committed in one
 * with its last: neither is a round trip of its own. One that runs no statement is never begun.
 */
export class TransactionConnection {
  private client: PoolClient | undefined;
  private opening: Promise<void> | undefined;
  private committed = false;

  constructor(
    private readonly connections: ConnectionPool,
    client: PoolClient,
    private readonly start: TransactionStart,
  ) {
    this.client = client;
  }

  async run<R>(statement: Statement): Promise<R[]> {
    if (this.opening === undefined) return this.first<R>(statement);
    return rowsOf<R>(await this.open(), statement);
  }

  /** The last statement, and with it the commit. */
  async runAndCommit<R>(statement: Statement): Promise<R[]> {
    // The first statement is sent again on another connection where this one is gone, and must not have been committed then.
    if (this.opening === undefined) return this.run<R>(statement);
    try {
      const client = await this.open();
      // Where the connection does not know the word yet, or keeps none, the commit comes by itself.
      if (!this.start.prepared || !knows(client, ['commit']) || !isExtended(statement)) return await this.run<R>(statement);
      const { rows, after } = await runChained<R>(client, statement, { before: [], after: ['commit'] });
      this.assertCommitted(after[0]);
      return rows;
    } catch (error) {
      throw isUnavailable(error) ? lostDuring('the commit', error) : error;
    }
  }

  async commit(): Promise<void> {
    if (this.opening === undefined || this.committed) return;
    const client = await this.open();
    try {
      this.assertCommitted(this.start.prepared ? await runKept(client, 'commit') : (await client.query('commit')).command);
    } catch (error) {
      throw isUnavailable(error) ? lostDuring('the commit', error) : error;
    }
  }

  async rollback(): Promise<void> {
    if (this.opening === undefined) return;
    await this.client?.query('rollback');
  }

  release(error: unknown): void {
    if (this.client !== undefined) this.connections.release(this.client, error);
  }

  /** The connection, on which the transaction has begun. */
  async open(): Promise<PoolClient> {
    if (this.opening === undefined) await this.opened((client) => this.begin(client));
    else await this.opening;
    return this.held();
  }

  /** After silence the next connection is asked to begin before it is given the statement, which may be what took so long. */
  private async first<R>(statement: Statement): Promise<R[]> {
    const { begins } = this.start;
    let wasSilent = false;
    const rows = await this.opened(async (client) => {
      if (!wasSilent && this.start.prepared && isExtended(statement) && knows(client, begins)) {
        try {
          return (await runChained<R>(client, statement, { before: begins, after: [] })).rows;
        } catch (error) {
          wasSilent = gaveNoAnswer(error);
          throw error;
        }
      }
      await this.begin(client);
      return null;
    });
    return rows ?? rowsOf<R>(this.held(), statement);
  }

  /**
   * Nothing is committed yet, so a connection that turns out to be dead is simply replaced. Those who ask in the same
   * moment wait, as the first one's failure is not theirs.
   */
  private async opened<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    let settled: () => void = () => undefined;
    this.opening = new Promise((resolve) => (settled = resolve));
    try {
      for (let attempt = 0; ; attempt++) {
        const client = this.held();
        try {
          return await work(client);
        } catch (error) {
          if (!isUnavailable(error)) throw error;
          this.client = undefined;
          this.connections.discard(client);
          if (attempt >= this.connections.size) throw mapped(error);
          this.client = await this.connections.acquire();
        }
      }
    } finally {
      settled();
    }
  }

  private async begin(client: PoolClient): Promise<void> {
    const { begins } = this.start;
    const last = begins.at(-1);
    if (!this.start.prepared || last === undefined) await client.query(begins.join('; '));
    else if (knows(client, begins)) await runChained(client, { name: last, text: last }, { before: begins.slice(0, -1), after: [] });
    else for (const text of begins) await runKept(client, text);
  }

  private held(): PoolClient {
    if (this.client === undefined) throw new Error('the transaction has lost its connection');
    return this.client;
  }

  // PostgreSQL answers the commit of a failed transaction with a rollback, and no error.
  private assertCommitted(command: string | undefined): void {
    if (command !== 'COMMIT') throw new Error('the transaction was undone: an error inside it was swallowed');
    this.committed = true;
  }
}
