import { uuidv7 } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import type { Break } from '../application/ports-reconciliation';
import type { Oddity } from '../domain/desk-state';
import type { OrderAccount } from '../domain/order-account';

export interface NewBreak extends Pick<Break, 'kind' | 'tenantId' | 'orderId' | 'paymentId' | 'provider' | 'providerRef' | 'expected' | 'actual' | 'currency'> {
  /** While one of the same key is open, it is the same one. */
  readonly key: string;
}

/** Puts into the break queue what is not in it yet. */
export async function recordBreaks(tx: Tx, breaks: readonly NewBreak[], now: Date): Promise<void> {
  if (breaks.length === 0) return;
  const rows = breaks.map((one) => ({ id: uuidv7(now), version: 1, kind: one.kind, key: one.key, tenant_id: one.tenantId, order_id: one.orderId, payment_id: one.paymentId, provider: one.provider, provider_ref: one.providerRef, expected: one.expected, actual: one.actual, currency: one.currency, state: 'open', note: null, resolved_by: null, found_at: now, resolved_at: null }));
  await tx.query(`insert into payment.breaks select * from jsonb_populate_recordset(null::payment.breaks, $1::jsonb) on conflict (key) where state = 'open' do nothing`, [JSON.stringify(rows)]);
}

export function recordOddities(tx: Tx, order: OrderAccount, oddities: readonly Oddity[], now: Date): Promise<void> {
  return recordBreaks(tx, oddities.map((one) => ({ ...one, key: `${one.kind}:${one.paymentId}:${one.providerRef ?? ''}`, tenantId: order.tenantId, orderId: order.orderId, provider: null })), now);
}
