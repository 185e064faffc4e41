import { uuidv7 } from '@autobroker/kernel';
import { WorkClaim } from '../../database';
import type { ClaimOutcome, IdempotencyClaim, IdempotencyRef, IdempotencyStore, WorkedOn } from './store';

/** The part of a service's database that this needs. */
export interface SqlPort {
  readonly schema: string;
  query<R>(sql: string, params?: unknown[], options?: { name?: string }): Promise<R[]>;
}

interface Row {
  readonly request_hash: Buffer;
  readonly status: number | null;
  readonly answer: Buffer | null;
  readonly left_worked: boolean;
  readonly worked_on: WorkedOn | null;
}

/** Keeps answers in the service's own schema, in the table that `platformTables` makes. Times are the database's. */
export class PgIdempotencyStore implements IdempotencyStore {
  private readonly table: string;

  constructor(private readonly db: SqlPort) {
    this.table = `${db.schema}.idempotency_key`;
  }

  async claim(claim: IdempotencyClaim): Promise<ClaimOutcome> {
    // A key that is swept or released between the two statements is free again: the next round claims it.
    for (let round = 0; round < 5; round += 1) {
      const owner = claim.owner ?? uuidv7();
      if (await this.tryClaim(claim, owner)) return { kind: 'claimed', owner };
      const outcome = await this.look(claim);
      if (outcome !== null) return outcome;
    }
    return { kind: 'in_flight' };
  }

  /** One statement decides between racing requests. An abandoned claim is taken over only by the same request, and not after its work was done. */
  private async tryClaim(claim: IdempotencyClaim, owner: string): Promise<boolean> {
    const rows = await this.db.query(
      `insert into ${this.table} as k (scope, route, key, owner, request_hash, locked_until, expires_at)
       values ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond', now() + $7 * interval '1 millisecond')
       on conflict (scope, route, key) do update
         set owner = excluded.owner, request_hash = excluded.request_hash, locked_until = excluded.locked_until,
             status = null, answer = null, worked_at = null, worked_on = null, created_at = now(), expires_at = excluded.expires_at
         where k.expires_at <= now()
            or (k.status is null and k.worked_at is null and k.locked_until <= now() and k.request_hash = excluded.request_hash)
       returning owner`,
      [claim.scope, claim.route, claim.key, owner, claim.requestHash, claim.lockMs, claim.keepMs],
      { name: `idempotency-claim-${this.db.schema}` },
    );
    return rows.length > 0;
  }

  private async look(claim: IdempotencyClaim): Promise<ClaimOutcome | null> {
    const [row] = await this.db.query<Row>(
      `select request_hash, status, answer, worked_on,
              status is null and worked_at is not null and locked_until <= now() as left_worked from ${this.table} where scope = $1 and route = $2 and key = $3`,
      [claim.scope, claim.route, claim.key],
      { name: `idempotency-look-${this.db.schema}` },
    );
    if (row === undefined) return null;
    if (!claim.requestHash.equals(row.request_hash)) return { kind: 'mismatch' };
    if (row.left_worked) return { kind: 'worked', on: row.worked_on };
    if (row.status === null || row.answer === null) return { kind: 'in_flight' };
    return { kind: 'answered', status: row.status, answer: row.answer };
  }

  workOf({ scope, route, key }: IdempotencyRef, owner: string): WorkClaim {
    return new WorkClaim(this.db.schema, { scope, route, key }, owner);
  }

  async settle(ref: IdempotencyRef, owner: string, status: number, answer: Buffer): Promise<boolean> {
    const rows = await this.db.query(
      `update ${this.table} set status = $5, answer = $6, locked_until = null
       where scope = $1 and route = $2 and key = $3 and owner = $4 and status is null returning key`,
      [ref.scope, ref.route, ref.key, owner, status, answer],
      { name: `idempotency-settle-${this.db.schema}` },
    );
    return rows.length > 0;
  }

  async release(ref: IdempotencyRef, owner: string): Promise<void> {
    await this.db.query(
      `delete from ${this.table} where scope = $1 and route = $2 and key = $3 and owner = $4 and status is null`,
      [ref.scope, ref.route, ref.key, owner],
      { name: `idempotency-release-${this.db.schema}` },
    );
  }

  async giveUp(ref: IdempotencyRef, owner: string): Promise<void> {
    await this.db.query(
      `with free as (
         delete from ${this.table}
          where scope = $1 and route = $2 and key = $3 and owner = $4 and status is null and worked_at is null
       )
       update ${this.table} set locked_until = now()
        where scope = $1 and route = $2 and key = $3 and owner = $4 and status is null and worked_at is not null`,
      [ref.scope, ref.route, ref.key, owner],
      { name: `idempotency-give-up-${this.db.schema}` },
    );
  }

  async sweep(limit: number): Promise<number> {
    const rows = await this.db.query(
      `delete from ${this.table} where (scope, route, key) in
         (select scope, route, key from ${this.table} where expires_at <= now() limit $1 for update skip locked)
       returning key`,
      [limit],
    );
    return rows.length;
  }
}
