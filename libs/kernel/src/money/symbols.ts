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

/** Takes the currency out of a text, from the front or the back, and settles which one it is. */
export function findCurrency(
  text: string,
  expected: CurrencyCode | undefined,
  locale: string | undefined,
): Result<{ currency: CurrencyCode; rest: string }, Refusal<SymbolCode>> {
  const match = /^(?<lead>[-+(\u2212\u2010-\u2015]?)\s*(?<front>[^\d\s.,()+\-\u2212'’]+\.?)?\s*(?<number>[-+(\u2212]?\s*[\d].*?)\s*(?<back>(?<=[\d\s.,\-\u2010-\u2015])[^\d\s,()+\-\u2010-\u2015\u2212'’.][^\d\s,()+\u2212'’-]*)?(?<tail>[-)\u2212]?)$/u.exec(text);
  if (!match?.groups) return refuse('money_unreadable', 'Not an amount');
  const { lead = '', front, number = '', back, tail = '' } = match.groups;
  if (front !== undefined && back !== undefined) return refuse('money_ambiguous', 'Two currencies are named');
  const rest = `${lead}${number.trim()}${tail}`;
  const sign = front ?? back;
  if (sign === undefined) {
    return expected === undefined ? refuse('money_currency_missing', 'No currency is named or given') : ok({ currency: expected, rest });
  }
  const candidates = meaningsOf(sign);
  if (candidates === undefined) return refuse('money_unreadable', `Not a currency: ${JSON.stringify(sign)}`);
  if (expected !== undefined) {
    return candidates.includes(expected)
      ? ok({ currency: expected, rest })
      : refuse('money_currency_mismatch', `The text names another currency than ${expected}`);
  }
  const settled = settle(candidates, locale);
  return settled === undefined ? refuse('money_ambiguous', `${sign} is used by several currencies`) : ok({ currency: settled, rest });
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
