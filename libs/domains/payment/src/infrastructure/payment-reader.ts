import { Inject, Injectable } from '@nestjs/common';
import type { CurrencyCode } from '@autobroker/kernel';
import { type Database, databaseOf, type TenantScope } from '@autobroker/platform/database';
import { type JournalView, PaymentReader, type RefundView, type Rows, type Window } from '../application/ports';
import type { Dispute, Payout } from '../domain/desk-state';
import type { LedgerAccount } from '../domain/ledger';
import type { OrderAccount } from '../domain/order-account';
import type { Payment } from '../domain/payment';
import { orderOf, type OrderRow, paymentOf, type PaymentRow } from './rows';
import { type DisputeRow, disputeOf, type PartRow, partOf, type PayoutRow, payoutOf, type RefundRow, refundOf } from './rows-after';

interface JournalRow {
  readonly id: string;
  readonly kind: string;
  readonly order_id: string | null;
  readonly payment_id: string | null;
  readonly currency: CurrencyCode;
  readonly provider: string | null;
  readonly provider_ref: string | null;
  readonly memo: number;
  readonly posted_at: string;
  readonly entries: readonly { readonly account: string; readonly payee: string | null; readonly amount: number }[] | null;
}

/** What a list is of, and which rows of it; `$1` is the tenant, and the others follow. */
interface Listing {
  readonly table: string;
  readonly row: string;
  readonly where: string;
  readonly values: readonly unknown[];
}

const ofTenant = '($1::uuid is null or r.tenant_id = $1)';
const mostCounted = 10_001;

@Injectable()
export class SqlPaymentReader extends PaymentReader {
  constructor(@Inject(databaseOf('payment')) private readonly db: Database) {
    super();
  }

  override async order(scope: TenantScope, orderId: string): Promise<OrderAccount | null> {
    const row = await this.one<OrderRow>('orders', scope, orderId);
    return row === null ? null : orderOf(row);
  }

  override async payment(scope: TenantScope, id: string): Promise<Payment | null> {
    const row = await this.one<PaymentRow>('payments', scope, id);
    return row === null ? null : paymentOf(row);
  }

  override async ofOrder(scope: TenantScope, orderId: string): Promise<readonly Payment[]> {
    const rows = await this.db.query<{ row: PaymentRow }>(`select to_jsonb(r) as row from payment.payments r where ${ofTenant} and r.order_id = $2 order by r.created_at, r.id`, [scope.tenantId, orderId]);
    return rows.map(({ row }) => paymentOf(row));
  }

  override knownBy(ids: readonly string[], refs: readonly string[]): Promise<readonly { readonly id: string; readonly ref: string }[]> {
    return this.db.query<{ id: string; ref: string }>(
      `select id, id::text as ref from payment.payments where id = any($1)
       union all select id, session_ref from payment.payments where session_ref = any($2)
       union all select id, intent_ref from payment.payments where intent_ref = any($2)
       union all select id, charge_ref from payment.payments where charge_ref = any($2)
       union all select id, customer_ref from payment.payments where customer_ref = any($2) and method = 'bank_transfer'
       union all select payment_id, provider_ref from payment.refund_parts where provider_ref = any($2)
       union all select payment_id, ref from payment.disputes where ref = any($2)`,
      [ids, refs],
      { name: 'payment-known-by' },
    );
  }

  override async forLook(id: string): Promise<{ readonly payment: Payment; readonly asOf: number } | null> {
    const [row] = await this.db.query<{ row: PaymentRow; as_of: string }>(`select to_jsonb(r) as row, nextval('payment.looks') as as_of from payment.payments r where r.id = $1`, [id], { name: 'payment-look' });
    return row === undefined ? null : { payment: paymentOf(row.row), asOf: Number(row.as_of) };
  }

  override async toLookAt(now: Date, limit: number): Promise<readonly string[]> {
    const rows = await this.db.query<{ id: string }>('select id from payment.payments where look_at <= $1 order by look_at limit $2', [now, limit]);
    return rows.map(({ id }) => id);
  }

  override async endingHolds(before: Date, limit: number): Promise<readonly Payment[]> {
    const rows = await this.db.query<{ row: PaymentRow }>(`select to_jsonb(r) as row from payment.payments r where r.state = 'authorized' and r.capture_before <= $1 order by r.capture_before limit $2`, [before, limit]);
    return rows.map(({ row }) => paymentOf(row));
  }

  override async refund(scope: TenantScope, id: string): Promise<RefundView | null> {
    const row = await this.one<RefundRow>('refund_requests', scope, id);
    if (row === null) return null;
    const parts = await this.db.query<{ row: PartRow }>('select to_jsonb(r) as row from payment.refund_parts r where r.request_id = $1 order by r.id', [id]);
    return { ...refundOf(row), parts: parts.map((part) => partOf(part.row)) };
  }

