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
    super.connect((error, client, done) => {
      if (client === undefined || !this.roles.has(client)) return callback(error, client, done);
      this.asLogin(client).then(
        () => callback(undefined, client, done),
        // The connection is gone already: there is nothing to give back.
        (failure: Error) => callback(failure, undefined, () => undefined),
      );
    });
  }

  speaksAs(client: PoolClient, role: string): boolean {
    return this.roles.get(client) === role;
  }

  async assumeRole(client: PoolClient, role: string): Promise<void> {
    if (this.speaksAs(client, role)) return;
    await client.query(`set role ${role}`);
    this.roles.set(client, role);
  }

  /** Waited for: the driver is about to refuse a second statement while the first is on its way. */
  private async asLogin(client: PoolClient): Promise<PoolClient> {
    if (!this.roles.delete(client)) return client;
    try {
      await client.query('reset role');
    } catch (error) {
      client.release(true); // it speaks as nobody knows whom
      throw error;
    }
    return client;
  }
}
