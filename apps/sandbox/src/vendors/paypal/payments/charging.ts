import type { Account } from '../account';
import { feeOf } from '../core/money';
import type { Authorization, Capture, Funding, Order, Unit } from '../objects';
import { claimInvoice, freeInvoice } from './invoices';
import { note, restate, tellAuthorization, tellCapture } from './statement';

export const day = 24 * 3_600;
export const honorDays = 3;
export const validDays = 29;
const reviewSeconds = day;
const clearingSeconds = 5 * day;

export interface Taking {
  readonly order: Order;
  readonly unit: Unit;
  readonly authorization: Authorization | null;
  readonly minor: number;
  readonly final: boolean;
  readonly funding: Funding;
  readonly invoice_id: string | null;
  readonly note: string | null;
}

const waits = (funding: Funding, direct: boolean): 'ECHECK' | 'PENDING_REVIEW' | null => {
  if (funding === 'echeck' || funding === 'echeck_bounces') return 'ECHECK';
  return direct && (funding === 'review' || funding === 'review_denied') ? 'PENDING_REVIEW' : null;
};

/** Money comes in, is on its way, or was refused at the last moment. */
export function take(account: Account, { order, unit, authorization, minor, final, funding, invoice_id, note: toPayer }: Taking): Capture {
  const now = account.now();
  const reason = waits(funding, authorization === null);
  const declined = funding === 'card_refused';
  const capture: Capture = {
    id: account.id(),
    object: 'capture',
    created: now,
    updated: now,
    status: declined ? 'DECLINED' : reason === null ? 'COMPLETED' : 'PENDING',
    reason: declined ? 'DECLINED_BY_PROCESSOR' : reason,
    order: order.id,
    unit: unit.wire.reference_id,
    authorization: authorization?.id ?? null,
    minor,
    currency: unit.currency,
    fee: feeOf(minor, unit.currency),
    refunded: 0,
    refunds: 0,
    invoice_id,
    custom_id: unit.custom_id,
    final,
    note: toPayer,
    by_card: funding === 'card' || funding === 'card_refused',
    dispute: null,
  };
  account.captures.put(capture);
  unit.captures.push(capture.id);
  account.change(account.orders, order, () => undefined);
  note(account, { id: capture.id, code: 'T0006', status: declined ? 'D' : reason === null ? 'S' : 'P', minor, fee: capture.fee, currency: unit.currency, order: order.id, reference: authorization?.id ?? order.id, reference_type: authorization === null ? 'ODR' : 'TXN', invoice_id, custom_id: unit.custom_id });
  if (!declined) claimInvoice(account, order.id, invoice_id, 'captured');
  tellCapture(account, declined ? 'DECLINED' : reason === null ? 'COMPLETED' : 'PENDING', capture);
  if (reason !== null) account.later(now + (reason === 'ECHECK' ? clearingSeconds : reviewSeconds), funding === 'echeck_bounces' || funding === 'review_denied' ? 'capture.decline' : 'capture.complete', capture.id);
  return capture;
}

