import { isConflict, isStalePlan, isUnavailable, mapped } from './errors';
import type { ConnectionPool } from './pool';
import type { QueryTimer } from './query-timer';
import { rowsOf } from './rows-of';

/** Whose statement it is and the name to prepare it by: each only where a connection may keep it (not behind a pooler). */
export interface ReplicaStatement {
  readonly role: string | undefined;
  readonly timer: QueryTimer;
  readonly name: string | undefined;
}

/** Reads from a replica while it is there and fresh; whoever asks falls back to the primary otherwise. */
export class ReplicaReader {
  private fresh = false;
  private late = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connections: ConnectionPool,
    private readonly maxLagMs: number,
    private readonly checkEveryMs = 2_000,
  ) {}

  get usable(): boolean {
    return this.fresh;
  }

  async start(): Promise<void> {
    await this.check();
    this.timer = setInterval(() => void this.check(), this.checkEveryMs);
    this.timer.unref();
  }

  /** Undefined when the replica went away meanwhile. */
  async query<R>(
    sql: string,
    params: unknown[] | undefined,
    { role, timer, name }: ReplicaStatement,
  ): Promise<R[] | undefined> {
    try {
      const client = await this.connections.pool.connectAsIs(role);
      let failure: unknown;
      try {
        if (role !== undefined) await this.connections.pool.assumeRole(client, role);
        const statement = { text: sql, values: params ?? [], ...(name === undefined ? {} : { name }) };
        return await timer.time(sql, 'replica', () => rowsOf<R>(client, statement));
      } catch (error) {
        failure = error;
        throw error;
      } finally {
        this.connections.release(client, failure);
      }
    } catch (error) {
      // A migration came between: the primary knows how to begin anew. Or what it read had to give way to what the primary does.
      if (isStalePlan(error) || isConflict(error)) return undefined;
      if (!isUnavailable(error)) throw mapped(error);
      this.fresh = false;
      return undefined;
    }
  }

  /**
   * A server that is no standby has no lag. A standby that is connected to its primary and has replayed all it received lags
   * by nothing, however long ago that was; one that is cut off may have missed anything since its last transaction.
   */
  private async check(): Promise<void> {
    try {
      const { rows } = await this.connections.pool.query<{ lag: number | null }>(
        `select case when not pg_is_in_recovery() then 0
                     when coalesce(pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn(), true)
                          and exists (select 1 from pg_stat_wal_receiver) then 0
                     else extract(epoch from now() - pg_last_xact_replay_timestamp()) * 1000 end::float8 as lag`,
      );
      const lag = rows[0]?.lag;
      const late = typeof lag !== 'number' || lag > this.maxLagMs;
      // Once may be the moment between receiving and replaying after a quiet time, when the last transaction is long ago.
      this.fresh = !late || (this.fresh && !this.late);
      this.late = late;
    } catch {
      this.fresh = false;
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.fresh = false;
    await this.connections.close();
  }
}
