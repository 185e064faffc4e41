import { Injectable } from '@nestjs/common';
import { type CurrencyCode, uuidv7 } from '@autobroker/kernel';
import { lockNames, type TenantScope, type Tx } from '@autobroker/platform/database';
import { DeskStore, type OperationEnd } from '../application/ports';
import type { OrderDesk } from '../domain/desk';
import type { EvidencePack } from '../application/provider';
import { type DeskState, isUndecided, type Payout } from '../domain/desk-state';
import type { Journal, LedgerAccount, LedgerEntry } from '../domain/ledger';
import { nextLook } from '../domain/look';
import type { OrderAccount } from '../domain/order-account';
import type { Owner } from '../domain/reconcile';
import { isUnderWay } from '../domain/refunds';
import type { OperationKind } from '../domain/vocabulary';
import { recordOddities } from './break-rows';
import { putRows } from './put-rows';
import { orderOf, orderRow, type OrderRow, paymentOf, paymentRow, type PaymentRow } from './rows';
import { type DisputeRow, disputeOf, disputeRow, type PartRow, partOf, partRow, payoutOf, type PayoutRow, payoutRow, type RefundRow, refundOf, refundRow } from './rows-after';

interface Around {
  readonly order: OrderRow;
  readonly payments: readonly PaymentRow[] | null;
  readonly requests: readonly RefundRow[] | null;
  readonly parts: readonly PartRow[] | null;
  readonly disputes: readonly DisputeRow[] | null;
  readonly operations: readonly { readonly id: string; readonly payment_id: string; readonly kind: OperationKind; readonly state: string }[] | null;
  readonly asked: Readonly<Record<string, number>> | null;
  readonly balances: readonly { readonly account: LedgerAccount; readonly currency: CurrencyCode; readonly amount: number }[] | null;
  readonly posted_sale: readonly LedgerEntry[] | null;
}

// What a sale has posted is found by the keys of its journals: an order may have thousands of others.
const all = (table: string, order = 'id'): string => `(select jsonb_agg(to_jsonb(r) order by r.${order}) from payment.${table} r where r.order_id = o.id)`;
const lockSql = 'select id from payment.orders where id = $1 and ($2::uuid is null or tenant_id = $2) for update';
// Read after the lock is held: whatever was written by whoever held it before is seen.
const loadSql = `
select to_jsonb(o) as order, ${all('payments', 'created_at')} as payments, ${all('refund_requests')} as requests, ${all('refund_parts')} as parts, ${all('disputes')} as disputes,
  (select jsonb_agg(jsonb_build_object('id', p.id, 'payment_id', p.payment_id, 'kind', p.kind, 'state', p.state)) from payment.operations p where p.order_id = o.id and (p.state = 'pending' or p.is_blocking)) as operations,
  (select jsonb_object_agg(c.name, c.n) from (select p.leg || ':' || p.kind as name, count(*)::integer as n from payment.operations p where p.order_id = o.id group by 1) c) as asked,
  (select jsonb_agg(jsonb_build_object('account', b.account, 'currency', b.currency, 'amount', b.amount)) from payment.ledger_balances b where b.order_id = o.id) as balances,
  (select jsonb_agg(jsonb_build_object('account', s.account, 'payee', s.payee, 'amount', s.amount)) from (
    select e.account, e.payee, sum(e.amount) as amount from generate_series(1, o.sale_postings) n
      cross join lateral (select id from payment.ledger_journals where key = o.id::text || ':sale:' || n limit 1) j
      cross join lateral (select account, payee, amount from payment.ledger_entries where journal_id = j.id offset 0) e
    group by 1, 2 having sum(e.amount) <> 0 order by 1, 2) s) as posted_sale
from payment.orders o where o.id = $1`;
const firstLookMs = 60_000;

@Injectable()
export class SqlDeskStore extends DeskStore {
  override async lock(tx: Tx, scope: TenantScope, orderId: string): Promise<DeskState | null> {
    const locked = await tx.query(lockSql, [orderId, scope.tenantId], { name: 'payment-desk-lock' });
    return locked.length === 0 ? null : this.load(tx, orderId);
  }

  private async load(tx: Tx, orderId: string): Promise<DeskState | null> {
    const [row] = await tx.query<Around>(loadSql, [orderId], { name: 'payment-desk' });
    return row === undefined ? null : stateFrom(row);
  }

  override async begin(tx: Tx, scope: TenantScope, order: OrderAccount): Promise<DeskState | null> {
    const row = orderRow(order);
    const list = Object.keys(row).join(', ');
    const begun = await tx.query(`insert into payment.orders (${list}) select ${list} from jsonb_populate_record(null::payment.orders, $1::jsonb) on conflict (id) do nothing returning id`, [JSON.stringify(row)], { name: 'payment-order-begin' });
    // What this transaction has inserted nobody else holds.
    return begun.length === 1 ? this.load(tx, order.orderId) : this.lock(tx, scope, order.orderId);
  }

