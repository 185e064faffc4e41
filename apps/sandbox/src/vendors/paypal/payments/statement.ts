import type { Account } from '../account';
import { inWords } from '../core/money';
import type { Authorization, Capture, Refund, Transaction } from '../objects';
import { renderAlone } from './render';

type Line = Pick<Transaction, 'id' | 'code' | 'status' | 'minor' | 'currency' | 'order'> & Partial<Pick<Transaction, 'fee' | 'reference' | 'reference_type' | 'invoice_id' | 'custom_id' | 'moves'>>;

/** A line of the statement. */
export const note = (account: Account, line: Line): Transaction =>
  account.transactions.put({ fee: 0, reference: null, reference_type: null, invoice_id: null, custom_id: null, moves: true, ...line, object: 'transaction', created: account.now(), updated: account.now() });

export function restate(account: Account, id: string, status: Transaction['status']): void {
  const line = account.transactions.get(id);
  if (line !== undefined) account.change(account.transactions, line, (one) => (one.status = status));
}

/** What is on the account, by currency: whatever has come in or gone out for good. */
export function balances(account: Account, until = Number.POSITIVE_INFINITY): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { moves, status, minor, fee, currency, created } of account.transactions.oldestFirst()) {
    if (moves && (status === 'S' || status === 'V') && created <= until) sums.set(currency, (sums.get(currency) ?? 0) + minor - fee);
  }
  return sums;
}

const amountOf = ({ minor, currency }: { readonly minor: number; readonly currency: string }): string => inWords(minor, currency);

export const tellAuthorization = (account: Account, type: 'CREATED' | 'VOIDED', one: Authorization): void =>
  account.tell(`PAYMENT.AUTHORIZATION.${type}`, { resource_type: 'authorization', resource_version: '2.0', summary: type === 'CREATED' ? `A successful payment authorization was created for ${amountOf(one)}` : 'A payment authorization was voided', resource: renderAlone.authorization(account, one) });

const words = { COMPLETED: 'Payment completed for', PENDING: 'Payment pending for', DECLINED: 'A payment was declined for' } as const;

export const tellCapture = (account: Account, type: keyof typeof words, one: Capture): void =>
  account.tell(`PAYMENT.CAPTURE.${type}`, { resource_type: 'capture', resource_version: '2.0', summary: `${words[type]} ${amountOf(one)}`, resource: renderAlone.capture(account, one) });

export const tellRefund = (account: Account, type: 'REFUNDED' | 'REVERSED', one: Refund): void =>
  account.tell(`PAYMENT.CAPTURE.${type}`, { resource_type: 'refund', resource_version: '2.0', summary: `A ${amountOf(one)} capture payment was ${type === 'REFUNDED' ? 'refunded' : 'reversed'}`, resource: renderAlone.refund(account, one) });
