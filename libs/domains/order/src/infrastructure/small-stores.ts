import { Inject, Injectable } from '@nestjs/common';
import { uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf, type TenantScope, type Tx } from '@autobroker/platform/database';
import { z } from 'zod';
import { Compensations, type CompensationRow, Deadlines, type DueDeadline, type ListWindow, opsKinds, type OpsItem, OpsQueue, Policies, type Reader, type StoredPolicy } from '../application/ports';
import type { Order } from '../domain/order';
import { type Compensation, type CompensationKind, compensationKinds } from '../domain/saga';
import { usualPolicy, usualUse } from '../domain/tenant-policy';
import { partySchema } from './party-json';

@Injectable()
export class SqlDeadlines extends Deadlines {
  constructor(@Inject(databaseOf('orders')) private readonly db: Database) {
    super();
  }

  override due(now: Date, limit: number): Promise<readonly DueDeadline[]> {
    return this.db.query<DueDeadline>('select order_id as "orderId", kind from orders.deadlines where done_at is null and due_at <= $1 order by due_at limit $2', [now, limit]);
  }

  override async isDue(tx: Tx, { orderId, kind }: DueDeadline, now: Date): Promise<boolean> {
    return (await tx.query('select 1 from orders.deadlines where order_id = $1 and kind = $2 and done_at is null and due_at <= $3', [orderId, kind, now])).length === 1;
  }

  override async done(tx: Tx, { orderId, kind }: DueDeadline, now: Date): Promise<void> {
    await tx.query('update orders.deadlines set done_at = $3 where order_id = $1 and kind = $2 and due_at <= $3', [orderId, kind, now]);
  }
}

const opsKind = z.enum(opsKinds);
const opsColumns = 'id, tenant_id, order_id, kind, detail, dedupe, created_at, resolved_at, resolved_by, note';
interface OpsRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly order_id: string;
  readonly kind: string;
  readonly detail: string;
  readonly dedupe: string;
  readonly created_at: Date;
  readonly resolved_at: Date | null;
  readonly resolved_by: string | null;
  readonly note: string | null;
}
const itemOf = (row: OpsRow): OpsItem => ({
  id: row.id,
  tenantId: row.tenant_id,
  orderId: row.order_id,
  kind: opsKind.parse(row.kind),
  detail: row.detail,
  dedupe: row.dedupe,
  createdAt: row.created_at,
  resolvedAt: row.resolved_at,
  resolvedBy: row.resolved_by,
  note: row.note,
});

const addItemSql = `insert into orders.ops_items (id, tenant_id, order_id, kind, detail, dedupe, created_at) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (order_id, dedupe) where resolved_at is null do nothing`;

@Injectable()
export class SqlOpsQueue extends OpsQueue {
  constructor(@Inject(databaseOf('orders')) private readonly db: Database) {
    super();
  }

  override add(tx: Tx, { id, tenantId }: Pick<Order, 'id' | 'tenantId'>, { kind, detail, dedupe }: Pick<OpsItem, 'kind' | 'detail' | 'dedupe'>, at: Date): Promise<void> {
    return tx.writeLater({ table: 'ops_items', what: 'add', sql: addItemSql, values: [uuidv7(at), tenantId, id, kind, detail, dedupe, at] });
  }

