import { refuse, type Refusal } from '../refusal';
import { ok, type Result } from '../result';
import { type CurrencyCode, isCurrencyCode } from './currency';

/** What people write for a currency, lower case. More than one code: only the place can tell. */
const signs: Record<string, readonly CurrencyCode[]> = {
  '€': ['EUR'], euro: ['EUR'], euros: ['EUR'], eur: ['EUR'],
  '£': ['GBP'], '£gb': ['GBP'],
  $: ['USD', 'CAD', 'AUD', 'NZD', 'MXN', 'SGD', 'HKD'],
  us$: ['USD'], $us: ['USD'], ca$: ['CAD'], c$: ['CAD'], a$: ['AUD'], au$: ['AUD'], nz$: ['NZD'],
  mx$: ['MXN'], r$: ['BRL'], hk$: ['HKD'], s$: ['SGD'],
  '¥': ['JPY', 'CNY'], '￥': ['JPY', 'CNY'], 'jp¥': ['JPY'], 'cn¥': ['CNY'], 円: ['JPY'], 元: ['CNY'],
  fr: ['CHF'], 'fr.': ['CHF'], sfr: ['CHF'], 'sfr.': ['CHF'], 'chf.': ['CHF'],
  zł: ['PLN'], kč: ['CZK'], ft: ['HUF'], lei: ['RON'], 'лв.': ['BGN'], 'лв': ['BGN'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'], 'kr.': ['DKK', 'SEK', 'NOK', 'ISK'],
  '₺': ['TRY'], '₴': ['UAH'], '₽': ['RUB'], '₩': ['KRW'], '₪': ['ILS'], '₹': ['INR'], '₫': ['VND'],
};

/** What a sign that several countries share means in one of them. */
const homeCurrency: Record<string, CurrencyCode> = {
  US: 'USD', CA: 'CAD', AU: 'AUD', NZ: 'NZD', MX: 'MXN', SG: 'SGD', HK: 'HKD',
  JP: 'JPY', CN: 'CNY', SE: 'SEK', NO: 'NOK', DK: 'DKK', IS: 'ISK',
};

type SymbolCode = 'money_ambiguous' | 'money_unreadable' | 'money_currency_missing' | 'money_currency_mismatch';

/** Settles which currency an amount is in, from what stands before or after it and what the caller knows. */
export function settleCurrency(
  written: string | undefined,
  expected: CurrencyCode | undefined,
  locale: string | undefined,
): Result<CurrencyCode, Refusal<SymbolCode>> {
  if (written === undefined) {
    return expected === undefined ? refuse('money_currency_missing', 'No currency is named or given') : ok(expected);
  }
  const candidates = meaningsOf(written);
  if (candidates === undefined) return refuse('money_unreadable', `Not a currency: ${JSON.stringify(written)}`);
  if (expected !== undefined) {
    return candidates.includes(expected) ? ok(expected) : refuse('money_currency_mismatch', `The text names another currency than ${expected}`);
  }
  const settled = settle(candidates, locale);
  return settled === undefined ? refuse('money_ambiguous', `${written} is used by several currencies`) : ok(settled);
}

function meaningsOf(sign: string): readonly CurrencyCode[] | undefined {
  const upper = sign.toUpperCase();
  if (isCurrencyCode(upper)) return [upper];
  const lower = sign.toLowerCase();
  return Object.hasOwn(signs, lower) ? signs[lower] : undefined;
}

function settle(candidates: readonly CurrencyCode[], locale: string | undefined): CurrencyCode | undefined {
  if (candidates.length === 1) return candidates[0];
  const region = locale?.split('-').find((part) => /^[A-Z]{2}$/u.test(part));
  const home = region === undefined ? undefined : homeCurrency[region];
  return home !== undefined && candidates.includes(home) ? home : undefined;
}