  override async write(tx: Tx, before: DeskState, desk: OrderDesk, ended: readonly OperationEnd[]): Promise<void> {
    const { order, now } = desk;
    if (order !== before.order) await putRows(tx, 'orders', [orderRow(order)]);
    await putRows(tx, 'payments', this.changedPayments(before, desk));
    const requests = new Map(before.requests.map((request) => [request.id, request]));
    await putRows(tx, 'refund_requests', [...desk.requests.values()].flatMap((request) => (requests.get(request.id) === request ? [] : [refundRow({ ...request, version: (requests.get(request.id)?.version ?? 0) + 1 })])));
    const parts = new Map(before.parts.map((part) => [part.id, part]));
    await putRows(tx, 'refund_parts', [...desk.parts.values()].filter((part) => parts.get(part.id) !== part).map((part) => partRow(part, order.orderId)));
    const disputes = new Map(before.disputes.map((dispute) => [dispute.id, dispute]));
    await putRows(tx, 'disputes', [...desk.disputes.values()].flatMap((dispute) => (disputes.get(dispute.id) === dispute ? [] : [disputeRow({ ...dispute, version: (disputes.get(dispute.id)?.version ?? 0) + 1 })])));
    await putRows(tx, 'payouts', desk.payouts.map(payoutRow));
    await putRows(tx, 'operations', desk.opened.map(({ id, paymentId, kind, key, amount, subjectId }) => ({ id, tenant_id: order.tenantId, order_id: order.orderId, payment_id: paymentId, leg: desk.payment(paymentId).leg, kind, key, amount, subject_id: subjectId, state: 'pending', attempts: 0, due_at: new Date(now.getTime() + firstLookMs), problem: null, is_blocking: false, created_at: now, done_at: null })));
    for (const end of ended) await tx.query(`update payment.operations set state = $2, problem = $3, is_blocking = $4, due_at = null, done_at = $5 where id = $1 and state = 'pending'`, [end.id, end.state, end.problem, end.isBlocking, now], { name: 'payment-operation-end' });
    await this.post(tx, desk.journals.map((journal) => ({ ...journal, tenantId: order.tenantId, orderId: order.orderId })), now);
    await recordOddities(tx, order, desk.oddities, now);
  }

  override async payout(tx: Tx, id: string): Promise<Payout | null> {
    const [found] = await tx.query<{ row: PayoutRow }>('select to_jsonb(r) as row from payment.payouts r where r.id = $1', [id], { name: 'payment-payout' });
    return found === undefined ? null : payoutOf(found.row);
  }

  override async isReferenceTaken(tx: Tx, { id, tenantId }: Payout, reference: string): Promise<boolean> {
    await lockNames(tx, `payment.payouts ${tenantId} ${reference}`);
    const rows = await tx.query('select 1 from payment.payouts where tenant_id = $1 and bank_reference = $2 and id <> $3 limit 1', [tenantId, reference, id], { name: 'payment-payout-reference' });
    return rows.length > 0;
  }

  override putPayout(tx: Tx, payout: Payout): Promise<void> {
    return putRows(tx, 'payouts', [payoutRow(payout)]);
  }

  override async keepEvidence(tx: Tx, disputeId: string, pack: EvidencePack): Promise<void> {
    await tx.query('update payment.disputes set evidence = $2 where id = $1', [disputeId, JSON.stringify(pack)]);
  }

  /** Entries go in with their journals in one statement; what was written before under the same key is left as it is. */
  override async post(tx: Tx, journals: readonly (Journal & Owner)[], now: Date): Promise<void> {
    if (journals.length === 0) return;
    const rows = journals.map((journal) => ({ id: uuidv7(now), key: journal.key, kind: journal.kind, tenant_id: journal.tenantId, order_id: journal.orderId, payment_id: journal.paymentId, currency: journal.currency, provider: journal.provider, provider_ref: journal.providerRef, memo: journal.memo, posted_at: now }));
    const made = await tx.query<{ id: string }>(
      `insert into payment.ledger_journals select * from jsonb_populate_recordset(null::payment.ledger_journals, $1::jsonb) on conflict (key) do nothing returning id`,
      [JSON.stringify(rows)],
      { name: 'payment-journals' },
    );
    const written = new Set(made.map(({ id }) => id));
    const entries = journals.flatMap((journal, index) => {
      const row = rows[index];
      return row === undefined || !written.has(row.id) ? [] : journal.entries.map((entry, seq) => ({ journal_id: row.id, seq: seq + 1, order_id: journal.orderId, account: entry.account, payee: entry.payee, currency: journal.currency, amount: entry.amount }));
    });
    if (entries.length > 0) await tx.query('insert into payment.ledger_entries select * from jsonb_populate_recordset(null::payment.ledger_entries, $1::jsonb)', [JSON.stringify(entries)], { name: 'payment-entries' });
  }

  private changedPayments(before: DeskState, desk: OrderDesk) {
    const known = new Map(before.payments.map((payment) => [payment.id, payment]));
    return [...desk.payments.values()].flatMap((payment) => {
      const old = known.get(payment.id);
      const isToBeLookedAt = desk.toBeLookedAt.has(payment.id);
      if (old === payment && !isToBeLookedAt && !desk.lookedAt.has(payment.id)) return [];
      const hasOpenEnds = [...desk.parts.values()].some((part) => part.paymentId === payment.id && isUnderWay(part)) || [...desk.disputes.values()].some((dispute) => dispute.paymentId === payment.id && isUndecided(dispute));
      const version = old === undefined ? 1 : payment.updatedAt === old.updatedAt ? old.version : old.version + 1;
      return [paymentRow({ ...payment, version }, isToBeLookedAt ? desk.now : nextLook(payment, hasOpenEnds, desk.now))];
    });
  }
}

function stateFrom(row: Around): DeskState {
  const order = orderOf(row.order);
  return {
    order,
    payments: (row.payments ?? []).map(paymentOf),
    requests: (row.requests ?? []).map(refundOf),
    parts: (row.parts ?? []).map(partOf),
    disputes: (row.disputes ?? []).map(disputeOf),
    operations: (row.operations ?? []).map(({ id, payment_id, kind, state }) => ({ id, paymentId: payment_id, kind, isPending: state === 'pending' })),
    asked: new Map(Object.entries(row.asked ?? {})),
    // An order has one currency; what another has in it is not counted with it.
    balances: new Map((row.balances ?? []).filter(({ currency }) => currency === order.currency).map(({ account, amount }) => [account, amount])),
    postedSale: row.posted_sale ?? [],
  };
}
