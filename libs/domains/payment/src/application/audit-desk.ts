import type { AuditEntry } from '@autobroker/platform/database';
import type { OrderDesk } from '../domain/desk';
import type { DeskState } from '../domain/desk-state';
import { stateOf } from '../domain/payment';
import type { Doer } from './desks';

/** What has changed on a desk, row by row. */
export function auditOf(before: DeskState, desk: OrderDesk, by: Doer): AuditEntry[] {
  const { tenantId, orderId } = desk.order;
  const entry = (action: string, type: string, id: string, more: Pick<AuditEntry, 'before' | 'after' | 'reason'> = {}): AuditEntry => ({ ...by, action, object: { type, id }, tenantId, ...more });
  const entries: AuditEntry[] = [];
  const known = new Map(before.payments.map((payment) => [payment.id, payment]));
  for (const payment of desk.payments.values()) {
    const old = known.get(payment.id);
    const state = stateOf(payment);
    if (old !== undefined && stateOf(old) === state && old.refunded === payment.refunded && old.givenUpFor === payment.givenUpFor) continue;
    const after = { state, order_id: orderId, leg: payment.leg, amount: payment.amount, currency: payment.currency, captured: payment.captured, refunded: payment.refunded };
    entries.push(entry(`payment.${state}`, 'payment', payment.id, { ...(old === undefined ? {} : { before: { state: stateOf(old), captured: old.captured, refunded: old.refunded } }), after, reason: payment.givenUpFor }));
  }
  for (const { kind, paymentId, amount, key } of desk.opened) if (kind !== 'open') entries.push(entry(`payment.${kind}_asked`, 'payment', paymentId, { after: { amount, key } }));
  const requests = new Map(before.requests.map((request) => [request.id, request]));
  for (const request of desk.requests.values()) {
    const old = requests.get(request.id);
    if (old?.state === request.state) continue;
    entries.push(entry(`refund.${request.state}`, 'refund', request.id, { ...(old === undefined ? {} : { before: { state: old.state } }), after: { state: request.state, order_id: orderId, amount: request.amount, currency: request.currency, origin: request.origin }, reason: request.decisionNote ?? request.reason }));
  }
  const disputes = new Map(before.disputes.map((dispute) => [dispute.id, dispute]));
  for (const dispute of desk.disputes.values()) {
    if (disputes.get(dispute.id)?.status !== dispute.status) entries.push(entry(`dispute.${dispute.status}`, 'dispute', dispute.id, { after: { order_id: orderId, amount: dispute.amount, currency: dispute.currency } }));
  }
  for (const payout of desk.payouts) entries.push(entry('payout.due', 'payout', payout.id, { after: { order_id: orderId, payee: payout.payee, amount: payout.amount, currency: payout.currency } }));
  return entries;
}