  override async refunds(scope: TenantScope, filter: { readonly state: string | null; readonly orderId: string | null }, window: Window): Promise<Rows<RefundView>> {
    const row = `to_jsonb(r) || jsonb_build_object('parts', coalesce((select jsonb_agg(to_jsonb(p) order by p.id) from payment.refund_parts p where p.request_id = r.id), '[]'::jsonb))`;
    const { rows, total } = await this.list<RefundRow & { readonly parts: readonly PartRow[] }>({ table: 'refund_requests', row, where: `${ofTenant} and ($2::text is null or r.state = $2) and ($3::uuid is null or r.order_id = $3)`, values: [scope.tenantId, filter.state, filter.orderId] }, window);
    return { total, rows: rows.map((one) => ({ ...refundOf(one), parts: one.parts.map(partOf) })) };
  }

  override async refundLimit(scope: TenantScope, currency: string): Promise<{ readonly amount: number; readonly version: number } | null> {
    const [row] = await this.db.query<{ amount: string; version: number }>('select amount, version from payment.refund_limits where tenant_id = $1 and currency = $2', [scope.tenantId, currency]);
    return row === undefined ? null : { amount: Number(row.amount), version: row.version };
  }

  override async disputes(scope: TenantScope, filter: { readonly status: string | null; readonly orderId: string | null }, window: Window): Promise<Rows<Dispute>> {
    const { rows, total } = await this.list<DisputeRow>({ table: 'disputes', row: 'to_jsonb(r)', where: `${ofTenant} and ($2::text is null or r.status = $2) and ($3::uuid is null or r.order_id = $3)`, values: [scope.tenantId, filter.status, filter.orderId] }, window);
    return { total, rows: rows.map(disputeOf) };
  }

  override async dispute(scope: TenantScope, id: string): Promise<Dispute | null> {
    const row = await this.one<DisputeRow>('disputes', scope, id);
    return row === null ? null : disputeOf(row);
  }

  override async payouts(scope: TenantScope, filter: { readonly state: string | null; readonly orderId: string | null }, window: Window): Promise<Rows<Payout>> {
    const { rows, total } = await this.list<PayoutRow>({ table: 'payouts', row: 'to_jsonb(r)', where: `${ofTenant} and ($2::text is null or r.state = $2) and ($3::uuid is null or r.order_id = $3)`, values: [scope.tenantId, filter.state, filter.orderId] }, window);
    return { total, rows: rows.map(payoutOf) };
  }

  override async payout(scope: TenantScope, id: string): Promise<Payout | null> {
    const row = await this.one<PayoutRow>('payouts', scope, id);
    return row === null ? null : payoutOf(row);
  }

  override async journals(scope: TenantScope, filter: { readonly orderId: string | null; readonly account: LedgerAccount | null }, window: Window): Promise<Rows<JournalView>> {
    const row = `to_jsonb(r) || jsonb_build_object('entries', (select jsonb_agg(jsonb_build_object('account', e.account, 'payee', e.payee, 'amount', e.amount) order by e.seq) from payment.ledger_entries e where e.journal_id = r.id))`;
    const where = `${ofTenant} and ($2::uuid is null or r.order_id = $2) and ($3::text is null or exists (select 1 from payment.ledger_entries e where e.journal_id = r.id and e.account = $3))`;
    const { rows, total } = await this.list<JournalRow>({ table: 'ledger_journals', row, where, values: [scope.tenantId, filter.orderId, filter.account] }, window);
    return { total, rows: rows.map((one) => ({ id: one.id, kind: one.kind, orderId: one.order_id, paymentId: one.payment_id, currency: one.currency, provider: one.provider, providerRef: one.provider_ref, memo: one.memo, postedAt: new Date(one.posted_at), entries: one.entries ?? [] })) };
  }

  override async balances(scope: TenantScope, orderId: string): Promise<readonly { readonly account: string; readonly currency: CurrencyCode; readonly amount: number }[]> {
    const rows = await this.db.query<{ account: string; currency: CurrencyCode; amount: string }>(
      'select b.account, b.currency, b.amount from payment.ledger_balances b join payment.orders r on r.id = b.order_id where ($1::uuid is null or r.tenant_id = $1) and b.order_id = $2 order by b.account, b.currency',
      [scope.tenantId, orderId],
      { name: 'payment-balances' },
    );
    return rows.map(({ account, currency, amount }) => ({ account, currency, amount: Number(amount) }));
  }

  private async one<R>(table: string, scope: TenantScope, id: string): Promise<R | null> {
    const [found] = await this.db.query<{ row: R }>(`select to_jsonb(r) as row from payment.${table} r where ${ofTenant} and r.id = $2`, [scope.tenantId, id], { name: `payment-one-${table}` });
    return found?.row ?? null;
  }

  private async list<R>({ table, row, where, values }: Listing, { limit, offset }: Window): Promise<{ readonly rows: readonly R[]; readonly total: number }> {
    const next = values.length + 1;
    const [found, [counted]] = await Promise.all([
      this.db.query<{ row: R }>(`select ${row} as row from payment.${table} r where ${where} order by r.id desc limit $${next} offset $${next + 1}`, [...values, limit, offset]),
      this.db.query<{ n: number }>(`select count(*)::integer as n from (select 1 from payment.${table} r where ${where} limit ${mostCounted}) counted`, [...values]),
    ]);
    return { rows: found.map((one) => one.row), total: counted?.n ?? 0 };
  }
}