  override async list(scope: TenantScope, open: boolean, { limit, offset, after }: ListWindow) {
    const where = `tenant_id = $1 and (resolved_at is null) = $2`;
    const [rows, [count]] = await Promise.all([
      this.db.query<OpsRow>(`select ${opsColumns} from orders.ops_items where ${where} and ($3::uuid is null or id > $3) order by id limit $4 offset $5`, [scope.tenantId, open, after, limit + 1, after === null ? offset : 0]),
      this.db.query<{ n: number }>(`select count(*)::integer as n from (select 1 from orders.ops_items where ${where} limit 10001) counted`, [scope.tenantId, open]),
    ]);
    const items = rows.slice(0, limit).map(itemOf);
    return { items, total: count?.n ?? 0, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  override async lock(scope: TenantScope, tx: Tx, id: string): Promise<OpsItem | null> {
    const [row] = await tx.query<OpsRow>(`select ${opsColumns} from orders.ops_items where id = $1 and tenant_id = $2 for update`, [id, scope.tenantId]);
    return row === undefined ? null : itemOf(row);
  }

  override async resolve(tx: Tx, id: string, by: string | null, note: string, at: Date): Promise<void> {
    await tx.query('update orders.ops_items set resolved_at = $2, resolved_by = $3, note = $4 where id = $1', [id, at, by, note]);
  }

  override async settle(tx: Tx, orderId: string, kind: OpsItem['kind'], by: string | null, note: string, at: Date): Promise<void> {
    await tx.query('update orders.ops_items set resolved_at = $3, resolved_by = $4, note = $5 where order_id = $1 and kind = $2 and resolved_at is null', [orderId, kind, at, by, note]);
  }
}

const compensation = z.object({ orderId: z.string(), tenantId: z.string(), kind: z.enum(compensationKinds), why: z.string() });

@Injectable()
export class SqlCompensations extends Compensations {
  constructor(@Inject(databaseOf('orders')) private readonly db: Database) {
    super();
  }

  override async begin(tx: Tx, { id, tenantId }: Pick<Order, 'id' | 'tenantId'>, list: readonly Compensation[], at: Date): Promise<void> {
    const states = { here: 'done', heard: 'pending', people: 'parked' } as const;
    const rows = list.map(({ kind, way, overdueAt, why }, seq) => ({ kind, seq, state: states[way], why, overdue_at: overdueAt, done_at: way === 'here' ? at : null }));
    await tx.query(
      `insert into orders.compensations (order_id, kind, tenant_id, seq, state, why, overdue_at, begun_at, done_at)
       select $1, c.kind, $2, c.seq, c.state, c.why, c.overdue_at, $3, c.done_at
       from jsonb_to_recordset($4::jsonb) as c(kind text, seq integer, state text, why text, overdue_at timestamptz, done_at timestamptz) on conflict do nothing`,
      [id, tenantId, at, JSON.stringify(rows)],
    );
  }

  override async done(tx: Tx, orderId: string, kind: CompensationKind, at: Date): Promise<void> {
    await tx.query(`update orders.compensations set state = 'done', done_at = $3 where order_id = $1 and kind = $2 and state <> 'done'`, [orderId, kind, at]);
  }

  override async park(tx: Tx, orderId: string, kind: CompensationKind, error: string): Promise<void> {
    await tx.query(`update orders.compensations set state = 'parked', error = $3 where order_id = $1 and kind = $2 and state = 'pending'`, [orderId, kind, error]);
  }

  override async overdue(now: Date, limit: number): Promise<readonly CompensationRow[]> {
    const rows = await this.db.query(`select order_id as "orderId", tenant_id as "tenantId", kind, why from orders.compensations where state = 'pending' and overdue_at <= $1 order by overdue_at limit $2`, [now, limit]);
    return rows.map((row) => compensation.parse(row));
  }
}

const duration = z.templateLiteral(['P', z.string()]);
const days = z.number();
const settings = z.object({
  deadlines: z.object({
    requested: duration,
    reservedByCard: duration,
    reservedByTransfer: duration,
    depositHeld: duration,
    beforeCapture: duration,
    inspection: duration,
    decision: duration,
    balanceBusinessDays: days,
    dunningBusinessDays: days,
    titleRequestBusinessDays: days,
    titling: duration,
    transitGrace: duration,
    acceptance: duration,
    disputeLead: duration,
    offerCheck: duration,
  }),
  depositShare: z.number(),
  // Settings of before these were a tenant's own.
  use: z.object({ freeKm: z.number(), lifeKm: z.number(), leastKmLeft: z.number(), fourEyesLimit: z.number() }).default(usualUse),
  broker: partySchema.nullable(),
});

/** What a tenant has set; the usual where it has set nothing. */
export function storedPolicyOf(row: { readonly version: number; readonly settings: unknown } | null): StoredPolicy {
  if (row === null) return { policy: usualPolicy, broker: null, version: 0 };
  const { broker, ...policy } = settings.parse(row.settings);
  return { policy, broker, version: row.version };
}

@Injectable()
export class SqlPolicies extends Policies {
  override async of(on: Reader, tenantId: string): Promise<StoredPolicy> {
    const [row] = await on.query<{ version: number; settings: unknown }>('select version, settings from orders.policies where tenant_id = $1', [tenantId], { name: 'orders-policy' });
    return storedPolicyOf(row ?? null);
  }

  override async save(tx: Tx, tenantId: string, { policy, broker }: Omit<StoredPolicy, 'version'>, expected: number, at: Date): Promise<boolean> {
    const rows = await tx.query(
      `insert into orders.policies as p (id, tenant_id, version, settings, updated_at) values ($1, $2, 1, $3::jsonb, $4)
       on conflict (tenant_id) do update set version = p.version + 1, settings = excluded.settings, updated_at = excluded.updated_at where p.version = $5 returning version`,
      [uuidv7(at), tenantId, JSON.stringify({ ...policy, broker }), at, expected],
    );
    return rows.length === 1;
  }
}
