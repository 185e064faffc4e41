import { exponentOf, isCurrencyCode, type CurrencyCode } from '@autobroker/kernel';
import { parsePrice } from '@autobroker/vocabulary';
import type { Price } from '../facts';
import type { Captured, CapturedField, Fields } from './captured';
import type { Doubt } from './listing-facts';

export interface PriceReading {
  readonly price: Price | null;
  readonly origin: CapturedField | undefined;
  readonly doubts: readonly Doubt[];
  /** No word said which money it is: that of the site is meant. */
  readonly currencyAssumed?: boolean;
}

/** More than this in minor units is no price of a car. */
const most = 1_000_000_000_000;

const kindDoubt = { on_request: 'price_on_request', monthly: 'price_monthly', range: 'price_range' } as const;

/** What a listing asks: the price it names, at an auction what it can be bought for at once, or else what was bid so far. */
export function readPrice(fields: Fields, hints: Captured['hints']): PriceReading {
  const note = noteDoubt(fields.text('price_note'), hints);
  const named = readAmount('price', fields, hints);
  if (named !== null && (named.price !== null || named.doubts.length > 0)) return withNote(named, note);
  const now = readAmount('buy_now_price', fields, hints);
  if (now?.price != null) return withNote(now, note);
  const bid = readAmount('current_bid', fields, hints);
  if (bid?.price != null && bid.price.amount > 0) return { ...bid, doubts: [...bid.doubts, 'price_is_bid'] };
  return { price: null, origin: undefined, doubts: note === null ? [] : [note] };
}

function withNote(reading: PriceReading, note: Doubt | null): PriceReading {
  if (note === 'price_monthly') return { ...reading, price: null, doubts: [note] };
  // A sum beside "on request" is a placeholder.
  return note === 'price_on_request' ? { ...reading, price: null, doubts: [note] } : reading;
}

const negotiable = /^\W*(?:vh?b|verhandlungsbasis|verhandelbar|obo|o\.b\.o|ono|negotiable|trattabile|négociable|à débattre|negociable)\W*$/iu;

function noteDoubt(note: string | null, hints: Captured['hints']): Doubt | null {
  // Beside a price it says that one may haggle; without one it is all that is said of the price.
  if (note === null || negotiable.test(note)) return null;
  const read = parsePrice(note, options(hints, null));
  return read.kind === 'on_request' || read.kind === 'monthly' ? kindDoubt[read.kind] : null;
}

function readAmount(name: string, fields: Fields, hints: Captured['hints']): PriceReading | null {
  const text = fields.text(name);
  if (text === null) return null;
  const origin = fields.field(name);
  const named = currencyOf(fields.text('currency'));
  const read = parsePrice(text, options(hints, named));
  if (read.kind !== 'price') return { price: null, origin, doubts: read.kind === 'none' ? [] : [kindDoubt[read.kind]] };
  const currency = read.currency ?? named ?? hints.currency;
  if (currency === null) return { price: null, origin, doubts: [] };
  const amount = minorOf(read.amount, currency);
  if (amount === null) return { price: null, origin, doubts: [] };
  const differs = named !== null && read.currency !== null && named !== read.currency;
  const usual = usualCurrency(fields.text('country') ?? hints.country) ?? hints.currency;
  const foreign = usual !== null && usual !== currency;
  const assumed = read.currency === null && (named === null || fields.field('currency')?.from === 'derived');
  return { price: { amount, currency }, origin, currencyAssumed: assumed, doubts: differs || foreign ? ['price_currency_differs'] : [] };
}

const options = ({ locale, currency }: Captured['hints'], named: CurrencyCode | null) => {
  const assumed = named ?? currency;
  return { ...(locale === null ? {} : { locale }), ...(assumed === null ? {} : { currency: assumed }) };
};

const euroCountries: ReadonlySet<string> = new Set(['AT', 'BE', 'BG', 'CY', 'DE', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PT', 'SI', 'SK']);
const otherCountries: Readonly<Record<string, CurrencyCode>> = { US: 'USD', GB: 'GBP', CH: 'CHF', PL: 'PLN', CZ: 'CZK', DK: 'DKK', SE: 'SEK', NO: 'NOK', HU: 'HUF', CA: 'CAD' };

/** What is asked in where the car stands: a site may be of another country. */
function usualCurrency(country: string | null): CurrencyCode | null {
  const code = country?.trim().toUpperCase() ?? '';
  return euroCountries.has(code) ? 'EUR' : (otherCountries[code] ?? null);
}

const symbols: Readonly<Record<string, CurrencyCode>> = { '€': 'EUR', '£': 'GBP', $: 'USD', US$: 'USD' };

function currencyOf(text: string | null): CurrencyCode | null {
  if (text === null) return null;
  const code = text.trim().toUpperCase();
  return isCurrencyCode(code) ? code : (symbols[code] ?? null);
}

/** Decimal text to minor units, exactly; parts of a minor unit are rounded away. */
export function minorOf(decimal: string, currency: CurrencyCode): number | null {
  const [whole = '', fraction = ''] = decimal.split('.');
  if (!/^\d{1,13}$/u.test(whole)) return null;
  const exponent = exponentOf(currency);
  const digits = fraction.padEnd(exponent + 1, '0');
  const amount = Number(whole + digits.slice(0, exponent)) + (Number(digits.charAt(exponent)) >= 5 ? 1 : 0);
  return Number.isSafeInteger(amount) && amount <= most ? amount : null;
}
