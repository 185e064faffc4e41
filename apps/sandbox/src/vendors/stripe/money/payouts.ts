import type { Account } from '../account';
import { invalid, missing } from '../core/errors';
import type { Call, Endpoint } from '../core/routes';
import { listRows } from '../core/lists';
import { int, mergeMetadata, metadata, oneOf, readParams, required, text, type Metadata } from '../core/params';
import type { Page, Sent } from '../core/render';
import type { Payout } from '../objects';
import { amount, checkAmount, currency, inWords } from './amounts';
import { book, current, day, sums } from './balance';

export function makePayout(account: Account, wanted: { amount: number; currency: string; automatic: boolean; description?: string | undefined; metadata?: Metadata | undefined; method?: 'standard' | 'instant' | undefined; statement_descriptor?: string | undefined }): Payout {
  const at = account.now();
  const payout: Payout = {
    id: account.id('po'),
    object: 'payout',
    created: at,
    amount: wanted.amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: (Math.floor(at / day) + 1) * day,
    automatic: wanted.automatic,
    balance_transaction: null,
    currency: wanted.currency,
    description: wanted.description ?? (wanted.automatic ? 'STRIPE PAYOUT' : null),
    destination: bankAccountId,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: wanted.metadata ?? {},
    method: wanted.method ?? 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: wanted.automatic ? 'in_progress' : 'not_applicable',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: wanted.statement_descriptor ?? null,
    status: wanted.automatic ? 'in_transit' : 'pending',
    trace_id: null,
    type: 'bank_account',
  };
  const booked = book(account, { type: 'payout', category: 'payout', amount: -payout.amount, currency: payout.currency, source: payout.id, description: payout.description });
  // What a manual payout takes is missing from what the night's own one carries.
  booked._payout = payout.automatic ? payout.id : null;
  payout.balance_transaction = booked.id;
  account.payouts.put(payout);
  account.emit('payout.created', payout);
  account.later(payout.arrival_date, 'payout.arrive', payout.id);
  return payout;
}

const bankAccountId = 'ba_1SandboxBankAccount000001';

/** What happens by itself: every night what is available is paid out, a day later it has arrived. */
export function playPayouts(account: Account): void {
  account.on('payout.sweep', (currencyOf) => {
    const carried = [...account.transactions.oldestFirst()].filter((one) => one.currency === currencyOf && one._payout === null && current(account, one).status === 'available');
    const total = carried.reduce((sum, one) => sum + one.net, 0);
    if (total <= 0) return;
    const payout = makePayout(account, { amount: total, currency: currencyOf, automatic: true });
    for (const one of carried) {
      one._payout = payout.id;
      account.transactions.put(one);
    }
  });
  account.on('payout.arrive', (id) => {
    const payout = account.payouts.get(id);
    if (payout === undefined || (payout.status !== 'pending' && payout.status !== 'in_transit')) return;
    account.change(account.payouts, payout, (one) => {
      one.status = 'paid';
      if (one.automatic) one.reconciliation_status = 'completed';
    }, 'payout.paid');
    if (payout.automatic) account.emit('payout.reconciliation_completed', payout);
  });
}

const find = (account: Account, id: string): Payout => {
  const found = account.payouts.get(id);
  if (found === undefined) throw missing('payout', id, 'payout');
  return found;
};

const create = ({ account, raw }: Call): Payout => {
  const given = readParams({ amount, currency, description: text(), metadata, method: oneOf('standard', 'instant'), source_type: text(), statement_descriptor: text(22), destination: text(), payout_method: text() }, raw);
  const value = required(given.amount, 'amount');
  const of = required(given.currency, 'currency');
  checkAmount(value, of);
  const available = sums(account).available.get(of) ?? 0;
  if (available < value) throw invalid(`You have insufficient funds in your Stripe account for this transfer. Your ${of} balance is ${inWords(Math.max(0, available), of)}.`, { code: 'balance_insufficient' });
  return makePayout(account, { ...given, amount: value, currency: of, automatic: false, metadata: given.metadata ?? undefined });
};

const cancel = ({ account, params }: Call): Payout => {
  const payout = find(account, params['id'] ?? '');
  if (payout.status !== 'pending') throw invalid('Payouts can only be canceled while they are pending.', {});
  const back = book(account, { type: 'payout_cancel', category: 'payout_reversal', amount: payout.amount, currency: payout.currency, source: payout.id });
  return account.change(account.payouts, payout, (one) => {
    one.status = 'canceled';
    one.failure_balance_transaction = back.id;
  }, 'payout.canceled');
};

const balance = ({ account }: Call): Sent => {
  const { available, pending } = sums(account);
  const names = [...new Set(['usd', ...available.keys(), ...pending.keys()])];
  const told = (of: Map<string, number>) => names.map((name) => ({ amount: of.get(name) ?? 0, currency: name, source_types: { card: of.get(name) ?? 0 } }));
  return { object: 'balance', available: told(available), instant_available: told(available), livemode: false, pending: told(pending), refund_and_dispute_prefunding: { available: [], pending: [] } };
};

const transactions = ({ account, raw }: Call): Page => {
  for (const one of account.transactions.oldestFirst()) current(account, one);
  return listRows(
    {
      table: account.transactions,
      url: '/v1/balance_transactions',
      noun: 'balance transaction',
      filters: { currency, payout: text(), source: text(), type: text() },
      fits: (row, given) => (given.currency === undefined || row.currency === given.currency) && (given.payout === undefined || row._payout === given.payout) && (given.source === undefined || row.source === given.source) && (given.type === undefined || row.type === given.type),
    },
    raw,
  );
};

const payouts = ({ account, raw }: Call): Page =>
  listRows(
    {
      table: account.payouts,
      url: '/v1/payouts',
      noun: 'payout',
      filters: { arrival_date: int(), destination: text(), status: text() },
      fits: (row, given) => (given.status === undefined || row.status === given.status) && (given.arrival_date === undefined || row.arrival_date === given.arrival_date),
    },
    raw,
  );

export const moneyEndpoints: readonly Endpoint[] = [
  ['GET', '/v1/balance', balance],
  ['GET', '/v1/balance_transactions', transactions],
  ['GET', '/v1/balance_transactions/:id', ({ account, params }) => {
    const id = params['id'] ?? '';
    const found = account.transactions.get(id);
    if (found === undefined) throw missing('balance transaction', id, 'id');
    return current(account, found);
  }],
  ['GET', '/v1/payouts', payouts],
  ['POST', '/v1/payouts', create],
  ['GET', '/v1/payouts/:id', ({ account, params }) => find(account, params['id'] ?? '')],
  ['POST', '/v1/payouts/:id', ({ account, params, raw }) => {
    const payout = find(account, params['id'] ?? '');
    const given = readParams({ metadata }, raw);
    return account.change(account.payouts, payout, (one) => {
      one.metadata = mergeMetadata(one.metadata, given.metadata);
    }, 'payout.updated');
  }],
  ['POST', '/v1/payouts/:id/cancel', cancel],
];

