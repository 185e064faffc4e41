import type { Account } from './account';
import { pageOf, type Resolve, type Sent } from './core/render';
import { cashBalance } from './payments/transfers';

const byId = (account: Account, id: string): object | null => {
  const tables = [account.clocks, account.products, account.prices, account.charges, account.intents, account.customers, account.methods, account.transactions, account.refunds, account.setups, account.attempts, account.disputes, account.payouts, account.files];
  for (const table of tables) {
    const found = table.get(id);
    if (found !== undefined) return found;
  }
  return account.gone.get(id) === undefined ? null : { id, object: 'customer', deleted: true };
};

export const resolverOf =
  (account: Account): Resolve =>
  (owner: Sent, field: string) => {
    const [kind, id] = [owner['object'], owner['id']];
    if (kind === 'charge' && field === 'refunds') return pageOf(`/v1/charges/${String(id)}/refunds`, [...account.refunds.newestFirst()].filter((refund) => refund.charge === id).slice(0, 10));
    if (kind === 'checkout.session' && field === 'line_items') return pageOf(`/v1/checkout/sessions/${String(id)}/line_items`, account.sessions.get(String(id))?._items ?? []);
    const customer = kind === 'customer' && field === 'cash_balance' ? account.customers.get(String(id)) : undefined;
    if (customer !== undefined) return cashBalance(customer);
    return owned(account, owner[field]);
  };

const owned = (account: Account, id: unknown): object | null => (typeof id === 'string' ? byId(account, id) : null);
