import { platformTables, type ServiceSchema, type Tx } from '../../../database';
import type { Wire } from '../../reply/wire';
import type { IdempotentRequest } from '../idempotency';
import { PgIdempotencyStore } from '../pg-store';
import type { ClaimOutcome, IdempotencyClaim } from '../store';

const service = (name: string): ServiceSchema => ({
  name,
  entities: [],
  migrations: [...platformTables(name), { id: '0001-orders', up: `create table ${name}.orders (name text not null)` }],
});

/** Two services that exist only for the specs of this folder. */
export const shop = service('shop');
export const yard = service('yard');

export const secret = 'a secret of sixteen';

export const requestOf = (key: string, more: Partial<IdempotentRequest> = {}): IdempotentRequest => ({
  ref: { scope: 'user:anna@tenant', route: 'POST /orders', key },
  requestHash: Buffer.from('body'),
  anonymous: false,
  ...more,
});

export const wireOf = (status: number): Wire => ({ status, headers: {}, body: '{}' });

export async function order(tx: Tx, name: string): Promise<void> {
  await tx.query(`insert into ${tx.schema}.orders values ($1)`, [name]);
  await tx.audit({ actor: { kind: 'system', id: null }, action: 'order.made', object: { type: 'order', id: name }, tenantId: null });
}

/** Its process is killed, or its database is gone, when the answer is to be kept. */
export class ForgetfulStore extends PgIdempotencyStore {
  constructor(
    db: ConstructorParameters<typeof PgIdempotencyStore>[0],
    private readonly instead: () => Promise<boolean>,
  ) {
    super(db);
  }

  override settle(): Promise<boolean> {
    return this.instead();
  }
}

/** The server shuts down when a claim has been committed, before anybody is told. */
export class CutOffStore extends PgIdempotencyStore {
  constructor(private readonly database: ConstructorParameters<typeof PgIdempotencyStore>[0]) {
    super(database);
  }

  override async claim(claim: IdempotencyClaim): Promise<ClaimOutcome> {
    const outcome = await super.claim(claim);
    await this.database.query(`do $$ begin raise exception 'shutting down' using errcode = '57P01'; end $$`);
    return outcome;
  }
}
