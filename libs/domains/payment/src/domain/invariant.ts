import type { Balances } from './ledger';
import type { OrderAccount } from './order-account';
import type { Payment } from './payment';

export interface OrderPosition {
  readonly deposits: number;
  readonly payments: number;
  readonly refunds: number;
  readonly chargebacks: number;
  /** What counts for the sale, or was kept of one that came to nothing. */
  readonly settled: number;
  readonly refundDue: number;
}

/** Where an order's money is, by what its payments say. */
export function positionOf(order: OrderAccount, all: readonly Payment[]): OrderPosition {
  const sum = (of: (payment: Payment) => number): number => all.reduce((total, payment) => total + of(payment), 0);
  const deposits = sum(({ leg, captured }) => (leg === 'deposit' ? captured : 0));
  const payments = sum(({ leg, captured }) => (leg === 'balance' ? captured : 0));
  const refunds = sum(({ refunded }) => refunded);
  const chargebacks = sum(({ chargedBack }) => chargedBack);
  const net = deposits + payments - refunds - chargebacks;
  const kept = order.isCancelled ? order.retain : order.isContracted ? order.total - order.goodwill : order.deposit;
  const settled = Math.min(net, kept);
  return { deposits, payments, refunds, chargebacks, settled, refundDue: net - settled };
}

/**
 * The same by the ledger alone: what the buyer has paid and not got back is what was sold less what is still owed, what is
 * kept for the buyer, and what went out by other ways. `sold` and `earned` are what the sale's and the closing's journals say.
 */
export function netByLedger(balances: Balances, sold: number, earnedAtClosing: number): number {
  const of = (account: Parameters<Balances['get']>[0]): number => balances.get(account) ?? 0;
  return sold + earnedAtClosing - of('deposit_liability') - of('buyer_receivable') - of('refunds') - of('chargebacks');
}
