import { Query, type Connection, type PoolClient } from 'pg';
import type { Statement } from './rows-of';

/** Parts of the driver's query that its types do not tell of. */
declare module 'pg' {
  interface Query<R, I> {
    values?: I;
    _result: { readonly rows: R[] };
    prepare(connection: Connection): void;
    _getRows(connection: Connection): void;
    handleCommandComplete(message: { readonly text: string }, connection: Connection): void;
  }
}

/** Statements that go with another one, by the names under which the connection has prepared them. They return no rows. */
export interface Companions {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface ChainedResult<R> {
  readonly rows: R[];
  /** What the server says of each statement that went after it. */
  readonly after: readonly string[];
}

/**
 * One statement with those before and after it, in one message with one answer. Up to its end the server skips whatever
 * comes after an error: none of them runs unless those before it have.
 */
class ChainedQuery extends Query {
  readonly after: string[] = [];
  /** How long the answer may take; the driver looks for it here. */
  readonly query_timeout: number | undefined;
  private completed = 0;

  constructor(
    statement: Statement,
    private readonly companions: Companions,
    done: (error: Error | undefined, result: { rows: unknown[] }) => void,
  ) {
    super(statement, done);
    this.query_timeout = statement.query_timeout;
  }

  override prepare(connection: Connection): void {
    for (const name of this.companions.before) runPrepared(connection, name);
    super.prepare(connection);
  }

  override _getRows(connection: Connection): void {
    connection.execute(null, true);
    for (const name of this.companions.after) runPrepared(connection, name);
    connection.sync();
  }

  override handleCommandComplete(message: { readonly text: string }, connection: Connection): void {
    const own = this.companions.before.length;
    if (this.completed === own) super.handleCommandComplete(message, connection);
    if (this.completed > own) this.after.push(message.text);
    this.completed += 1;
  }
}

function runPrepared(connection: Connection, name: string): void {
  connection.bind({ statement: name }, true);
  connection.execute(null, true);
}

export async function runChained<R>(client: PoolClient, statement: Statement, companions: Companions): Promise<ChainedResult<R>> {
  try {
    return await new Promise<ChainedResult<R>>((resolve, reject) => {
      const query = new ChainedQuery(statement, companions, (error, result) => {
        if (error !== undefined && error !== null) return reject(error);
        // Taken out of the driver's result, as in `rows-of.ts`.
        const rows = result.rows as R[];
        result.rows = [];
        resolve({ rows, after: query.after });
      });
      client.query(query);
    });
  } catch (error) {
    // As the driver does: a stack that leads to who asked.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  }
}