/** Money is held. */
export function hold(account: Account, { order, unit, minor, parent }: { readonly order: Order; readonly unit: Unit; readonly minor: number; readonly parent: Authorization | null }): Authorization {
  const now = account.now();
  const { funding } = parent ?? order;
  const reviewed = parent === null && (funding === 'review' || funding === 'review_denied');
  const expires = parent?.expires ?? now + validDays * day;
  const authorization: Authorization = {
    id: account.id(),
    object: 'authorization',
    created: now,
    updated: now,
    status: funding === 'card_refused' ? 'DENIED' : reviewed ? 'PENDING' : 'CREATED',
    reason: reviewed ? 'PENDING_REVIEW' : null,
    order: order.id,
    unit: unit.wire.reference_id,
    minor,
    currency: unit.currency,
    captured: 0,
    captures: 0,
    invoice_id: unit.invoice_id,
    custom_id: unit.custom_id,
    expires,
    honored: Math.min(expires, now + honorDays * day),
    parent: parent?.id ?? null,
    reauthorizations: 0,
    expired: false,
    funding,
  };
  account.authorizations.put(authorization);
  unit.authorizations.push(authorization.id);
  account.change(account.orders, order, () => undefined);
  note(account, { id: authorization.id, code: parent === null ? 'T1300' : 'T1301', status: authorization.status === 'DENIED' ? 'D' : reviewed ? 'P' : 'S', minor, currency: unit.currency, order: order.id, reference: parent?.id ?? order.id, reference_type: parent === null ? 'ODR' : 'TXN', invoice_id: unit.invoice_id, custom_id: unit.custom_id, moves: false });
  if (authorization.status === 'DENIED') return authorization;
  claimInvoice(account, order.id, unit.invoice_id);
  tellAuthorization(account, 'CREATED', authorization);
  if (reviewed) account.later(now + reviewSeconds, funding === 'review_denied' ? 'authorization.deny' : 'authorization.allow', authorization.id);
  if (parent === null) account.later(expires, 'authorization.expire', authorization.id);
  return authorization;
}

/** An original and all that it was reauthorized as. */
export function familyOf(account: Account, one: Authorization): readonly Authorization[] {
  const root = one.parent ?? one.id;
  const unit = account.orders.get(one.order)?.units.find(({ wire }) => wire.reference_id === one.unit);
  return (unit?.authorizations ?? []).flatMap((id) => account.authorizations.get(id) ?? []).filter(({ id, parent }) => id === root || parent === root);
}

/** What is left of a hold goes back to the payer; an order of which nothing was taken is void with it. */
export function release(account: Account, one: Authorization, expired: boolean): void {
  for (const member of familyOf(account, one)) {
    if (member.status !== 'CREATED' && member.status !== 'PARTIALLY_CAPTURED' && member.status !== 'PENDING') continue;
    account.change(account.authorizations, member, (it) => {
      it.status = 'VOIDED';
      it.reason = null;
      it.expired = expired;
    });
    tellAuthorization(account, 'VOIDED', member);
  }
  const order = account.orders.get(one.order);
  if (order === undefined || order.units.some(({ captures }) => captures.length > 0)) return;
  account.change(account.orders, order, (it) => (it.status = 'VOIDED'));
  for (const unit of order.units) freeInvoice(account, order.id, unit.invoice_id);
}

/** What happens by itself as time goes by. */
export function playPayments(account: Account): void {
  account.on('authorization.expire', (id) => {
    const one = account.authorizations.get(id);
    if (one !== undefined && (one.status === 'CREATED' || one.status === 'PARTIALLY_CAPTURED' || one.status === 'PENDING')) release(account, one, true);
  });
  account.on('authorization.allow', (id) => {
    const one = account.authorizations.get(id);
    if (one?.status !== 'PENDING') return;
    account.change(account.authorizations, one, (it) => {
      it.status = 'CREATED';
      it.reason = null;
    });
    restate(account, id, 'S');
    tellAuthorization(account, 'CREATED', one);
  });
  account.on('authorization.deny', (id) => {
    const one = account.authorizations.get(id);
    if (one?.status !== 'PENDING') return;
    account.change(account.authorizations, one, (it) => {
      it.status = 'DENIED';
      it.reason = null;
    });
    freeInvoice(account, one.order, one.invoice_id);
    restate(account, id, 'D');
    tellAuthorization(account, 'VOIDED', one);
  });
  const settle = (id: string, good: boolean): void => {
    const one = account.captures.get(id);
    if (one?.status !== 'PENDING') return;
    account.change(account.captures, one, (it) => {
      it.status = good ? 'COMPLETED' : 'DECLINED';
      it.reason = null;
    });
    restate(account, id, good ? 'S' : 'D');
    tellCapture(account, good ? 'COMPLETED' : 'DECLINED', one);
  };
  account.on('capture.complete', (id) => settle(id, true));
  account.on('capture.decline', (id) => settle(id, false));
}
