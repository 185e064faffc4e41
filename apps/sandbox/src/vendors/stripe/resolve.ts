import type { Account } from './account';
import { pageOf, type Resolve, type Sent } from './core/render';
import { cashBalance } from './payments/transfers';

/** Fields that hold an id and may be asked for whole, by what holds them. */
const expandable: Readonly<Record<string, readonly string[]>> = {
  payment_intent: ['customer', 'latest_charge', 'payment_method', 'application', 'on_behalf_of', 'review'],
  setup_intent: ['customer', 'payment_method', 'latest_attempt', 'mandate', 'on_behalf_of', 'single_use_mandate', 'application'],
  charge: ['balance_transaction', 'customer', 'failure_balance_transaction', 'payment_intent', 'application', 'application_fee', 'on_behalf_of', 'review', 'source_transfer', 'transfer'],
  refund: ['balance_transaction', 'charge', 'customer', 'failure_balance_transaction', 'payment_intent', 'payment_method', 'source_transfer_reversal', 'transfer_reversal'],
  dispute: ['charge', 'payment_intent'],
  balance_transaction: ['source'],
  payout: ['balance_transaction', 'failure_balance_transaction', 'destination', 'original_payout', 'reversed_by'],
  payment_method: ['customer'],
  price: ['product'],
  product: ['default_price'],
  customer: ['default_source', 'test_clock'],
  'checkout.session': ['customer', 'payment_intent', 'setup_intent', 'invoice', 'payment_link', 'subscription'],
  'radar.early_fraud_warning': ['charge', 'payment_intent'],
  customer_cash_balance_transaction: ['customer'],
};

const byId = (account: Account, id: string): object | null => {
  const tables = [account.clocks, account.products, account.prices, account.charges, account.intents, account.customers, account.methods, account.transactions, account.refunds, account.setups, account.disputes, account.payouts];
  for (const table of tables) {
    const found = table.get(id);
    if (found !== undefined) return found;
  }
  return null;
};

export const resolverOf =
  (account: Account): Resolve =>
  (owner: Sent, field: string) => {
    const [kind, id] = [owner['object'], owner['id']];
    if (kind === 'charge' && field === 'refunds') return pageOf(`/v1/charges/${String(id)}/refunds`, [...account.refunds.newestFirst()].filter((refund) => refund.charge === id).slice(0, 10));
    if (kind === 'checkout.session' && field === 'line_items') return pageOf(`/v1/checkout/sessions/${String(id)}/line_items`, account.sessions.get(String(id))?._items ?? []);
    const customer = kind === 'customer' && field === 'cash_balance' ? account.customers.get(String(id)) : undefined;
    if (customer !== undefined) return cashBalance(customer);
    if (owner['default_payment_method'] !== undefined && field === 'default_payment_method') return owned(account, owner[field]);
    if (kind === undefined && field === 'payment_intent') return owned(account, owner[field]);
    if (typeof kind !== 'string' || expandable[kind]?.includes(field) !== true) return undefined;
    return owned(account, owner[field]);
  };

const owned = (account: Account, id: unknown): object | null => (typeof id === 'string' ? byId(account, id) : null);
