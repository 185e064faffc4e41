import type { Account } from '../account';
import type { Capture, Dispute } from '../objects';
import { giveBack } from '../payments/refunding';
import { note, tellRefund } from '../payments/statement';
import { renderDispute } from './render';

export const tellDispute = (account: Account, type: 'CREATED' | 'UPDATED' | 'RESOLVED', one: Dispute): void =>
  account.tell(`CUSTOMER.DISPUTE.${type}`, { resource_type: 'dispute', resource_version: null, summary: type === 'CREATED' ? `A new dispute opened with Case # ${one.id}` : `Case # ${one.id} was ${type === 'UPDATED' ? 'updated' : 'resolved'}`, resource: renderDispute(account, one, { alone: true }) });

/** What moves on the account because of it. */
function move(account: Account, one: Dispute, { code, minor, reason }: { readonly code: string; readonly minor: number; readonly reason: string }): void {
  const capture = account.captures.get(one.capture);
  if (capture === undefined) return;
  note(account, { id: account.id(), code, status: 'S', minor, currency: one.currency, order: capture.order, reference: capture.id, reference_type: 'TXN', invoice_id: capture.invoice_id, custom_id: capture.custom_id });
  one.movements.push({ type: minor < 0 ? 'DEBIT' : 'CREDIT', reason, minor: Math.abs(minor), time: account.now() });
}

/** While it is open the money is not the merchant's: PayPal holds it, or the card's bank has taken it back. */
export const withhold = (account: Account, one: Dispute): void => move(account, one, one.channel === 'INTERNAL' ? { code: 'T1110', minor: -one.minor, reason: 'DISPUTE_SETTLEMENT' } : { code: 'T1201', minor: -one.minor, reason: 'CHARGEBACK' });

const letGo = (account: Account, one: Dispute): void => move(account, one, one.channel === 'INTERNAL' ? { code: 'T1111', minor: one.minor, reason: 'DISPUTE_SETTLEMENT' } : { code: 'T1202', minor: one.minor, reason: 'CHARGEBACK_REVERSAL' });

/** The end of it: the money goes to the buyer, or comes back. */
export function resolve(account: Account, one: Dispute, outcome: Exclude<Dispute['outcome'], null>): void {
  if (one.status === 'RESOLVED') return;
  const capture = account.captures.get(one.capture);
  const lost = outcome === 'RESOLVED_BUYER_FAVOUR';
  account.change(account.disputes, one, (it) => {
    it.status = 'RESOLVED';
    it.outcome = outcome;
    it.due = null;
    it.refunded = lost ? it.minor : 0;
    // A bank that keeps what it took moves nothing more.
    if (!lost || it.channel === 'INTERNAL') letGo(account, it);
  });
  if (lost && capture !== undefined) {
    const minor = Math.min(one.minor, capture.minor - capture.refunded);
    const reversal = giveBack(account, capture, { minor, invoice_id: capture.invoice_id, custom_id: capture.custom_id, note: 'Payment reversed', code: one.channel === 'INTERNAL' ? 'T1106' : null });
    tellRefund(account, 'REVERSED', reversal);
  }
  tellDispute(account, 'RESOLVED', one);
}

/** A merchant who gives everything back leaves nothing to quarrel about. */
export function closeByRefund(account: Account, capture: Capture): void {
  const one = account.disputes.get(capture.dispute ?? '');
  if (one === undefined || one.status === 'RESOLVED') return;
  account.change(account.disputes, one, (it) => {
    it.status = 'RESOLVED';
    it.outcome = 'RESOLVED_BUYER_FAVOUR';
    it.due = null;
    it.refunded = it.minor;
    letGo(account, it);
  });
  tellDispute(account, 'RESOLVED', one);
}
