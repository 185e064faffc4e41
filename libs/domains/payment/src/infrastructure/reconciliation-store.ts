import { Inject, Injectable } from '@nestjs/common';
import { type PaymentProvider, uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf, type TenantScope, type Tx } from '@autobroker/platform/database';
import type { Rows, Window } from '../application/ports';
import { type Break, type DayReport, type LedgerFault, ReconciliationStore } from '../application/ports-reconciliation';
import type { Difference, Owner, Posting } from '../domain/reconcile';
import { clearingOf } from '../domain/ledger';
import { type NewBreak, recordBreaks } from './break-rows';
import { faultsSql } from './faults-sql';

interface PostingRow {
  readonly ref: string;
  readonly amount: string;
  readonly currency: string;
  readonly tenant_id: string | null;
  readonly order_id: string | null;
  readonly payment_id: string | null;
  readonly is_of_day: boolean;
}

interface BreakRow {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly tenant_id: string | null;
  readonly order_id: string | null;
  readonly payment_id: string | null;
  readonly provider: string | null;
  readonly provider_ref: string | null;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly currency: string | null;
  readonly state: 'open' | 'resolved';
  readonly note: string | null;
  readonly resolved_by: string | null;
  readonly found_at: Date;
  readonly resolved_at: Date | null;
}

// A tenant has its own breaks, the installation all of them, those of nobody too.
const ofTenant = '($1::uuid is null or tenant_id = $1)';

@Injectable()
export class SqlReconciliationStore extends ReconciliationStore {
  constructor(@Inject(databaseOf('payment')) private readonly db: Database) {
    super();
  }

  override async postings(provider: PaymentProvider, refs: readonly string[], from: Date, to: Date): Promise<readonly Posting[]> {
    const rows = await this.db.query<PostingRow>(
      `select j.provider_ref as ref, sum(e.amount) as amount, j.currency, min(j.tenant_id::text)::uuid as tenant_id, min(j.order_id::text)::uuid as order_id, min(j.payment_id::text)::uuid as payment_id,
         bool_and(j.posted_at >= $3 and j.posted_at < $4) as is_of_day
       from payment.ledger_journals j join payment.ledger_entries e on e.journal_id = j.id and e.account = $5
       where j.provider = $1 and j.kind <> 'provider_payout' and j.provider_ref is not null
         and (j.provider_ref = any($2) or j.provider_ref in (select provider_ref from payment.ledger_journals where provider = $1 and posted_at >= $3 and posted_at < $4))
       group by j.provider_ref, j.currency`,
      [provider, refs, from, to, clearingOf(provider)],
    );
    return rows.map((row) => ({ ref: row.ref, amount: Number(row.amount), currency: row.currency, tenantId: row.tenant_id, orderId: row.order_id, paymentId: row.payment_id, isOfDay: row.is_of_day }));
  }

  override async owners(provider: PaymentProvider, refs: readonly string[]): Promise<ReadonlyMap<string, Owner>> {
    const rows = await this.db.query<{ ref: string; tenant_id: string | null; order_id: string | null }>('select distinct provider_ref as ref, tenant_id, order_id from payment.ledger_journals where provider = $1 and provider_ref = any($2)', [provider, refs]);
    return new Map(rows.map((row) => [row.ref, { tenantId: row.tenant_id, orderId: row.order_id }]));
  }

  override async finish(report: { readonly provider: PaymentProvider; readonly day: string; readonly movements: number; readonly breaks: readonly Difference[]; readonly startedAt: Date; readonly finishedAt: Date }): Promise<number> {
    const { provider, day, movements, breaks, startedAt, finishedAt } = report;
    const found: NewBreak[] = breaks.map((one) => ({ kind: one.kind, key: `reconcile:${provider}:${day}:${one.ref ?? one.movement ?? ''}:${one.currency}`, tenantId: one.tenantId, orderId: one.orderId, paymentId: one.paymentId, provider, providerRef: one.ref ?? one.movement, expected: one.expected, actual: one.actual, currency: one.currency }));
    return this.db.transaction(async (tx) => {
      const explained = await tx.query<{ key: string }>(`select key from payment.breaks where key = any($1) and state = 'resolved' and resolved_by is not null`, [found.map(({ key }) => key)]);
      const rows = found.filter(({ key }) => !explained.some((one) => one.key === key));
      await tx.query('insert into payment.reconciliations (id, provider, day, movements, breaks, started_at, finished_at) values ($1, $2, $3, $4, $5, $6, $7)', [uuidv7(finishedAt), provider, day, movements, rows.length, startedAt, finishedAt]);
      await recordBreaks(tx, rows, finishedAt);
      await tx.query(`update payment.breaks set state = 'resolved', note = 'It fits now.', resolved_at = $3, version = version + 1 where state = 'open' and key like $1 and not (key = any($2))`, [`reconcile:${provider}:${day}:%`, rows.map(({ key }) => key), finishedAt]);
      await tx.audit({ actor: { kind: 'system', id: 'payment' }, action: 'reconciliation.finished', object: { type: 'reconciliation', id: `${provider}:${day}` }, tenantId: null, after: { movements, breaks: rows.length } });
      return rows.length;
    });
  }

