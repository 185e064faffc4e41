import { isoTime, type Account } from '../account';
import { moneyOf } from '../core/money';
import type { Hash } from '../core/reading';
import type { PaypalEvent } from '../objects';

/** What stands for the webhook's id in what a simulated event is signed over. */
export const simulatedWebhook = 'WEBHOOK_ID';

/** Something of the kind that the event is about; nothing of the account's. */
function resourceOf(account: Account, type: string): { readonly kind: string; readonly version: string | null; readonly resource: Hash } {
  const [amount, at] = [moneyOf(10_000, 'USD'), isoTime(account.now())];
  const common = { id: account.id(), amount, create_time: at, update_time: at };
  const state = type.split('.').at(-1) ?? '';
  if (type.startsWith('CHECKOUT.ORDER.')) return { kind: 'checkout-order', version: '2.0', resource: { id: common.id, intent: 'CAPTURE', status: state, purchase_units: [{ reference_id: 'default', amount }], create_time: at, update_time: at } };
  if (type.startsWith('PAYMENT.AUTHORIZATION.')) return { kind: 'authorization', version: '2.0', resource: { ...common, status: state } };
  if (type === 'PAYMENT.CAPTURE.REFUNDED' || type === 'PAYMENT.CAPTURE.REVERSED') return { kind: 'refund', version: '2.0', resource: { ...common, status: 'COMPLETED' } };
  if (type.startsWith('PAYMENT.CAPTURE.')) return { kind: 'capture', version: '2.0', resource: { ...common, status: state, final_capture: true } };
  if (type.startsWith('CUSTOMER.DISPUTE.')) return { kind: 'dispute', version: null, resource: { dispute_id: `PP-D-${account.now() % 1_000_000}`, reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED', status: state === 'RESOLVED' ? 'RESOLVED' : 'WAITING_FOR_SELLER_RESPONSE', dispute_amount: amount, create_time: at, update_time: at } };
  return { kind: (type.split('.')[1] ?? 'event').toLowerCase(), version: '1.0', resource: { id: common.id, create_time: at } };
}

/** An event that nothing has led to; it is kept nowhere. */
export function sampleEvent(account: Account, type: string): PaypalEvent {
  const { kind, version, resource } = resourceOf(account, type);
  return { id: `WH-${account.id()}-${account.id()}`, object: 'event', created: account.now(), event_type: type, resource_type: kind, resource_version: version, summary: 'A simulated event', resource };
}
