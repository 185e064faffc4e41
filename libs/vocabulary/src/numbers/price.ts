import { exponentOf, type CurrencyCode } from '@autobroker/kernel';
import { currencyAround, type CurrencyMark } from './currency-marks';
import { followingWords, precedingWords, type Role } from './price-words';
import { isOnRequest, plainPriceField } from './price-phrases';
import { decimalText, scanNumbers, styleOf, type NumberStyle, type WrittenNumber } from './scan';

export interface PriceOptions {
  readonly locale?: string | null | undefined;
  /** What the place pays in, where the text names no currency. */
  readonly currency?: CurrencyCode | null | undefined;
  /** Read a bid («Current bid $1,200») as the amount: only for a field that is one. */
  readonly bids?: boolean | undefined;
}

export type PriceRead =
  | { readonly kind: 'price'; readonly amount: string; readonly currency: CurrencyCode | null }
  | { readonly kind: 'on_request' | 'monthly' | 'range' | 'none' };

interface Candidate {
  readonly amount: string;
  readonly currency: CurrencyCode | null;
  readonly index: number;
  readonly role: Role;
}

/** Money that is written like no amount: it may be the price, so that no other is. */
const unreadable = '?';

const MAX_LENGTH = 600;
const none: PriceRead = { kind: 'none' };

/**
 * What a car costs by this text. Numbers with a currency are prices unless what stands around them says otherwise: a
 * rate, a saving, a price of before, a deposit. Without a currency only a field that is nothing but an amount is read.
 * Where more than one amount could be meant the answer is `none`: a missing price does less harm than a wrong one.
 */
export function parsePrice(text: string | null | undefined, options: PriceOptions = {}): PriceRead {
  if (text == null) return none;
  const short = text.slice(0, MAX_LENGTH).replaceAll(/[\u200b-\u200f\u2060\ufeff\u00ad]/gu, '');
  const numbers = withoutFootnote(short, scanNumbers(short));
  const style = styleOf(options.locale);
  const marked = markedAmounts(short, numbers, style, options);
  const offers = offersIn(marked, options.bids === true);
  if (offers.length > 0) return settle(short, numbers, marked, offers, options.currency ?? null);
  if (marked.some(({ role }) => role === 'monthly')) return { kind: 'monthly' };
  if (marked.some(({ role }) => role === 'from')) return { kind: 'range' };
  if (isOnRequest(short)) return { kind: 'on_request' };
  return marked.length > 0 ? none : unmarked(short, numbers, style, options);
}

