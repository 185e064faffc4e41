import type { Account } from '../account';
import { refused } from '../core/errors';

/** For orders: another order was paid with that number. */
export function checkInvoice(account: Account, order: string, invoice: string | null): void {
  if (invoice === null || !account.settings.unique_invoices) return;
  const known = account.invoices.get(invoice);
  if (known !== undefined && known.order !== order) throw refused('DUPLICATE_INVOICE_ID', { location: 'body', field: '/purchase_units/0/invoice_id', value: invoice });
}

/** For a number that a capture or refund brings along: nothing was done with it before. */
export function checkOwnInvoice(account: Account, what: 'captured' | 'refunded', order: string, invoice: string | null): void {
  if (invoice === null || !account.settings.unique_invoices) return;
  const other = what === 'captured' ? account.invoices.get(invoice) : undefined;
  if (account.invoices.get(`${what} ${invoice}`) !== undefined || (other !== undefined && other.order !== order)) throw refused('DUPLICATE_INVOICE_ID', { location: 'body', field: '/invoice_id', value: invoice });
}

export function claimInvoice(account: Account, order: string, invoice: string | null, what?: 'captured' | 'refunded'): void {
  if (invoice === null) return;
  for (const id of what === undefined ? [invoice] : what === 'captured' ? [invoice, `captured ${invoice}`] : [`refunded ${invoice}`]) account.invoices.put({ id, object: 'invoice', created: account.now(), order });
}

/** The number may be used again: what it was for has come to nothing. */
export function freeInvoice(account: Account, order: string, invoice: string | null): void {
  if (invoice !== null && account.invoices.get(invoice)?.order === order && account.invoices.get(`captured ${invoice}`) === undefined) account.invoices.remove(invoice);
}
