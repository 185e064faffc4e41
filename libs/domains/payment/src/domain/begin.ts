import type { OrderAccount } from './order-account';
import { type NewPayment, newPayment, type Payment } from './payment';
import { keyOf } from './vocabulary';

export type AskedPayment = Pick<NewPayment, 'leg' | 'method' | 'amount' | 'expiresAt' | 'savedCardId'>;

/** One payment more of an order. All transfers of an order come to one account. */
export function begun({ orderId, tenantId, buyerId, currency }: OrderAccount, payments: readonly Payment[], asked: AskedPayment, id: string, at: Date): Payment {
  const { leg, method } = asked;
  const attempt = payments.filter((one) => one.leg === leg).length + 1;
  const payment = newPayment({ ...asked, id, tenantId, orderId, buyerId, attempt, key: keyOf(orderId, leg, 'pay', attempt), currency, at });
  const known = method === 'bank_transfer' ? payments.find((one) => one.method === method && one.refs.customer !== null) : undefined;
  return { ...payment, refs: { ...payment.refs, customer: known?.refs.customer ?? null } };
}
