import type { Account } from '../account';
import type { BalanceTransaction } from '../objects';

export const day = 86_400;

export interface Booking {
  readonly type: string;
  readonly category: string;
  readonly amount: number;
  readonly fee?: number;
  readonly currency: string;
  readonly source: string;
  readonly description?: string | null;
  readonly availableOn?: number;
}

/** A movement on the account's balance. */
export function book(account: Account, { type, category, amount, fee = 0, currency, source, description = null, availableOn }: Booking): BalanceTransaction {
  const at = account.now();
  const available = availableOn ?? at;
  const transaction = account.transactions.put({
    id: account.id('txn'),
    object: 'balance_transaction',
    created: at,
    amount,
    available_on: available,
    balance_type: 'payments',
    currency,
    description,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [{ amount: fee, application: null, currency, description: 'Stripe processing fees', type: 'stripe_fee' }],
    net: amount - fee,
    reporting_category: category,
    source,
    status: available <= at ? 'available' : 'pending',
    type,
    _payout: null,
  });
  if (type !== 'payout') account.laterOnce(nightAfter(available), 'payout.sweep', currency);
  return transaction;
}

const nightAfter = (at: number): number => (Math.floor(at / day) + 1) * day;

/** A transaction becomes available as time passes, with no event of its own. */
export function current(account: Account, transaction: BalanceTransaction): BalanceTransaction {
  if (transaction.status === 'pending' && transaction.available_on <= account.now()) {
    transaction.status = 'available';
    account.transactions.put(transaction);
  }
  return transaction;
}

/** Per currency. */
export function sums(account: Account): { readonly available: Map<string, number>; readonly pending: Map<string, number> } {
  const available = new Map<string, number>();
  const pending = new Map<string, number>();
  for (const transaction of account.transactions.oldestFirst()) {
    const into = current(account, transaction).status === 'available' ? available : pending;
    into.set(transaction.currency, (into.get(transaction.currency) ?? 0) + transaction.net);
  }
  return { available, pending };
}
