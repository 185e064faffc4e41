import { moneyOf } from '../core/money';
import type { Amount, Hash, Reading } from '../core/reading';
import type { Unit } from '../objects';
import { readPayee, readShipping } from './parties';

const plus = ['item_total', 'tax_total', 'shipping', 'handling', 'insurance'] as const;
const categories = ['PHYSICAL_GOODS', 'DIGITAL_GOODS', 'DONATION'] as const;
const minus = ['shipping_discount', 'discount'] as const;

export const merchant = { email_address: 'sb-merchant@business.example.com', merchant_id: 'S4NDB0XMERCH1' } as const;

interface Priced {
  readonly wire: Hash;
  readonly total: Amount;
  readonly breakdown: Readonly<Record<string, Amount>>;
}

/** An amount and what it is made of. */
function readAmount(reading: Reading, value: unknown, field: string): Priced | null {
  const total = reading.money(value, field, { needed: true });
  const given = reading.hash(reading.hash(value, field)?.['breakdown'], `${field}/breakdown`);
  if (total === null) return null;
  const breakdown: Record<string, Amount> = {};
  for (const name of [...plus, ...minus]) {
    const part = reading.money(given?.[name], `${field}/breakdown/${name}`, { zero: true });
    if (part === null) continue;
    if (part.currency !== total.currency) reading.wrong('MULTI_CURRENCY_ORDER', `${field}/breakdown/${name}/currency_code`, part.currency);
    breakdown[name] = part;
  }
  const sum = (names: readonly string[]): number => names.reduce((all, name) => all + (breakdown[name]?.minor ?? 0), 0);
  if (given !== null && sum(plus) - sum(minus) !== total.minor) reading.wrong('AMOUNT_MISMATCH', `${field}/value`, moneyOf(total.minor, total.currency).value);
  const parts = Object.fromEntries(Object.entries(breakdown).map(([name, part]) => [name, moneyOf(part.minor, part.currency)]));
  return { total, breakdown, wire: { ...moneyOf(total.minor, total.currency), ...(given === null ? {} : { breakdown: parts }) } };
}

function readItems(reading: Reading, value: unknown, field: string, { total, breakdown }: Priced): readonly Hash[] {
  const items: Hash[] = [];
  const sums = { unit_amount: 0, tax: 0 };
  const given = { unit_amount: false, tax: false };
  reading.list(value, field).forEach((one, at) => {
    const item = reading.hash(one, `${field}/${at}`, true);
    if (item === null) return;
    const name = reading.text(item['name'], `${field}/${at}/name`, { max: 127, needed: true });
    const quantity = reading.text(item['quantity'], `${field}/${at}/quantity`, { max: 10, needed: true });
    if (quantity !== null && !/^[1-9]\d*$/u.test(quantity)) reading.wrong('INVALID_PARAMETER_SYNTAX', `${field}/${at}/quantity`, quantity);
    const prices: Record<string, unknown> = {};
    for (const kind of ['unit_amount', 'tax'] as const) {
      const price = reading.money(item[kind], `${field}/${at}/${kind}`, { zero: true, needed: kind === 'unit_amount' });
      if (price === null) continue;
      if (price.currency !== total.currency) reading.wrong('MULTI_CURRENCY_ORDER', `${field}/${at}/${kind}/currency_code`, price.currency);
      sums[kind] += price.minor * Number(quantity ?? 0);
      given[kind] = true;
      prices[kind] = moneyOf(price.minor, price.currency);
    }
    const more: Record<string, unknown> = {};
    for (const [key, max] of [['description', 2_048], ['sku', 127], ['url', 2_048]] as const) {
      const text = reading.text(item[key], `${field}/${at}/${key}`, { max });
      if (text !== null) more[key] = text;
    }
    const category = reading.choice(item['category'], `${field}/${at}/category`, categories);
    items.push({ name, ...prices, quantity, ...more, ...(category === null ? {} : { category }) });
  });
  const at = field.slice(0, -'/items'.length);
  for (const [kind, part, needed, wrong] of [['unit_amount', 'item_total', 'ITEM_TOTAL_REQUIRED', 'ITEM_TOTAL_MISMATCH'], ['tax', 'tax_total', 'TAX_TOTAL_REQUIRED', 'TAX_TOTAL_MISMATCH']] as const) {
    if (!given[kind]) continue;
    const said = breakdown[part];
    if (said === undefined) reading.wrong(needed, `${at}/amount/breakdown/${part}`);
    else if (said.minor !== sums[kind]) reading.wrong(wrong, `${at}/amount/breakdown/${part}/value`, moneyOf(said.minor, said.currency).value);
  }
  return items;
}

/** One purchase unit of an order. */
export function readUnit(reading: Reading, value: unknown, field: string): Unit | null {
  const given = reading.hash(value, field, true);
  if (given === null) return null;
  const priced = readAmount(reading, given['amount'], `${field}/amount`);
  const texts: Record<string, string> = {};
  for (const [key, max] of [['reference_id', 256], ['description', 127], ['custom_id', 255], ['invoice_id', 127], ['soft_descriptor', 22]] as const) {
    const text = reading.text(given[key], `${field}/${key}`, { max });
    if (text !== null) texts[key] = text;
  }
  if (priced === null) return null;
  const items = given['items'] === undefined ? null : readItems(reading, given['items'], `${field}/items`, priced);
  const shipping = readShipping(reading, given['shipping'], `${field}/shipping`);
  const hashes: Record<string, unknown> = shipping === null ? {} : { shipping };
  for (const key of ['payment_instruction', 'supplementary_data'] as const) {
    const hash = reading.hash(given[key], `${field}/${key}`);
    if (hash !== null) hashes[key] = hash;
  }
  return {
    wire: { ...texts, reference_id: texts['reference_id'] ?? 'default', amount: priced.wire, payee: { ...merchant, ...readPayee(reading, given['payee'], `${field}/payee`) }, ...(items === null ? {} : { items }), ...hashes },
    minor: priced.total.minor,
    currency: priced.total.currency,
    invoice_id: texts['invoice_id'] ?? null,
    custom_id: texts['custom_id'] ?? null,
    authorizations: [],
    captures: [],
    refunds: [],
  };
}

/** All units, which belong together. */
export function readUnits(reading: Reading, value: unknown, intent: string | null): readonly Unit[] {
  const list = reading.list(value, '/purchase_units', { min: 1, max: 10, needed: true });
  const units = list.flatMap((one, at) => readUnit(reading, one, `/purchase_units/${at}`) ?? []);
  if (list.length > 1) {
    if (intent === 'AUTHORIZE') reading.wrong('UNSUPPORTED_INTENT', '/intent', intent);
    list.forEach((one, at) => {
      if (typeof reading.hash(one, `/purchase_units/${at}`)?.['reference_id'] !== 'string') reading.wrong('REFERENCE_ID_REQUIRED', `/purchase_units/${at}/reference_id`);
    });
    const names = units.map(({ wire }) => wire.reference_id);
    names.forEach((name, at) => {
      if (names.indexOf(name) !== at) reading.wrong('DUPLICATE_REFERENCE_ID', `/purchase_units/${at}/reference_id`, name);
    });
    units.forEach(({ currency }, at) => {
      if (currency !== units[0]?.currency) reading.wrong('MULTI_CURRENCY_ORDER', `/purchase_units/${at}/amount/currency_code`, currency);
    });
  }
  return units;
}