/** «12.500 € 1»: a mark that leads to the small print. */
function withoutFootnote(text: string, numbers: WrittenNumber[]): WrittenNumber[] {
  const last = numbers.at(-1);
  const previous = numbers.at(-2);
  const isMark = last !== undefined && previous !== undefined && last.end - last.start === 1 && /^\W*$/u.test(text.slice(last.end)) && /^[.,\-–—\s\u00a0]{0,5}(?:\p{Sc}|eur|chf)[\s\u00a0]{0,3}\(?$/iu.test(text.slice(previous.end, last.start));
  return isMark ? numbers.slice(0, -1) : numbers;
}

/** What it may be had for; a price without tax only where no other is named. */
function offersIn(marked: readonly Candidate[], bids: boolean): Candidate[] {
  const gross = marked.filter(({ role }) => role === 'price' || (role === 'bid' && bids));
  return gross.length > 0 ? gross : marked.filter(({ role }) => role === 'net');
}

function markedAmounts(text: string, numbers: readonly WrittenNumber[], style: NumberStyle, options: PriceOptions): Candidate[] {
  const found: Candidate[] = [];
  numbers.forEach((number, index) => {
    const from = numbers[index - 1]?.end ?? 0;
    const to = numbers[index + 1]?.start ?? text.length;
    const mark = currencyAround(text.slice(from, number.start), text.slice(number.end, to), options.currency ?? null, options.locale ?? null);
    // «12,5OO»: letters that pass for noughts.
    // «3 4 €»: what is torn apart like this is not put together again.
    const torn = index > 0 && (numbers[index - 1]?.runs.join('').length ?? 0) < 4 && /^[ \u00a0]+$/u.test(text.slice(from, number.start));
    if (mark === null || torn || /^[oOlI]{1,3}(?!\p{L})/u.test(text.slice(number.end, number.end + 4))) return;
    const amount = (mark.currency === null ? null : amountOf(number, style, mark.currency)) ?? unreadable;
    found.push({ amount, currency: mark.currency, index, role: roleOf(text.slice(from, number.start), index, mark) });
  });
  return found;
}

function roleOf(before: string, index: number, mark: CurrencyMark): Role {
  return (labelsNext(mark.after) ? null : followingWords(mark.after)) ?? precedingWords(mark.before) ?? (mark.negative && !(index > 0 && /^\s*[^\s\p{L}]{0,3}\s*[-–—−]/u.test(before)) ? 'other' : null) ?? 'price';
}

/** «$24,995 Down payment: $2,500», «18.990 € (netto 15.958 €)»: with a colon, or behind a bracket, the words belong to what comes next. */
const labelsNext = (after: string): boolean => /^[\s,;|·•]+[\p{L}][^\d]{0,40}:[^\p{L}\d]{0,6}$/u.test(after) || /^[\s\u00a0]*\([\p{L}.\s]{1,24}$/u.test(after);

function settle(text: string, numbers: readonly WrittenNumber[], marked: readonly Candidate[], offers: readonly Candidate[], expected: CurrencyCode | null): PriceRead {
  // «$12,500 - $500 rebate» is no span: its other end is told to be something else.
  const others = new Set(marked.filter(({ role }) => role !== 'price' && role !== 'from' && role !== 'bid' && role !== 'net').map(({ index }) => index));
  if (offers.some((offer) => isSpan(text, numbers, offer.index, others))) return { kind: 'range' };
  const inExpected = offers.filter(({ currency }) => currency === expected);
  const relevant = new Set(offers.map(({ currency }) => currency)).size > 1 && inExpected.length > 0 ? inExpected : offers;
  const amounts = new Set(relevant.map(({ amount, currency }) => `${amount} ${currency ?? ''}`));
  const [first] = relevant;
  if (first === undefined || amounts.size > 1 || first.amount === unreadable || Number(first.amount) === 0) return none;
  return { kind: 'price', amount: first.amount, currency: first.currency ?? expected };
}

const SPAN = /^[^\p{L}\d]{0,6}(?:[a-z]{3}|zł)?\s*(?:-|–|—|(?<!\p{L})(?:to|bis|à|and|und)(?!\p{L}))\s*(?:[a-z]{3}|us)?[^\p{L}\d]{0,4}$/iu;

function isSpan(text: string, numbers: readonly WrittenNumber[], index: number, others: ReadonlySet<number>): boolean {
  const joined = (first: number): boolean => {
    const [a, b] = [numbers[first], numbers[first + 1]];
    if (a === undefined || b === undefined || others.has(first) || others.has(first + 1)) return false;
    return !/^\s*,[-–—]/u.test(text.slice(a.end, b.start)) && SPAN.test(text.slice(a.end, b.start));
  };
  return joined(index - 1) || joined(index);
}

function unmarked(text: string, numbers: readonly WrittenNumber[], style: NumberStyle, options: PriceOptions): PriceRead {
  const [only] = numbers;
  if (only === undefined || numbers.length > 1 || !plainPriceField(text.slice(0, only.start), text.slice(only.end))) return none;
  const currency = options.currency ?? null;
  const amount = amountOf(only, style, currency);
  if (amount === null || Number(amount) === 0) return none;
  const digits = only.runs.join('');
  const bare = only.runs.length === 1 && only.scale === 1;
  // A telephone number, an identifier; and, where nobody said that this is a price, a year.
  if (bare && (digits.length > 8 || digits.startsWith('0'))) return none;
  const yearLike = bare && /^(?:19[3-9]\d|20[0-4]\d)$/u.test(digits);
  return yearLike && currency === null ? none : { kind: 'price', amount, currency };
}

/** Exact decimal text; null for what is written like no amount, or holds more decimals than the money has. */
function amountOf(number: WrittenNumber, style: NumberStyle, currency: CurrencyCode | null): string | null {
  const text = decimalText(number, style, number.scale === 1 ? 'thousands' : 'decimals');
  if (text === null) return null;
  const [units = '0', decimals = ''] = text.split('.');
  if (number.scale > 1) {
    const scaled = Math.round(Number(text) * number.scale);
    return Number.isSafeInteger(scaled) ? String(scaled) : null;
  }
  const fraction = decimals.replace(/0+$/u, '');
  if (fraction.length > (currency === null ? 2 : exponentOf(currency)) || units.length > 12) return null;
  const whole = units.replace(/^0+(?=\d)/u, '');
  return fraction === '' ? whole : `${whole}.${fraction.padEnd(2, '0')}`;
}
