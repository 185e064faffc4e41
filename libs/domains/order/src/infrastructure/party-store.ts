import type { Database, PersonVault, Tx } from '@autobroker/platform/database';
import { Parties, type Reader } from '../application/ports';
import type { Party, PartyRole } from '../application/party';
import type { Order } from '../domain/order';
import { partySchema } from './party-json';

const purpose = 'party';
const saveSql = `insert into orders.parties (order_id, role, tenant_id, person_id, sealed, updated_at) values ($1, $2, $3, $4, $5, $6)
  on conflict (order_id, role) do update set person_id = excluded.person_id, sealed = excluded.sealed, updated_at = excluded.updated_at`;

interface SealedRow {
  readonly person_id: string;
  readonly sealed: string;
}

/** Who takes part in a sale, under each person's own key: without it a row says nothing. */
export class SealedParties extends Parties {
  constructor(
    private readonly db: Database,
    private readonly vault: PersonVault,
  ) {
    super();
  }

  override async save(tx: Tx, { id, tenantId }: Pick<Order, 'id' | 'tenantId'>, role: PartyRole, personId: string, party: Party, at: Date): Promise<void> {
    const sealed = await this.vault.encrypt(tx, personId, JSON.stringify(party), purpose);
    await tx.writeLater({ table: 'parties', what: 'save', sql: saveSql, values: [id, role, tenantId, personId, sealed, at] });
  }

  override async find(orderId: string, role: PartyRole, on: Reader = this.db): Promise<Party | null> {
    const [row] = await on.query<SealedRow>('select person_id, sealed from orders.parties where order_id = $1 and role = $2', [orderId, role]);
    return row === undefined ? null : this.read(row);
  }

  override async bothOf(orderId: string): ReturnType<Parties['bothOf']> {
    const rows = await this.db.query<SealedRow & { role: PartyRole }>(`select role, person_id, sealed from orders.parties where order_id = $1 and role in ('buyer', 'seller')`, [orderId], { name: 'orders-parties' });
    const of = (role: PartyRole): Promise<Party | null> => {
      const row = rows.find((one) => one.role === role);
      return row === undefined ? Promise.resolve(null) : this.read(row);
    };
    const [buyer, seller] = await Promise.all([of('buyer'), of('seller')]);
    return { buyer, seller };
  }

  private async read(row: SealedRow): Promise<Party | null> {
    const text = await this.vault.decrypt(row.person_id, row.sealed, { purpose });
    return text === null ? null : partySchema.parse(JSON.parse(text));
  }

  override async personOf(on: Reader, orderId: string, role: PartyRole): Promise<string | null> {
    const [row] = await on.query<{ person_id: string }>('select person_id from orders.parties where order_id = $1 and role = $2', [orderId, role]);
    return row?.person_id ?? null;
  }

  override async forget(tx: Tx, personId: string): Promise<number> {
    await this.vault.destroy(tx, personId);
    return (await tx.query('delete from orders.parties where person_id = $1 returning 1', [personId])).length;
  }
}
