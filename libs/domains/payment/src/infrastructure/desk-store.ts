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

const nothing: Omit<Around, 'order'> = { payments: null, requests: null, parts: null, disputes: null, operations: null, asked: null, balances: null, posted_sale: null };
const firstLookMs = 60_000;

@Injectable()
export class SqlDeskStore extends DeskStore {
  override async lock(tx: Tx, scope: TenantScope, orderId: string): Promise<DeskState | null> {
    const [row] = await tx.query<{ desk: Around | null }>('select payment.desk($1, $2) as desk', [orderId, scope.tenantId], { name: 'payment-desk' });
    return row?.desk == null ? null : stateFrom(row.desk);
  }

  override async begin(tx: Tx, scope: TenantScope, order: OrderAccount): Promise<DeskState | null> {
    const row = orderRow(order);
    const list = Object.keys(row).join(', ');
    const [begun] = await tx.query<{ row: OrderRow }>(`insert into payment.orders (${list}) select ${list} from jsonb_populate_record(null::payment.orders, $1::jsonb) on conflict (id) do nothing returning to_jsonb(orders) as row`, [JSON.stringify(row)], { name: 'payment-order-begin' });
    // What this transaction has inserted nobody else holds, and nothing is of it yet.
    return begun === undefined ? this.lock(tx, scope, order.orderId) : stateFrom({ ...nothing, order: begun.row });
  }

  override async write(tx: Tx, before: DeskState, desk: OrderDesk, ended: readonly OperationEnd[]): Promise<void> {
    const { order, now } = desk;
    // First, as it asks something: what follows is written together.
    await this.post(tx, desk.journals.map((journal) => ({ ...journal, tenantId: order.tenantId, orderId: order.orderId })), now);
    await recordOddities(tx, order, desk.oddities, now);
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
    for (const end of ended) await tx.writeLater({ table: 'operations', what: 'end', sql: `update payment.operations set state = $2, problem = $3, is_blocking = $4::boolean, due_at = null, done_at = $5::timestamptz where id = $1::uuid and state = 'pending'`, values: [end.id, end.state, end.problem, end.isBlocking, now] });
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
    if (entries.length > 0) await tx.writeLater({ table: 'ledger_entries', what: 'insert', sql: 'insert into payment.ledger_entries select * from jsonb_populate_recordset(null::payment.ledger_entries, $1::jsonb)', values: [JSON.stringify(entries)] });
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
