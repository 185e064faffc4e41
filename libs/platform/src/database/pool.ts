import { Client, type ClientConfig, type PoolClient } from 'pg';
import { CircuitBreaker, CircuitOpenError } from '../resilience';
import { DatabaseUnavailableError, isStalePlan, isUnavailable, mapped } from './errors';
import { SharedPool } from './shared-pool';

export interface TlsOptions {
  /** PEM of the authority that signed the server's certificate. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly rejectUnauthorized?: boolean;
  readonly servername?: string;
}

export interface ConnectionOptions {
  readonly url: string;
  readonly applicationName: string;
  readonly tls?: TlsOptions | undefined;
  readonly connectTimeoutMs?: number | undefined;
}

/** Over and above the time of a statement, which the server itself keeps: after so long it does not answer any more. */
export const answerGraceMs = 10_000;

export interface PoolOptions extends ConnectionOptions {
  readonly poolSize?: number;
  /** So many stay open however little there is to do: who comes after a lull need not wait for one. */
  readonly keep?: number;
  /** For so long the others stay open without use. */
  readonly idleTimeoutMs?: number;
  /** How long a caller waits for the database to come back before it gets an error. */
  readonly acquireRetryMs?: number;
  /** How long an answer may take before the server is taken for gone; longer than any statement may. Without it, for ever. */
  readonly answerTimeoutMs?: number;
  /** What health and metrics call it. */
  readonly circuitName?: string;
  readonly onConnectionError?: (error: unknown) => void;
}

export function clientConfig(options: ConnectionOptions): ClientConfig {
  return {
    connectionString: options.url,
    application_name: options.applicationName,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...(options.tls === undefined ? {} : { ssl: { rejectUnauthorized: true, ...options.tls } }),
  };
}

/** The process's pool, wrapped so that a lost server costs its callers a short wait or one clear error, and nothing is left broken. */
export class ConnectionPool {
  readonly pool: SharedPool;
  readonly size: number;
  readonly circuit: CircuitBreaker;
  private readonly acquireRetryMs: number;
  private closing: Promise<void> | undefined;

  constructor(options: PoolOptions) {
    this.acquireRetryMs = options.acquireRetryMs ?? 2_000;
    this.size = options.poolSize ?? 20;
    // Short: a restart takes a second or two, and the first caller who gets through opens the way for all.
    this.circuit = new CircuitBreaker(options.circuitName ?? 'database', { failures: 20, failureRate: 1, openMs: 500 });
    this.pool = new SharedPool({
      ...clientConfig(options),
      max: this.size,
      query_timeout: options.answerTimeoutMs,
      min: Math.min(this.size, options.keep ?? 0),
      idleTimeoutMillis: options.idleTimeoutMs ?? 60_000,
      allowExitOnIdle: true,
    });
    // An idle connection that dies is dropped by the pool itself; without a listener it would end the process.
    this.pool.on('error', (error) => options.onConnectionError?.(error));
    // The same for one that dies while it is lent out: its query fails, and that is where it is handled.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** A connection, one of this role's if possible; waits a little while the server is away, fails at once while the circuit is open. */
  async acquire(role?: string): Promise<PoolClient> {
    const end = performance.now() + this.acquireRetryMs;
    for (let pause = 25; ; pause *= 2) {
      try {
        return await this.circuit.run(() => this.pool.connectAsIs(role), () => this.closing === undefined);
      } catch (error) {
        if (this.closing !== undefined)
          throw new DatabaseUnavailableError('the database connection is closed', { cause: error });
        if (error instanceof CircuitOpenError)
          throw new DatabaseUnavailableError('the database is away (circuit open)', { cause: error });
        if (!isUnavailable(error)) throw error;
        if (performance.now() + pause > end) throw mapped(error);
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  /** Gives a connection back; one that failed as a connection, or holds outdated prepared statements, is thrown away. */
  release(client: PoolClient, error?: unknown): void {
    client.release(error !== undefined && (isUnavailable(error) || isStalePlan(error)));
  }

  discard(client: PoolClient): void {
    client.release(true);
  }

  close(): Promise<void> {
    this.circuit.dispose();
    this.closing ??= this.pool.end();
    return this.closing;
  }
}

/** One connection outside the pool: for LISTEN, session locks and migrations, which need a session of their own. */
export async function connectDirect(options: ConnectionOptions & { retryMs?: number }): Promise<Client> {
  const end = performance.now() + (options.retryMs ?? 0);
  for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
    const client = new Client(clientConfig(options));
    client.on('error', () => undefined); // its next query, or its `end` event, tells the holder
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!isUnavailable(error) || performance.now() + pause > end) throw mapped(error);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
