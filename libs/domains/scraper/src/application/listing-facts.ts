import { createHash } from 'node:crypto';
import { capturedFieldNames, type CapturedFieldName, type CapturedFields } from '@autobroker/contracts';
import { type CurrencyCode, isCurrencyCode, type ListingStatus, Money, type MoneyJson } from '@autobroker/kernel';
import { listingStatusOf, parsePrice, redactPersonalData } from '@autobroker/vocabulary';
import type { Reading, VitalField } from '../domain/health';

/** What changes with every look («3 days ago») and says nothing about the offer. */
const restless: ReadonlySet<CapturedFieldName> = new Set(['image_hashes', 'listed_at']);

/** What a list says of a listing, as one short text: the same words give the same hash. */
export function contentHash(fields: CapturedFields): string {
  const hash = createHash('sha256');
  for (const name of capturedFieldNames) {
    const field = fields[name];
    if (field === undefined || restless.has(name)) continue;
    // A countdown is another one with every look; a date of sale is not.
    if (name === 'auction_ends_at' && !/\d{4}-\d\d-\d\d|^\d{9,}$/u.test(String(field.value))) continue;
    const value = name === 'images' ? pathsOf(field.value) : field.value;
    hash.update(`${name}=${JSON.stringify(value)}\n`);
  }
  return hash.digest('base64url').slice(0, 27);
}

/** Pictures move from host to host and carry tokens: which there are is in their paths. */
const pathsOf = (value: string | readonly string[]): string[] => [value].flat().map((url) => (URL.canParse(url) ? new URL(url).pathname : url));

const textOf = (fields: CapturedFields, name: CapturedFieldName): string => {
  const value = fields[name]?.value;
  return typeof value === 'string' ? value : '';
};

/** How the offer stands, where its words say so; one that is listed and says nothing is active. */
export function statusOf(fields: CapturedFields): ListingStatus {
  const text = textOf(fields, 'status');
  return text === '' ? 'active' : (listingStatusOf(text) ?? 'active');
}

/** Below this a price may be another number of the page. */
const sure = 0.6;

/** What an offer costs, where its page says it beyond doubt: one amount, in a money that is known. */
export function statedPrice(fields: CapturedFields, site: { readonly locale: string; readonly currency: CurrencyCode | null }): MoneyJson | null {
  const { price } = fields;
  if (price === undefined || typeof price.value !== 'string' || price.confidence < sure) return null;
  const named = textOf(fields, 'currency').trim().toUpperCase();
  const currency = named === '' ? site.currency : isCurrencyCode(named) ? named : null;
  const read = parsePrice(price.value, { locale: site.locale, currency });
  if (read.kind !== 'price' || read.currency === null || (currency !== null && read.currency !== currency)) return null;
  const money = Money.fromDecimal(read.amount, read.currency);
  return money.ok && money.value.amount > 0 ? money.value.toJSON() : null;
}

const free: readonly CapturedFieldName[] = ['title', 'description', 'damage', 'secondary_damage', 'condition', 'price_note', 'interior_color'];
/** Places and names of things must not be mistaken for names of people: the title gives away numbers and addresses only. */
const onlyContacts: ReadonlySet<CapturedFieldName> = new Set(['title']);

/** Takes out who sells: what leaves this service is about cars. */
export function withoutPersonalData(fields: CapturedFields): CapturedFields {
  const clean: CapturedFields = { ...fields };
  for (const name of free) {
    const field = fields[name];
    if (field === undefined) continue;
    const value = typeof field.value === 'string' ? redacted(field.value, name) : field.value.map((one) => redacted(one, name));
    clean[name] = { ...field, value };
  }
  const features = fields.features;
  if (features !== undefined && Array.isArray(features.value)) clean.features = { ...features, value: features.value.map((one) => redacted(one, 'features')) };
  return clean;
}

function redacted(text: string, name: CapturedFieldName): string {
  const result = redactPersonalData(text);
  if (!onlyContacts.has(name)) return result.text;
  return result.removed.some((kind) => kind !== 'name' && kind !== 'plate') ? result.text : text;
}

/** A detail page says more, a list page something else: what only the list knew is kept. */
export function merged(summary: CapturedFields, detail: CapturedFields): CapturedFields {
  const all: CapturedFields = { ...summary, ...detail };
  // A list that marks an offer as sold is not overruled by a page that says nothing about it.
  return all;
}

/** Which of a listing's vital fields there are, for the health of the source. */
export function vitals(reading: Reading, fields: CapturedFields): Record<string, number> {
  const found: Record<string, number> = { [`${reading}.read`]: 1 };
  for (const name of vitalsIn(Object.keys(fields))) found[`${reading}.${name}`] = 1;
  return found;
}

const vitalWords: Readonly<Record<VitalField, readonly CapturedFieldName[]>> = {
  title_or_make: ['title', 'make'],
  price: ['price', 'price_note', 'current_bid', 'buy_now_price', 'estimated_value'],
  year: ['year', 'production_year', 'first_registration'],
};

/** The vital fields that these fields make up. */
export function vitalsIn(names: readonly string[]): VitalField[] {
  const has = (name: VitalField): boolean => vitalWords[name].some((field) => names.includes(field));
  const all: readonly VitalField[] = ['title_or_make', 'price', 'year'];
  return all.filter((name) => has(name));
}

export const plus = (before: Readonly<Record<string, number>>, more: Readonly<Record<string, number>>): Record<string, number> => {
  const sum: Record<string, number> = { ...before };
  for (const [name, count] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
};
