import type { Account } from '../account';
import { detail, PaypalError, type Detail, type Link } from '../core/errors';
import { isCurrency, moneyOf } from '../core/money';
import type { Hash } from '../core/reading';
import { ok, type Call, type Endpoint, type Outcome } from '../core/routes';
import type { Transaction } from '../objects';
import { payerOf } from '../orders/sources';
import { merchant } from '../orders/units';
import { balances } from '../payments/statement';

const longestSeconds = 31 * 24 * 3_600;
const threeYears = 3 * 365 * 24 * 3_600;
const mostPerPage = 500;
const mostFound = 10_000;

const refusal = (details: readonly Detail[], label = 'INVALID_REQUEST'): PaypalError => new PaypalError(400, details, [], label);
const bad = (field: string, value: string | null, issue: 'MISSING_REQUIRED_PARAMETER' | 'INVALID_PARAMETER_VALUE' | 'INVALID_PARAMETER_SYNTAX'): PaypalError => refusal([detail(issue, { field, location: 'query', ...(value === null ? {} : { value }) })]);

function instant(query: URLSearchParams, field: string): number {
  const text = query.get(field);
  if (text === null || text === '') throw bad(field, null, 'MISSING_REQUIRED_PARAMETER');
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/u.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isFinite(at)) throw bad(field, text, 'INVALID_PARAMETER_SYNTAX');
  return at / 1_000;
}

function numberIn(query: URLSearchParams, field: string, fallback: number, max: number): number {
  const text = query.get(field);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > max) throw bad(field, text, 'INVALID_PARAMETER_VALUE');
  return value;
}

/** As reports have it, in the time of the account. */
const reportTime = (seconds: number): string => `${new Date(seconds * 1_000).toISOString().slice(0, 19)}+0000`;

function filterOf(query: URLSearchParams): (one: Transaction) => boolean {
  const [id, type, status, amount, currency] = ['transaction_id', 'transaction_type', 'transaction_status', 'transaction_amount', 'transaction_currency'].map((name) => query.get(name));
  if (id !== null && id !== undefined && !/^[A-Z0-9]{17,19}$/u.test(id)) throw bad('transaction_id', id, 'INVALID_PARAMETER_SYNTAX');
  if (status !== null && status !== undefined && !['D', 'P', 'S', 'V'].includes(status)) throw bad('transaction_status', status, 'INVALID_PARAMETER_VALUE');
  if (currency !== null && currency !== undefined && !isCurrency(currency)) throw bad('transaction_currency', currency, 'INVALID_PARAMETER_VALUE');
  const range = /^(-?\d+) TO (-?\d+)$/u.exec(amount ?? '');
  if (amount !== null && amount !== undefined && range === null) throw bad('transaction_amount', amount, 'INVALID_PARAMETER_SYNTAX');
  if (range !== null && (currency === null || currency === undefined)) throw bad('transaction_currency', null, 'MISSING_REQUIRED_PARAMETER');
  const moving = query.get('balance_affecting_records_only') !== 'N';
  return (one) =>
    (id === null || one.id === id) &&
    (type === null || one.code === type) &&
    (status === null || one.status === status) &&
    (currency === null || one.currency === currency) &&
    // Given in the smallest unit.
    (range === null || (one.minor >= Number(range[1]) && one.minor <= Number(range[2]))) &&
    (!moving || one.moves);
}

/** The parts of a record that were asked for; the first is what one gets anyway. */
const parts = ['transaction_info', 'payer_info', 'shipping_info', 'cart_info', 'auction_info', 'incentive_info', 'store_info'] as const;

