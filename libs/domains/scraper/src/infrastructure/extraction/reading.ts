import { isCurrencyCode } from '@autobroker/kernel';
import { parsePrice } from '@autobroker/vocabulary';
import { type CaptureOrigin, type CapturedFieldName } from '@autobroker/contracts';
import { type Draft } from './draft';
import { tidy } from './html/dom';
import { limits } from './limits';

/** How the numbers and words of a page are to be read. */
export interface Reading {
  readonly url: string | null;
  readonly locale: string | null;
  readonly currency: string | null;
  readonly unit: 'km' | 'mi' | null;
  readonly country: string | null;
}

const markup = /<\/?[a-z][^<>]{0,500}>/giu;

/** Text as a person reads it: no markup, no escapes, no runs of white space. */
export const plain = (text: string): string => {
  const bounded = text.slice(0, limits.textChars * 2);
  const stripped = bounded.includes('<') ? bounded.replace(/<(script|style)\b[^]{0,20000}?<\/\1>/giu, ' ').replace(markup, ' ') : bounded;
  const unescaped = stripped.includes('&') ? stripped.replace(/&(?:(amp|lt|gt|quot|apos|nbsp|euro|pound)|#(\d{1,6})|#x([0-9a-f]{1,5}));/giu, (all, name: string | undefined, dec: string | undefined, hex: string | undefined) => (name === undefined ? fromCode(dec === undefined ? parseInt(hex ?? '0', 16) : Number(dec)) : (entities[name.toLowerCase()] ?? all))) : stripped;
  return tidy(unescaped).slice(0, limits.textChars);
};
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', euro: '€', pound: '£' };
const fromCode = (code: number) => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '');

const isNothing = /^(?:|-+|–|—|n\/?a|null|undefined|none|nan|unknown|not specified|not available|k\.?\s?a\.?|keine angabe|\[object object\]|--.*--|\{\{.*\}\}|other|n\.d\.)$/iu;

/** Notes what a place says; a value that says nothing is not noted. */
export const say = (draft: Draft, field: CapturedFieldName, written: string | readonly string[] | null | undefined, from: CaptureOrigin, confidence: number): void => {
  if (written === null || written === undefined) return;
  if (typeof written !== 'string') {
    const list = [...new Set(written.map(plain).filter((item) => !isNothing.test(item)).map((item) => item.slice(0, 2_000)))].slice(0, limits.images);
    if (list.length > 0) draft.claims.push({ field, value: list, from, confidence });
    return;
  }
  const value = plain(written);
  const max = field === 'description' ? limits.textChars : field === 'title' ? 300 : 200;
  if (isNothing.test(value) || (value.length > max && field !== 'title')) return;
  draft.claims.push({ field, value: value.slice(0, max), from, confidence });
};

/** An amount as machines write it. Three decimals are thousands: no money that cars are sold for has them. */
const machineAmount = (written: string): string | null => {
  const found = /^(\d{1,12})(?:\.(\d{1,4}))?$/u.exec(written);
  if (found === null) return null;
  const [, whole = '', decimals] = found;
  if (decimals === undefined || /^0+$/u.test(decimals)) return decimals?.length === 3 ? `${whole}000` : whole.replace(/^0+(?=\d)/u, '');
  return decimals.length === 3 ? `${whole}${decimals}` : decimals.length > 3 ? null : `${whole}.${decimals.padEnd(2, '0')}`;
};

const sensible = (amount: string) => Number(amount) >= leastPrice && Number(amount) < 1e9;
/** Nobody sells a car for less: it is a call for offers, or a number whose thousands were lost on its way (`12.500`). */
const leastPrice = 50;

/** Where a price is asked for and there is none, people type along the keyboard. In small money a million minus one is an amount. */
const isFiller = (amount: string, currency: string | null): boolean =>
  /^(?:123456(?:7(?:89?)?)?|(?!0)(\d)\1{6,})$/u.test(amount) || (/^(?:9{6}|1{6})$/u.test(amount) && (currency === null || largeMoney.has(currency)));
const largeMoney = new Set(['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'AUD', 'NZD']);

export type PriceFound = { readonly amount: string; readonly currency: string | null } | { readonly none: 'on_request' | 'monthly' | 'range' | 'none' };

/** South Africa writes its money with a letter that elsewhere is none of money's. */
const rand = (text: string, currency: string | null): string => (currency === 'ZAR' ? text.replace(/(?<![\p{L}])(?:ZAR|R)\s?(?=\d)/gu, '') : text);

const judged = (amount: string, currency: string | null, reading: Reading): PriceFound => {
  if (isFiller(amount, currency ?? reading.currency)) return { none: 'on_request' };
  return sensible(amount) ? { amount, currency } : { none: 'none' };
};

/** A total price as one place writes it; `machine` where the place holds numbers for machines, with a point for decimals. */
export const readPrice = (written: string | number, reading: Reading, options: { readonly machine: boolean; readonly currency?: string | null }): PriceFound => {
  const currency = currencyOf(options.currency) ?? null;
  const text = typeof written === 'number' ? String(written) : plain(written).slice(0, 300);
  if (options.machine) {
    const amount = machineAmount(text);
    if (amount !== null) return judged(amount, currency, reading);
  }
  const read = parsePrice(rand(text, currency ?? reading.currency), { locale: reading.locale, currency: currencyOf(currency ?? reading.currency) });
  if (read.kind !== 'price') return { none: read.kind };
  return judged(read.amount, read.currency ?? currency, reading);
};

export const sayPrice = (draft: Draft, written: string | number, reading: Reading, from: CaptureOrigin, confidence: number, options: { readonly machine: boolean; readonly currency?: string | null }): boolean => {
  const found = readPrice(written, reading, options);
  if ('none' in found) {
    draft.notes.add(found.none);
    return false;
  }
  draft.prices.push({ amount: found.amount, currency: found.currency, from, confidence });
  return true;
};

const symbols: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', us$: 'USD', 'us dollar': 'USD', euro: 'EUR', eur: 'EUR', zł: 'PLN', chf: 'CHF', fr: 'CHF', 'us dollars': 'USD' };

/** A currency's code, however it is written; `$` says nothing by itself. */
export const currencyOf = (written: string | null | undefined) => {
  if (written === null || written === undefined) return null;
  const text = tidy(written);
  const code = symbols[text.toLowerCase()] ?? text.toUpperCase();
  return isCurrencyCode(code) ? code : null;
};

export const unitOf = (written: string | null | undefined): 'km' | 'mi' | null => {
  const text = written?.trim().toLowerCase() ?? '';
  if (/^(?:kmt|km|kms|kilomet\w*|chilometri)$/u.test(text)) return 'km';
  return /^(?:smi|mi|mile|miles|mls)$/u.test(text) ? 'mi' : null;
};

const vinPattern = /^[A-HJ-NPR-Z0-9]{17}$/u;

/** A VIN that is whole: masked ones identify nothing. */
export const vinOf = (written: string): string | null => {
  const text = written.replace(/[\s-]/gu, '').toUpperCase();
  return vinPattern.test(text) && /\d/u.test(text) && !/^(.)\1+$/u.test(text) ? text : null;
};

const vinIn = (value: string) => value.split(/[^A-Za-z0-9]+/u).map(vinOf).find((vin) => vin !== null) ?? null;

/** What a label and its value say. Prices are not said here: what a price is is decided where all of them are seen. */
export const sayLabelled = (draft: Draft, field: CapturedFieldName, value: string, from: CaptureOrigin, confidence: number): void => {
  if (field === 'price') return;
  if (field === 'vin') return say(draft, 'vin', vinIn(value), from, confidence);
  if (field === 'year') {
    if (/^\W*(?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d\W*$/u.test(value)) say(draft, 'first_registration', value, from, confidence);
    return say(draft, 'year', /\b(?:19|20)\d\d\b/u.exec(value)?.[0], from, confidence);
  }
  if (field === 'features') return say(draft, 'features', value.split(/\s*[,;•|]\s*/u), from, confidence - 0.1);
  return say(draft, field, value, from, confidence);
};
