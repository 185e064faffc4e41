import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { runChained } from './chained-query';
import type { Statement } from './rows-of';

type ConnectCallback = (
  error: Error | undefined,
  client: PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

interface Idle {
  readonly client: PoolClient;
}

const isList = (idle: unknown): idle is Idle[] => Array.isArray(idle);

/** Who waits for a connection, in the driver's own list. */
const isLine = (line: unknown): line is object[] => Array.isArray(line);

const wordsFor = (role: string): string => `set role ${role}`;

interface Wanting {
  readonly role: string;
  /** How often others were let by. */
  passed: number;
}

/**
 * The process's pool. A service's statements outside transactions leave its role on the connection; whoever takes a
 * connection from the pool itself gets one that speaks as the login again.
 */
export class SharedPool extends Pool {
  private readonly roles = new WeakMap<PoolClient, string>();
  /** The changes of role that a connection has prepared. */
  private readonly kept = new WeakMap<PoolClient, Set<string>>();
  private readonly wanting = new WeakMap<object, Wanting>();

  constructor(config: PoolConfig) {
    super(config);
    this.on('release', (error, client) => {
      // What has failed does not come back.
      if (!Boolean(error)) this.letBy(this.roles.get(client));
    });
  }

  /**
   * A connection with whatever role its last user left. Who needs a role gets one that speaks as it already, where one is
   * idle: it need not be told. Else, and who needs none, gets one of the role that has the most of them idle, so that every
   * role keeps some.
   *
   * The driver has no word for this. It gives those who wait the idle connections that it got back last, from the end of a
   * list of its own; with another kind of list, any connection is as good.
   */
  connectAsIs(role?: string): Promise<PoolClient> {
    const idle: unknown = Reflect.get(this, '_idle');
    if (!isList(idle)) return super.connect();
    // Who asked in this same moment still waits for the last ones.
    const free = idle.length - this.waitingCount;
    if (free <= 0) return this.waitFor(role);
    const speaks = (wanted: string | undefined): number => idle.findLastIndex(({ client }, at) => at < free && this.roles.get(client) === wanted);
    const take = (at: number): Promise<PoolClient> => {
      idle.splice(free - 1, 0, ...idle.splice(at, 1));
      return super.connect();
    };
    const spare = (): number => speaks(this.mostIdle(idle.slice(0, free)));
    if (role === undefined) return take(spare());
    const mine = speaks(role);
    const at = mine >= 0 ? mine : speaks(undefined);
    if (at >= 0) return take(at);
    if (this.totalCount >= this.options.max) return take(spare());
    // While there may be more connections, no role takes another one's: the pool sees none that is idle, and makes one.
    const others = idle.splice(0);
    try {
      return super.connect();
    } finally {
      idle.push(...others);
    }
  }

  /** Or for a new one, where there may be more. */
  private waitFor(role: string | undefined): Promise<PoolClient> {
    const line: unknown = Reflect.get(this, '_pendingQueue');
    const before = this.waitingCount;
    const connected = super.connect();
    const mine = isLine(line) && line.length > before ? line.at(-1) : undefined;
    if (mine !== undefined && role !== undefined) this.wanting.set(mine, { role, passed: 0 });
    return connected;
  }

  /**
   * All connections are busy, and one that speaks as this is about to come back: goes to the first in the line that
   * need not change that. Nobody is passed more often than there are connections: that is about the time of one statement.
   */
  private letBy(role: string | undefined): void {
    const line: unknown = Reflect.get(this, '_pendingQueue');
    if (role === undefined || !isLine(line) || this.idleCount > 0) return;
    const at = line.findIndex((one) => (this.wanting.get(one)?.role ?? role) === role);
    const passed = line.slice(0, Math.max(0, at)).map((one) => this.wanting.get(one));
    // Who has come first was passed the most often.
    const [first] = passed;
    if (first === undefined || first.passed >= this.options.max) return;
    for (const one of passed) if (one !== undefined) one.passed += 1;
    line.unshift(...line.splice(at, 1));
  }

  /** The role that most of these speak as; of several, the one that was used the longest ago. */
  private mostIdle(idle: readonly Idle[]): string | undefined {
    const counts = new Map<string | undefined, number>();
    for (const { client } of idle) {
      const role = this.roles.get(client);
      counts.set(role, (counts.get(role) ?? 0) + 1);
    }
    const most = Math.max(...counts.values());
    return [...counts].find(([, count]) => count === most)?.[0];
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

  /** With `keep` the connection prepares the words: from then on they can go with a statement. */
  async assumeRole(client: PoolClient, role: string, keep = false): Promise<void> {
    if (this.speaksAs(client, role)) return;
    const text = wordsFor(role);
    await client.query(keep ? { name: text, text } : text);
    if (keep) this.kept.set(client, (this.kept.get(client) ?? new Set<string>()).add(text));
    this.roles.set(client, role);
  }

  keeps(client: PoolClient, role: string): boolean {
    return this.kept.get(client)?.has(wordsFor(role)) === true;
  }

  /** A statement with the change of role that it needs, in one message. They are one transaction: what fails undoes both. */
  async runAs<R>(client: PoolClient, role: string, statement: Statement): Promise<R[]> {
    const { rows } = await runChained<R>(client, statement, { before: [wordsFor(role)], after: [] });
    this.roles.set(client, role);
    return rows;
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
