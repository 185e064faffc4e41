import { isoTime, type Account } from '../account';
import type { Link } from '../core/errors';
import { moneyOf } from '../core/money';
import type { Hash } from '../core/reading';
import { merchant } from '../orders/units';
import type { Authorization, Capture, Kept, Refund } from '../objects';

const times = ({ created, updated }: Kept): Hash => ({ create_time: isoTime(created), update_time: isoTime(updated) });
const references = ({ invoice_id, custom_id }: { readonly invoice_id: string | null; readonly custom_id: string | null }): Hash => ({ ...(invoice_id === null ? {} : { invoice_id }), ...(custom_id === null ? {} : { custom_id }) });
const details = (reason: string | null): Hash => (reason === null ? {} : { status_details: { reason } });
const protection = { seller_protection: { status: 'ELIGIBLE', dispute_categories: ['ITEM_NOT_RECEIVED', 'UNAUTHORIZED_TRANSACTION'] } } as const;

export const paymentUrl = (account: Account, kind: 'authorizations' | 'captures' | 'refunds', id: string): string => `${account.baseUrl}/v2/payments/${kind}/${id}`;
const orderUrl = (account: Account, id: string): string => `${account.baseUrl}/v2/checkout/orders/${id}`;

function authorizationLinks(account: Account, one: Authorization): readonly Link[] {
  const self = paymentUrl(account, 'authorizations', one.id);
  const open = one.status === 'CREATED' || one.status === 'PARTIALLY_CAPTURED';
  return [
    { href: self, rel: 'self', method: 'GET' },
    ...(open ? [{ href: `${self}/capture`, rel: 'capture', method: 'POST' } as const] : []),
    ...(open && one.parent === null ? [{ href: `${self}/void`, rel: 'void', method: 'POST' } as const, { href: `${self}/reauthorize`, rel: 'reauthorize', method: 'POST' } as const] : []),
    { href: orderUrl(account, one.order), rel: 'up', method: 'GET' },
  ];
}

export const renderAuthorization = (account: Account, one: Authorization): Hash => ({
  id: one.id,
  status: one.status,
  ...details(one.reason),
  amount: moneyOf(one.minor, one.currency),
  ...references(one),
  ...protection,
  expiration_time: isoTime(one.expires),
  links: authorizationLinks(account, one),
  ...times(one),
});

function captureLinks(account: Account, one: Capture): readonly Link[] {
  const self = paymentUrl(account, 'captures', one.id);
  const refundable = one.status === 'COMPLETED' || one.status === 'PARTIALLY_REFUNDED';
  return [
    { href: self, rel: 'self', method: 'GET' },
    ...(refundable ? [{ href: `${self}/refund`, rel: 'refund', method: 'POST' } as const] : []),
    { href: one.authorization === null ? orderUrl(account, one.order) : paymentUrl(account, 'authorizations', one.authorization), rel: 'up', method: 'GET' },
  ];
}

export const renderCapture = (account: Account, one: Capture): Hash => ({
  id: one.id,
  status: one.status,
  ...details(one.reason),
  amount: moneyOf(one.minor, one.currency),
  final_capture: one.final,
  ...protection,
  // There is nothing to receive of what is still on its way, or never came.
  ...(one.status === 'PENDING' || one.status === 'DECLINED' || one.status === 'FAILED' ? {} : { seller_receivable_breakdown: { gross_amount: moneyOf(one.minor, one.currency), paypal_fee: moneyOf(one.fee, one.currency), net_amount: moneyOf(one.minor - one.fee, one.currency) } }),
  ...references(one),
  ...(one.by_card ? { processor_response: one.status === 'DECLINED' ? { avs_code: 'Y', cvv_code: 'M', response_code: '9500' } : { avs_code: 'Y', cvv_code: 'M', response_code: '0000' } } : {}),
  ...(one.note === null ? {} : { note_to_payer: one.note }),
  disbursement_mode: 'INSTANT',
  links: captureLinks(account, one),
  ...times(one),
});

export const renderRefund = (account: Account, one: Refund): Hash => ({
  id: one.id,
  status: one.status,
  amount: moneyOf(one.minor, one.currency),
  ...references(one),
  ...(one.note === null ? {} : { note_to_payer: one.note }),
  // Fees of the payment are not given back.
  seller_payable_breakdown: { gross_amount: moneyOf(one.minor, one.currency), paypal_fee: moneyOf(0, one.currency), net_amount: moneyOf(one.minor, one.currency), total_refunded_amount: moneyOf(one.total, one.currency) },
  payer: merchant,
  links: [
    { href: paymentUrl(account, 'refunds', one.id), rel: 'self', method: 'GET' },
    { href: paymentUrl(account, 'captures', one.capture), rel: 'up', method: 'GET' },
  ],
  ...times(one),
});

/** As it is shown by itself, with whose it is. */
export const renderAlone = {
  authorization: (account: Account, one: Authorization): Hash => ({ ...renderAuthorization(account, one), supplementary_data: { related_ids: { order_id: one.order, ...(one.parent === null ? {} : { authorization_id: one.parent }) } }, payee: merchant }),
  capture: (account: Account, one: Capture): Hash => ({ ...renderCapture(account, one), supplementary_data: { related_ids: { order_id: one.order, ...(one.authorization === null ? {} : { authorization_id: one.authorization }) } }, payee: merchant }),
  refund: renderRefund,
};

/** Without `Prefer: return=representation`. */
export const sketch = (whole: Hash): Hash => ({ id: whole['id'], status: whole['status'], ...(whole['status_details'] === undefined ? {} : { status_details: whole['status_details'] }), links: whole['links'] });