function render(account: Account, one: Transaction, wanted: ReadonlySet<string>): Hash {
  const order = account.orders.get(one.order);
  const payer = order === undefined ? {} : payerOf(order);
  const name = typeof payer['name'] === 'object' && payer['name'] !== null ? { ...payer['name'] } : {};
  const [given, surname] = [Object.entries(name).find(([key]) => key === 'given_name')?.[1], Object.entries(name).find(([key]) => key === 'surname')?.[1]];
  const all: Readonly<Record<string, Hash>> = {
    transaction_info: {
      paypal_account_id: payer['payer_id'],
      transaction_id: one.id,
      ...(one.reference === null ? {} : { paypal_reference_id: one.reference, paypal_reference_id_type: one.reference_type }),
      transaction_event_code: one.code,
      transaction_initiation_date: reportTime(one.created),
      transaction_updated_date: reportTime(one.updated),
      transaction_amount: moneyOf(one.minor, one.currency),
      ...(one.fee === 0 ? {} : { fee_amount: moneyOf(-one.fee, one.currency) }),
      transaction_status: one.status,
      ...(one.invoice_id === null ? {} : { invoice_id: one.invoice_id }),
      ...(one.custom_id === null ? {} : { custom_field: one.custom_id }),
      protection_eligibility: '01',
    },
    payer_info: { account_id: payer['payer_id'], email_address: payer['email_address'], address_status: 'Y', payer_status: 'Y', payer_name: { given_name: given, surname, alternate_full_name: [given, surname].filter((word) => word !== undefined).join(' ') }, country_code: 'US' },
    shipping_info: {},
    cart_info: { item_details: order?.units.flatMap(({ wire }) => (Array.isArray(wire['items']) ? wire['items'].map((item: Hash) => ({ item_name: item['name'], item_quantity: item['quantity'], item_unit_price: item['unit_amount'] })) : [])) ?? [] },
    auction_info: {},
    incentive_info: {},
    store_info: {},
  };
  return Object.fromEntries(parts.filter((part) => wanted.has('all') || wanted.has(part)).map((part) => [part, all[part]]));
}

function search({ account, query }: Call): Outcome {
  const [from, to] = [instant(query, 'start_date'), instant(query, 'end_date')];
  const now = account.now();
  if (to < from) throw bad('end_date', query.get('end_date'), 'INVALID_PARAMETER_VALUE');
  if (to - from > longestSeconds) throw refusal([{ field: 'end_date', location: 'query', issue: 'INVALID_DATE_RANGE', description: 'The range of dates is greater than the 31 days that are allowed.' }]);
  if (from < now - threeYears) throw refusal([{ field: 'start_date', location: 'query', issue: 'INVALID_DATE_RANGE', description: 'Transactions of the last three years alone can be searched.' }]);
  const size = numberIn(query, 'page_size', 100, mostPerPage);
  const page = numberIn(query, 'page', 1, 2_147_483_647);
  const wanted = new Set((query.get('fields') ?? 'transaction_info').split(',').map((one) => one.trim()));
  const fits = filterOf(query);
  const refreshed = now - account.settings.reporting_seconds;
  const found = [...account.transactions.oldestFirst()].filter((one) => one.created >= from && one.created <= to && one.created <= refreshed && fits(one)).sort((a, b) => a.created - b.created);
  if (found.length > mostFound) throw refusal([], 'RESULTSET_TOO_LARGE');
  const pages = Math.ceil(found.length / size);
  const at = (number: number): string => {
    const address = new URLSearchParams(query);
    address.set('page', String(number));
    address.set('page_size', String(size));
    return `${account.baseUrl}/v1/reporting/transactions?${address}`;
  };
  const link = (number: number, rel: string): Link => ({ href: at(number), rel, method: 'GET' });
  return ok({
    transaction_details: found.slice((page - 1) * size, page * size).map((one) => render(account, one, wanted)),
    account_number: merchant.merchant_id,
    start_date: reportTime(from),
    end_date: reportTime(Math.min(to, now)),
    last_refreshed_datetime: reportTime(refreshed),
    page,
    total_items: found.length,
    total_pages: pages,
    links: [...(page > 1 ? [link(1, 'first'), link(page - 1, 'prev')] : []), link(page, 'self'), ...(page < pages ? [link(page + 1, 'next'), link(pages, 'last')] : [])],
  });
}

function balance({ account, query }: Call): Outcome {
  const asked = query.get('currency_code');
  const until = query.get('as_of_time') === null ? account.now() : instant(query, 'as_of_time');
  if (asked !== null && asked !== 'ALL' && !isCurrency(asked)) throw bad('currency_code', asked, 'INVALID_PARAMETER_VALUE');
  const sums = balances(account, until);
  const codes = asked === null || asked === 'ALL' ? [...new Set(['USD', ...sums.keys()])] : [asked];
  return ok({
    balances: codes.map((code) => ({ currency: code, ...(code === 'USD' ? { primary: true } : {}), total_balance: moneyOf(sums.get(code) ?? 0, code), available_balance: moneyOf(sums.get(code) ?? 0, code), withheld_balance: moneyOf(0, code) })),
    account_id: merchant.merchant_id,
    as_of_time: reportTime(until),
    last_refresh_time: reportTime(account.now()),
  });
}

export const reportingEndpoints: readonly Endpoint[] = [
  ['GET', '/v1/reporting/transactions', search],
  ['GET', '/v1/reporting/balances', balance],
];
