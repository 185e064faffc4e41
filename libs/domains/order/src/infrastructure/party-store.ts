import type { Database, PersonVault, TenantScope, Tx } from '@autobroker/platform/database';
import { Parties, type Reader } from '../application/ports';
import type { Party, PartyRole } from '../application/party';
import type { Order } from '../domain/order';
import { orderColumns, orderOf, type OrderRow } from './order-content';
import { partySchema } from './party-json';
import { storedPolicyOf } from './small-stores';
import { knownVehicleOf, type VehicleRow } from './surroundings-store';

const purpose = 'party';
const saveSql = `insert into orders.parties (order_id, role, tenant_id, person_id, sealed, updated_at) values ($1, $2, $3, $4, $5, $6)
  on conflict (order_id, role) do update set person_id = excluded.person_id, sealed = excluded.sealed, updated_at = excluded.updated_at`;

/** The order with its people, what its tenant has set, and what the catalogue says of its car. */
const forPapersSql = `select ${orderColumns},
    (select coalesce(jsonb_agg(jsonb_build_object('role', p.role, 'person_id', p.person_id, 'sealed', p.sealed)), '[]') from orders.parties p where p.order_id = o.id and p.role in ('buyer', 'seller')) as parties,
    (select to_jsonb(s) from (select version, settings from orders.policies where tenant_id = o.tenant_id) s) as set,
    (select to_jsonb(v) from (select status, owner_tenant_id, car, offers from orders.vehicles where vehicle_id = o.vehicle_id) v) as vehicle
  from orders.orders o where o.id = $1 and ($2::uuid is null or o.tenant_id = $2)`;

interface NamedRow extends OrderRow {
  readonly parties: readonly (SealedRow & { readonly role: PartyRole })[];
  readonly set: Parameters<typeof storedPolicyOf>[0];
  readonly vehicle: VehicleRow | null;
}

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

  override async forPapers(scope: TenantScope, orderId: string): ReturnType<Parties['forPapers']> {
    const [row] = await this.db.query<NamedRow>(forPapersSql, [orderId, scope.tenantId], { name: 'orders-for-papers' });
    if (row === undefined) return null;
    const of = (role: PartyRole): Promise<Party | null> => {
      const sealed = row.parties.find((one) => one.role === role);
      return sealed === undefined ? Promise.resolve(null) : this.read(sealed);
    };
    const [buyer, seller] = await Promise.all([of('buyer'), of('seller')]);
    return { order: orderOf(row), buyer, seller, broker: storedPolicyOf(row.set).broker, vehicle: row.vehicle === null ? null : knownVehicleOf(row.vehicle) };
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
