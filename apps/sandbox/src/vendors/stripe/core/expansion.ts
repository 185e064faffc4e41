import { invalid, type StripeError } from './errors';

/** Fields that hold an id and may be asked for whole, or that are only there when they are asked for: by what holds them, and what one finds there. A list is of its kind in brackets; what is always empty here leads nowhere. */
const expandable: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  payment_intent: { application: '*', customer: 'customer', latest_charge: 'charge', on_behalf_of: '*', payment_method: 'payment_method', review: '*', 'last_payment_error.payment_method': 'payment_method', 'transfer_data.destination': '*' },
  setup_intent: { application: '*', customer: 'customer', latest_attempt: 'setup_attempt', mandate: '*', on_behalf_of: '*', payment_method: 'payment_method', single_use_mandate: '*', 'last_setup_error.payment_method': 'payment_method' },
  setup_attempt: { application: '*', customer: 'customer', on_behalf_of: '*', payment_method: 'payment_method', setup_intent: 'setup_intent' },
  charge: { application: '*', application_fee: '*', balance_transaction: 'balance_transaction', customer: 'customer', failure_balance_transaction: 'balance_transaction', on_behalf_of: '*', payment_intent: 'payment_intent', refunds: '[refund]', review: '*', source_transfer: '*', transfer: '*', 'payment_method_details.card.mandate': '*', 'transfer_data.destination': '*' },
  refund: { balance_transaction: 'balance_transaction', charge: 'charge', customer: 'customer', failure_balance_transaction: 'balance_transaction', payment_intent: 'payment_intent', payment_method: 'payment_method', source_transfer_reversal: '*', transfer_reversal: '*' },
  dispute: { charge: 'charge', payment_intent: 'payment_intent', ...Object.fromEntries(['cancellation_policy', 'customer_communication', 'customer_signature', 'duplicate_charge_documentation', 'receipt', 'refund_policy', 'service_documentation', 'shipping_documentation', 'uncategorized_file'].map((name) => [`evidence.${name}`, 'file'])) },
  balance_transaction: { source: 'charge refund dispute payout' },
  payout: { balance_transaction: 'balance_transaction', destination: '*', failure_balance_transaction: 'balance_transaction', original_payout: 'payout', reversed_by: 'payout' },
  payment_method: { customer: 'customer' },
  price: { product: 'product', currency_options: '*', tiers: '*' },
  product: { default_price: 'price', tax_code: '*' },
  customer: { cash_balance: 'cash_balance', default_source: '*', sources: '*', subscriptions: '*', tax: '*', tax_ids: '*', test_clock: 'test_clock', 'invoice_settings.default_payment_method': 'payment_method' },
  'checkout.session': { customer: 'customer', invoice: '*', line_items: '[item]', payment_intent: 'payment_intent', payment_link: '*', setup_intent: 'setup_intent', subscription: '*' },
  item: { 'price.product': 'product' },
  early_fraud_warning: { charge: 'charge', payment_intent: 'payment_intent' },
  cash_transaction: { 'applied_to_payment.payment_intent': 'payment_intent', customer: 'customer', 'refunded_from_payment.refund': 'refund', 'unapplied_from_payment.payment_intent': 'payment_intent' },
};

/** What an address answers with; the first that fits. */
const answers: readonly (readonly [path: RegExp, kind: string])[] = [
  [/^\/v1\/customers\/[^/]+\/payment_methods/u, 'payment_method'],
  [/cash_balance_transactions|\/fund_cash_balance$/u, 'cash_transaction'],
  [/^\/v1\/customers\/[^/]+\/(?:cash_balance|funding_instructions)$/u, 'cash_balance'],
  [/^\/v1\/charges\/[^/]+\/refunds/u, 'refund'],
  [/^\/v1\/checkout\/sessions\/[^/]+\/line_items$/u, 'item'],
  [/^\/v1\/payment_intents/u, 'payment_intent'],
  [/^\/v1\/setup_intents/u, 'setup_intent'],
  [/^\/v1\/setup_attempts/u, 'setup_attempt'],
  [/^\/v1\/charges/u, 'charge'],
  [/^\/v1\/refunds/u, 'refund'],
  [/^\/v1\/disputes/u, 'dispute'],
  [/^\/v1\/balance_transactions/u, 'balance_transaction'],
  [/^\/v1\/payouts/u, 'payout'],
  [/^\/v1\/payment_methods/u, 'payment_method'],
  [/^\/v1\/prices/u, 'price'],
  [/^\/v1\/products/u, 'product'],
  [/^\/v1\/customers/u, 'customer'],
  [/^\/v1\/checkout\/sessions/u, 'checkout.session'],
  [/^\/v1\/radar\/early_fraud_warnings/u, 'early_fraud_warning'],
];

const listed = new Set(['payment_intents', 'setup_intents', 'setup_attempts', 'charges', 'refunds', 'disputes', 'balance_transactions', 'payouts', 'payment_methods', 'prices', 'products', 'customers', 'sessions', 'early_fraud_warnings', 'events', 'webhook_endpoints', 'files', 'test_clocks', 'cash_balance_transactions', 'line_items', 'search']);

const deepest = 4;

const refused = (message: string): StripeError => Object.assign(invalid(message, { param: 'expand' }), { beforeBegun: true });

const cannot = (path: string, instead = ''): StripeError => refused(`This property cannot be expanded (${path}).${instead}`);

/** Whether something of this kind has something at the end of the path. */
function reaches(kinds: string, parts: readonly string[]): boolean {
  if (kinds === '*') return true;
  return kinds.split(' ').some((kind) =>
    Object.entries(expandable[kind] ?? {}).some(([field, found]) => {
      const names = field.split('.');
      if (!names.every((name, at) => name === parts[at])) return false;
      const rest = parts.slice(names.length);
      if (rest.length === 0) return true;
      const within = /^\[(\w+)\]$/u.exec(found)?.[1];
      if (within === undefined) return reaches(found, rest);
      return rest[0] === 'data' && (rest.length === 1 || reaches(within, rest.slice(1)));
    }),
  );
}

/** Refuses what can't be shown, of whatever is there. */
export function checkPaths(method: string, address: string, paths: readonly string[]): void {
  if (paths.length === 0) return;
  const kind = answers.find(([path]) => path.test(address))?.[1] ?? 'none';
  const list = method === 'GET' && listed.has(address.split('/').at(-1) ?? '');
  for (const path of paths) {
    const parts = path.split('.');
    if (parts.length > deepest + (list ? 1 : 0)) throw refused(`You cannot expand more than ${deepest} levels of a property. Property: ${path}`);
    if (!list) {
      if (!reaches(kind, parts)) throw cannot(path);
      continue;
    }
    if (path === 'total_count' && address.endsWith('/search')) continue;
    if (parts[0] === 'data' && parts.length > 1 && reaches(kind, parts.slice(1))) continue;
    throw cannot(path, parts[0] !== 'data' && reaches(kind, parts) ? ` You may want to try expanding 'data.${path}' instead.` : '');
  }
}