  override async days({ limit, offset }: Window): Promise<Rows<DayReport>> {
    const [rows, [counted]] = await Promise.all([
      this.db.query<{ id: string; provider: string; day: string; movements: number; breaks: number; finished_at: Date }>('select id, provider, day::text, movements, breaks, finished_at from payment.reconciliations order by id desc limit $1 offset $2', [limit, offset]),
      this.db.query<{ n: number }>('select count(*)::integer as n from (select 1 from payment.reconciliations limit 10001) counted'),
    ]);
    return { total: counted?.n ?? 0, rows: rows.map((row) => ({ id: row.id, provider: row.provider, day: row.day, movements: row.movements, breaks: row.breaks, finishedAt: row.finished_at })) };
  }

  override async breaks(scope: TenantScope, filter: { readonly state: string | null; readonly kind: string | null }, { limit, offset }: Window): Promise<Rows<Break>> {
    const where = `${ofTenant} and ($2::text is null or state = $2) and ($3::text is null or kind = $3)`;
    const values = [scope.tenantId, filter.state, filter.kind];
    const [rows, [counted]] = await Promise.all([
      this.db.query<BreakRow>(`select * from payment.breaks where ${where} order by id desc limit $4 offset $5`, [...values, limit, offset]),
      this.db.query<{ n: number }>(`select count(*)::integer as n from (select 1 from payment.breaks where ${where} limit 10001) counted`, values),
    ]);
    return { total: counted?.n ?? 0, rows: rows.map(breakOf) };
  }

  override async break(scope: TenantScope, id: string): Promise<Break | null> {
    const [row] = await this.db.query<BreakRow>(`select * from payment.breaks where ${ofTenant} and id = $2`, [scope.tenantId, id]);
    return row === undefined ? null : breakOf(row);
  }

  override async resolve(tx: Tx, id: string, note: string, by: string | null, at: Date): Promise<boolean> {
    const rows = await tx.query(`update payment.breaks set state = 'resolved', note = $2, resolved_by = $3, resolved_at = $4, version = version + 1 where id = $1 and state = 'open' returning 1`, [id, note, by, at]);
    return rows.length > 0;
  }

  override async unblock(tx: Tx, paymentId: string): Promise<void> {
    await tx.query('update payment.operations set is_blocking = false where payment_id = $1 and is_blocking', [paymentId]);
  }

  override async faults(limit: number): Promise<readonly LedgerFault[]> {
    const rows = await this.db.query<{ kind: LedgerFault['kind']; ref: string; tenant_id: string | null; order_id: string | null; expected: string; actual: string; currency: string }>(faultsSql, [limit]);
    return rows.map((row) => ({ kind: row.kind, ref: row.ref, tenantId: row.tenant_id, orderId: row.order_id, expected: Number(row.expected), actual: Number(row.actual), currency: row.currency }));
  }

  override async queueLateRefunds(now: Date): Promise<number> {
    const late = await this.db.query<{ id: string; tenant_id: string; currency: string }>('select id, tenant_id, currency from payment.orders where is_cancelled and closed_at is null and refund_due_at < $1 order by refund_due_at limit 1000', [now]);
    const rows = late.map(({ id, tenant_id: tenantId, currency }) => ({ kind: 'refund_overdue', key: `refund_overdue:${id}`, tenantId, orderId: id, paymentId: null, provider: null, providerRef: null, expected: null, actual: null, currency }));
    await this.db.transaction((tx) => recordBreaks(tx, rows, now));
    return rows.length;
  }

  override async doubtfulSales(limit: number): Promise<readonly string[]> {
    return (await this.db.query<{ id: string }>('select id from payment.orders where is_sale_doubtful order by id limit $1', [limit])).map(({ id }) => id);
  }

  override async saleLookedAt(tx: Tx, orderId: string): Promise<void> {
    await tx.query('update payment.orders set is_sale_doubtful = false where id = $1', [orderId]);
  }

  override async queue(faults: readonly LedgerFault[], at: Date): Promise<void> {
    if (faults.length === 0) return;
    const rows = faults.map((fault) => ({ kind: fault.kind, key: `ledger:${fault.kind}:${fault.ref}`, tenantId: fault.tenantId, orderId: fault.orderId, paymentId: null, provider: null, providerRef: fault.ref, expected: fault.expected, actual: fault.actual, currency: fault.currency }));
    await this.db.transaction((tx) => recordBreaks(tx, rows, at));
  }
}

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
const breakOf = (row: BreakRow): Break => ({
  id: row.id,
  version: row.version,
  kind: row.kind,
  tenantId: row.tenant_id,
  orderId: row.order_id,
  paymentId: row.payment_id,
  provider: row.provider,
  providerRef: row.provider_ref,
  expected: numberOf(row.expected),
  actual: numberOf(row.actual),
  currency: row.currency,
  state: row.state,
  note: row.note,
  resolvedBy: row.resolved_by,
  foundAt: row.found_at,
  resolvedAt: row.resolved_at,
});
