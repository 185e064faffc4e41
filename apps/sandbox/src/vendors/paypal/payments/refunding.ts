import type { Account } from '../account';
import type { Capture, Refund } from '../objects';
import { note, restate } from './statement';

export interface GivingBack {
  readonly minor: number;
  readonly invoice_id: string | null;
  readonly custom_id: string | null;
  readonly note: string | null;
  /** What it is called on the statement; null when the statement has it already. */
  readonly code: string | null;
}

/** Money goes back to the payer, whoever wanted it. */
export function giveBack(account: Account, capture: Capture, { minor, invoice_id, custom_id, note: toPayer, code }: GivingBack): Refund {
  const now = account.now();
  const refund: Refund = { id: account.id(), object: 'refund', created: now, updated: now, status: 'COMPLETED', capture: capture.id, order: capture.order, unit: capture.unit, minor, currency: capture.currency, total: capture.refunded + minor, invoice_id, custom_id, note: toPayer };
  account.refunds.put(refund);
  account.change(account.captures, capture, (one) => {
    one.refunded += minor;
    one.refunds += 1;
    one.status = one.refunded >= one.minor ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  });
  if (capture.status === 'REFUNDED') restate(account, capture.id, 'V');
  const order = account.orders.get(capture.order);
  const unit = order?.units.find(({ wire }) => wire.reference_id === capture.unit);
  if (order !== undefined && unit !== undefined) account.change(account.orders, order, () => unit.refunds.push(refund.id));
  if (code !== null) note(account, { id: refund.id, code, status: 'S', minor: -minor, currency: capture.currency, order: capture.order, reference: capture.id, reference_type: 'TXN', invoice_id, custom_id });
  return refund;
}
