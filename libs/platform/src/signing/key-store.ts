import type { Database, Tx } from '../database';
import type { PublicJwk, SigningKeyRecord } from './table';
import type { SigningKeyStatus } from './rotation';

interface Row {
  readonly kid: string;
  readonly id: string;
  readonly status: SigningKeyStatus;
  readonly public_jwk: PublicJwk;
  readonly private_encrypted: string | null;
  readonly created_at: Date;
  readonly activated_at: Date | null;
  readonly replaced_at: Date | null;
}

/** Any number that nobody else of a schema locks. */
const rotationLock = 7_110_001;

/** The rows of `<schema>.signing_keys`. */
export class SigningKeyStore {
  private readonly select: string;

  constructor(private readonly db: Database) {
    this.select = `select kid, id, status, public_jwk, private_encrypted, created_at, activated_at, replaced_at
      from ${db.schema}.signing_keys where status <> 'retired' order by created_at desc`;
  }

  /** All that are not retired, locked against a second rotation at the same time. */
  async lockAll(tx: Tx): Promise<readonly SigningKeyRecord[]> {
    // Row locks would not stop two processes that both find an empty table.
    await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [rotationLock, this.db.schema]);
    return (await tx.query<Row>(this.select)).map(recordOf);
  }

  async published(): Promise<readonly SigningKeyRecord[]> {
    return (await this.db.query<Row>(this.select)).map(recordOf);
  }

  async insert(tx: Tx, key: SigningKeyRecord): Promise<void> {
    await tx.query(
      `insert into ${this.db.schema}.signing_keys (kid, id, status, public_jwk, private_encrypted, created_at, activated_at, replaced_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [key.kid, key.id, key.status, JSON.stringify(key.publicJwk), key.privateEncrypted, key.createdAt, key.activatedAt, key.replacedAt],
    );
  }

  async promote(tx: Tx, kid: string, replaces: string, at: Date): Promise<void> {
    await tx.query(`update ${this.db.schema}.signing_keys set status = 'previous', replaced_at = $2 where kid = $1`, [replaces, at]);
    await tx.query(`update ${this.db.schema}.signing_keys set status = 'current', activated_at = $2 where kid = $1`, [kid, at]);
  }

  /** The private half is of no use to anybody any more. */
  async retire(tx: Tx, kid: string): Promise<void> {
    await tx.query(`update ${this.db.schema}.signing_keys set status = 'retired', private_encrypted = null where kid = $1`, [kid]);
  }
}

const recordOf = (row: Row): SigningKeyRecord => ({
  kid: row.kid,
  id: row.id,
  status: row.status,
  publicJwk: row.public_jwk,
  privateEncrypted: row.private_encrypted,
  createdAt: row.created_at,
  activatedAt: row.activated_at,
  replacedAt: row.replaced_at,
});
