import type { Clock } from '@autobroker/kernel';
import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Tx } from '../types';
import type { MasterKeys } from './master-keys';

export class PersonErasedError extends Error {
  readonly code = 'person_erased';

  constructor(readonly personId: string) {
    super(`the key of person ${personId} was destroyed`);
    this.name = 'PersonErasedError';
  }
}

/** Runs SQL: a transaction, or the database where no transaction is needed. */
export interface KeyReader {
  query<R>(sql: string, params?: unknown[]): Promise<R[]>;
}

interface KeyRow {
  readonly master_key_id: string | null;
  readonly wrapped: Buffer | null;
}

export interface KeyCacheOptions {
  readonly max?: number;
  readonly ttlMs?: number;
}

/** The data keys of people: rows of `person_key`, opened by the master keys, remembered for a short while. */
export class PersonKeys {
  private readonly cache: LRUCache<string, Buffer>;
  /** Counts what was forgotten: a row that was read before must not be remembered after. */
  private forgotten = 0;

  constructor(
    private readonly schema: string,
    private readonly masters: MasterKeys,
    private readonly clock: Clock,
    cache: KeyCacheOptions = {},
  ) {
    this.cache = new LRUCache({ max: cache.max ?? 5_000, ttl: cache.ttlMs ?? 60_000 });
  }

  /** The key, made when the person has none yet. Two first writers of one person end up with the same one. */
  async forWriting(tx: Tx, personId: string): Promise<Buffer> {
    const known = this.cache.get(personId);
    if (known !== undefined) {
      // An erasure under way holds the row; one that has happened is seen here and not in this process's memory.
      const [row] = await tx.query<{ alive: boolean }>(
        `select wrapped is not null as alive from ${this.schema}.person_key where person_id = $1 for key share`,
        [personId],
        { name: `vault-alive-${this.schema}` },
      );
      if (row?.alive === true) return known;
      this.forget(personId);
    }
    const fresh = randomBytes(32);
    const { keyId, wrapped } = this.masters.wrap(fresh, this.owner(personId));
    const made = await tx.query(
      `insert into ${this.schema}.person_key (person_id, master_key_id, wrapped, created_at) values ($1, $2, $3, $4)
       on conflict (person_id) do nothing returning person_id`,
      [personId, keyId, wrapped, this.clock.now()],
    );
    if (made.length > 0) return fresh; // remembered on first reading: this transaction may still be undone
    const [row] = await tx.query<KeyRow>(
      `select master_key_id, wrapped from ${this.schema}.person_key where person_id = $1 for key share`,
      [personId],
    );
    const key = row === undefined ? undefined : this.opened(row, personId);
    if (key === undefined) throw new PersonErasedError(personId);
    return key;
  }

  /** Undefined when the person was erased, or never had a key. */
  async forReading(on: KeyReader, personId: string, remember: boolean): Promise<Buffer | undefined> {
    const known = this.cache.get(personId);
    if (known !== undefined) return known;
    const before = this.forgotten;
    const [row] = await on.query<KeyRow>(
      `select master_key_id, wrapped from ${this.schema}.person_key where person_id = $1`,
      [personId],
    );
    const key = row === undefined ? undefined : this.opened(row, personId);
    if (key !== undefined && remember && this.forgotten === before) this.cache.set(personId, key);
    return key;
  }

  /** The row stays as a gravestone, so that nobody gets a second key under the same id. */
  async destroy(tx: Tx, personId: string): Promise<void> {
    const now = this.clock.now();
    await tx.query(
      `insert into ${this.schema}.person_key (person_id, created_at, destroyed_at) values ($1, $2, $2)
       on conflict (person_id) do update set wrapped = null, master_key_id = null,
         destroyed_at = coalesce(person_key.destroyed_at, excluded.destroyed_at)`,
      [personId, now],
    );
    this.forget(personId);
    tx.afterCommit(() => this.forget(personId)); // somebody may have read it again meanwhile
  }

  forget(personId: string): void {
    this.forgotten += 1;
    this.cache.delete(personId);
  }

  /** Wraps up to `limit` keys of older masters under the current one; gives how many. */
  async rewrapSome(tx: Tx, limit: number): Promise<number> {
    const rows = await tx.query<KeyRow & { person_id: string }>(
      `select person_id, master_key_id, wrapped from ${this.schema}.person_key
        where wrapped is not null and master_key_id <> $1 order by person_id limit $2 for update skip locked`,
      [this.masters.currentId, limit],
    );
    const renewed = rows.flatMap((row) => {
      const key = this.opened(row, row.person_id);
      return key === undefined
        ? []
        : [{ id: row.person_id, wrapped: this.masters.wrap(key, this.owner(row.person_id)).wrapped }];
    });
    if (renewed.length === 0) return 0;
    await tx.query(
      `update ${this.schema}.person_key k set master_key_id = $1, wrapped = n.wrapped, rewrapped_at = $2
         from unnest($3::uuid[], $4::bytea[]) as n (id, wrapped) where k.person_id = n.id`,
      [this.masters.currentId, this.clock.now(), renewed.map((one) => one.id), renewed.map((one) => one.wrapped)],
    );
    return renewed.length;
  }

  private opened(row: KeyRow, personId: string): Buffer | undefined {
    if (row.wrapped === null || row.master_key_id === null) return undefined;
    return this.masters.unwrap(row.master_key_id, row.wrapped, this.owner(personId));
  }

  /** A wrapped key moved to another person's row, or another service's table, does not open. */
  private owner(personId: string): string {
    return `${this.schema}|${personId.toLowerCase()}`;
  }
}
