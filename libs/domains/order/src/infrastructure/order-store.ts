import { Inject, Injectable } from '@nestjs/common';
import { orderStates } from '@autobroker/kernel';
import { constraintOf, type Database, databaseOf, isUniqueViolation, type TenantScope, type Tx } from '@autobroker/platform/database';
import { z } from 'zod';
import { type HistoryEntry, type ListWindow, type OrderedOffer, type OrderFilter, type OrderPage, OrderStore, VehicleHeldError, type Written } from '../application/ports';
import type { Order } from '../domain/order';
import { contentJson, orderColumns, orderOf, type OrderRow } from './order-content';
import { aroundOf } from './surroundings-store';


/** Entries go in as one JSON array: one statement whatever happened. */
const history = (param: string, when: string): string => `insert into orders.history (id, at, order_id, tenant_id, version, what, from_state, to_state, actor_kind, actor_id, reason, before, after)
  select e.id, e.at, e.order_id, e.tenant_id, e.version, e.what, e.from_state, e.to_state, e.actor_kind, e.actor_id, e.reason, e.before, e.after
  from jsonb_to_recordset(${param}::jsonb) as e(id uuid, at timestamptz, order_id uuid, tenant_id uuid, version integer, what text, from_state text, to_state text, actor_kind text, actor_id text, reason text, before jsonb, after jsonb)
  where exists (select 1 from ${when})`;

const insertSql = `
with used as (
  insert into orders.used_quotes (quote_id, order_id, used_at, token) values ($1, $2, $16, $22) on conflict do nothing returning 1
), placed as (
  insert into orders.orders (${orderColumns}, currency, total)
  select $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, $15, $16, $17, $18 where exists (select 1 from used)
  returning id
), due as (
  insert into orders.deadlines (order_id, kind, due_at) select $2, d.kind, d.due from unnest($19::text[], $20::timestamptz[]) as d(kind, due) where exists (select 1 from placed)
), told as (${history('$21', 'placed')})
select count(*)::integer as n from placed`;

const saveSql = `
with saved as (
  update orders.orders set version = $2, state = $3, holds_vehicle = $4, entered_at = $5, due_at = $6, content = $7::jsonb, updated_at = $8, total = $9, vehicle_id = $13 where id = $1 returning id
), gone as (
  delete from orders.deadlines where order_id = $1 and kind <> all($10::text[])
), due as (
  insert into orders.deadlines as held (order_id, kind, due_at) select $1, d.kind, d.due from unnest($10::text[], $11::timestamptz[]) as d(kind, due)
  on conflict (order_id, kind) do update set due_at = excluded.due_at, done_at = case when held.due_at = excluded.due_at then held.done_at end
), told as (${history('$12', 'saved')})
select count(*)::integer as n from saved`;

const openSql = `select ${orderColumns.split(', ').map((column) => `(o.placed).${column}`).join(', ')}, o.around from orders.opened($1, $2) o`;

const blockSize = 32;

const entryJson = (entry: HistoryEntry): object => ({
  id: entry.id,
  at: entry.at,
  order_id: entry.orderId,
  tenant_id: entry.tenantId,
  version: entry.version,
  what: entry.what,
  from_state: entry.fromState,
  to_state: entry.toState,
  actor_kind: entry.actor.kind,
  actor_id: entry.actor.id,
  reason: entry.reason,
  before: entry.before,
  after: entry.after,
});
const json = (entries: readonly HistoryEntry[]): string => JSON.stringify(entries.map(entryJson));

const state = z.enum(orderStates);
const actorKind = z.enum(['anonymous', 'user', 'client', 'system']);
const record = z.record(z.string(), z.unknown());

interface HistoryRow {
  readonly id: string;
  readonly at: Date;
  readonly order_id: string;
  readonly tenant_id: string;
  readonly version: number;
  readonly what: string;
  readonly from_state: string | null;
  readonly to_state: string;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly reason: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

const entryOf = (row: HistoryRow): HistoryEntry => ({
  id: row.id,
  at: row.at,
  orderId: row.order_id,
  tenantId: row.tenant_id,
  version: row.version,
  what: row.what,
  fromState: row.from_state === null ? null : state.parse(row.from_state),
  toState: state.parse(row.to_state),
  actor: { kind: actorKind.parse(row.actor_kind), id: row.actor_id },
  reason: row.reason,
  before: record.parse(row.before),
  after: record.parse(row.after),
});

@Injectable()
export class SqlOrderStore extends OrderStore {
  /** Numbers of a block that nobody has yet. */
  private numbers: number[] = [];

  constructor(@Inject(databaseOf('orders')) private readonly db: Database) {
    super();
  }

  override async nextNumber(at: Date): Promise<string> {
    const next = this.numbers.shift() ?? (await this.block());
    return `AB-${at.getUTCFullYear()}-${String(next).padStart(6, '0')}`;
  }

  /** A process takes some numbers at once; those that it does not use are nobody's. */
  private async block(): Promise<number> {
    const [row] = await this.db.query<{ n: string }>(`select nextval('orders.number_blocks')::text as n`);
    const first = (Number(row?.n ?? '1') - 1) * blockSize + 1;
    this.numbers.push(...Array.from({ length: blockSize - 1 }, (_, index) => first + 1 + index));
    return first;
  }

