import { Pool, type PoolClient } from 'pg';

type ConnectCallback = (
  error: Error | undefined,
  client: PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/**
 * The process's pool. A service's statements outside transactions leave its role on the connection; whoever takes a
 * connection from the pool itself gets one that speaks as the login again.
 */
export class SharedPool extends Pool {
  private readonly roles = new WeakMap<PoolClient, string>();

  /** A connection with whatever role its last user left: for callers that set their own. */
  connectAsIs(): Promise<PoolClient> {
    return super.connect();
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<PoolClient> | void {
    if (callback === undefined) return super.connect().then((client) => this.asLogin(client));
    super.connect((error, client, done) => callback(error, client === undefined ? client : this.asLogin(client), done));
  }

  speaksAs(client: PoolClient, role: string): boolean {
    return this.roles.get(client) === role;
  }

  async assumeRole(client: PoolClient, role: string): Promise<void> {
    if (this.speaksAs(client, role)) return;
    await client.query(`set role ${role}`);
    this.roles.set(client, role);
  }

  /** Sent ahead of the next statement on the same connection, so nobody needs to wait for it. */
  private asLogin(client: PoolClient): PoolClient {
    if (this.roles.delete(client)) client.query('reset role').catch(() => undefined);
    return client;
  }
}