  override async insert(scope: TenantScope, tx: Tx, { order, entries, deadlines }: Written, token: string): Promise<boolean> {
    if (scope.tenantId !== order.tenantId) throw new Error('the order belongs to another tenant than the scope');
    const rows = await tx.query<{ n: number }>(
      insertSql,
      [
        order.quote.id,
        ...[order.id, order.tenantId, order.number, order.buyerId, order.placedBy, order.vehicleId, order.listingId, order.version, order.state, order.holdsVehicle, order.enteredAt, order.dueAt],
        ...[contentJson(order), order.createdAt, order.updatedAt, order.price.currency, order.price.total],
        ...[deadlines.map(({ kind }) => kind), deadlines.map(({ due }) => due), json(entries), token],
      ],
      { name: 'orders-insert' },
    );
    return rows[0]?.n === 1;
  }

  override async open(scope: TenantScope, tx: Tx, id: string): ReturnType<OrderStore['open']> {
    const [row] = await tx.query<OrderRow & { readonly around: unknown }>(openSql, [id, scope.tenantId], { name: 'orders-open' });
    return row === undefined ? null : { order: orderOf(row), around: aroundOf(row.around) };
  }

  override async find(scope: TenantScope, id: string): Promise<Order | null> {
    const [row] = await this.db.query<OrderRow>(`select ${orderColumns} from orders.orders where id = $1 and ($2::uuid is null or tenant_id = $2)`, [id, scope.tenantId], { name: 'orders-find' });
    return row === undefined ? null : orderOf(row);
  }

  override async save(tx: Tx, { order, entries, deadlines }: Written): Promise<void> {
    try {
      await tx.query(
        saveSql,
        [
          ...[order.id, order.version, order.state, order.holdsVehicle, order.enteredAt, order.dueAt, contentJson(order), order.updatedAt, order.price.total],
          ...[deadlines.map(({ kind }) => kind), deadlines.map(({ due }) => due), json(entries), order.vehicleId],
        ],
        { name: 'orders-save' },
      );
    } catch (error) {
      if (isUniqueViolation(error) && constraintOf(error) === 'orders_holding') throw new VehicleHeldError('another order holds the car', { cause: error });
      throw error;
    }
  }

  override async useQuote(tx: Tx, orderId: string, quoteId: string, token: string): Promise<boolean> {
    const rows = await tx.query('insert into orders.used_quotes (quote_id, order_id, used_at, token) values ($1, $2, $3, $4) on conflict do nothing returning 1', [quoteId, orderId, this.db.clock.now(), token]);
    return rows.length === 1;
  }

  override async quoteOf({ id, quote }: Order): Promise<string | null> {
    const [row] = await this.db.query<{ token: string }>('select token from orders.used_quotes where quote_id = $1 and order_id = $2', [quote.id, id], { name: 'orders-quote' });
    return row?.token ?? null;
  }

  override async list(scope: TenantScope, { states, vehicleId, personId }: OrderFilter, { limit, offset, after }: ListWindow): Promise<OrderPage> {
    const where = `tenant_id = $1 and ($2::text[] is null or state = any($2)) and ($3::uuid is null or vehicle_id = $3) and ($4::uuid is null or buyer_id = $4 or placed_by = $4)`;
    const params = [scope.tenantId, states.length === 0 ? null : states, vehicleId, personId];
    const [rows, [count]] = await Promise.all([
      this.db.query<OrderRow>(`select ${orderColumns} from orders.orders where ${where} and ($5::uuid is null or id < $5) order by id desc limit $6 offset $7`, [...params, after, limit + 1, after === null ? offset : 0]),
      this.db.query<{ n: number }>(`select count(*)::integer as n from (select 1 from orders.orders where ${where} limit 10001) counted`, params),
    ]);
    const orders = rows.slice(0, limit).map(orderOf);
    return { orders, total: count?.n ?? 0, next: rows.length > limit ? (orders.at(-1)?.id ?? null) : null };
  }

  override async history(scope: TenantScope, orderId: string, afterVersion: number, limit: number): Promise<readonly HistoryEntry[]> {
    const rows = await this.db.query<HistoryRow>(
      `select id, at, order_id, tenant_id, version, what, from_state, to_state, actor_kind, actor_id, reason, before, after
       from orders.history where order_id = $1 and tenant_id = $2 and version > $3 order by version limit $4`,
      [orderId, scope.tenantId, afterVersion, limit],
    );
    return rows.map(entryOf);
  }

  override async openOfVehicle(tx: Tx, vehicleId: string): Promise<readonly OrderedOffer[]> {
    return tx.query<OrderedOffer>(`select id, listing_id as "listingId" from orders.orders where vehicle_id = $1 and state not in ('completed', 'cancelled') order by id`, [vehicleId]);
  }

  override async isHeldByAnother(tx: Tx, vehicleId: string, orderId: string): Promise<boolean> {
    return (await tx.query('select 1 from orders.orders where vehicle_id = $1 and holds_vehicle and id <> $2', [vehicleId, orderId])).length > 0;
  }

  override async openOf(tx: Tx, buyerId: string): Promise<readonly string[]> {
    const rows = await tx.query<{ id: string }>(`select id from orders.orders where buyer_id = $1 and state not in ('completed', 'cancelled') order by id`, [buyerId]);
    return rows.map(({ id }) => id);
  }
}
