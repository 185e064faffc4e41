import { isCurrencyCode, type CurrencyCode } from '@autobroker/kernel';

export interface CurrencyMark {
  /** Null for money of which nobody says whose it is. */
  readonly currency: CurrencyCode | null;
  /** What stands around the amount with the currency taken off. */
  readonly before: string;
  readonly after: string;
  /** A minus stands right before the amount. */
  readonly negative: boolean;
}

/** Signs that mean one thing everywhere. */
const signs: Record<string, CurrencyCode> = {
  '€': 'EUR', euro: 'EUR', euros: 'EUR', eur: 'EUR', '£': 'GBP', gbp: 'GBP', usd: 'USD', us$: 'USD', $us: 'USD', chf: 'CHF', sfr: 'CHF', 'sfr.': 'CHF',
  'fr.': 'CHF', zł: 'PLN', zl: 'PLN', pln: 'PLN', cad: 'CAD', c$: 'CAD', ca$: 'CAD', cdn$: 'CAD', aud: 'AUD', a$: 'AUD', au$: 'AUD', nzd: 'NZD', nz$: 'NZD',
  kč: 'CZK', czk: 'CZK', sek: 'SEK', nok: 'NOK', dkk: 'DKK', huf: 'HUF', ron: 'RON', '¥': 'JPY', jpy: 'JPY', mxn: 'MXN', aed: 'AED', sgd: 'SGD',
  dollars: 'USD', pounds: 'GBP', 'francs': 'CHF', franken: 'CHF', złotych: 'PLN',
};
/** Several countries pay in dollars: which one is meant, the place says. */
const dollarByRegion: Record<string, CurrencyCode> = { CA: 'CAD', AU: 'AUD', NZ: 'NZD', MX: 'MXN', SG: 'SGD', HK: 'HKD', TW: 'TWD', AR: 'ARS', CL: 'CLP', CO: 'COP', UY: 'UYU', DO: 'DOP' };
/** And several in crowns, which all write alike: where the place does not say which, nobody knows. */
const crownByLanguage: Record<string, CurrencyCode> = { sv: 'SEK', nb: 'NOK', nn: 'NOK', no: 'NOK', da: 'DKK', is: 'ISK' };
const crowns: ReadonlySet<CurrencyCode> = new Set(Object.values(crownByLanguage));
const CROWN = /^kr(?:oner|onor)?\.?$/u;
const dollars: ReadonlySet<CurrencyCode> = new Set(['USD', ...Object.values(dollarByRegion)]);

const SIGN = '€|£|¥|(?:(?:us|ca|cdn|au|nz|hk) ?|c|a|s)?\\$(?:us)?|(?:eur|euros?|gbp|usd|chf|s?fr\\.|sfr|kr(?:oner|onor)?\\.?|pln|zł|zl|cad|aud|nzd|hkd|kč|czk|sek|nok|dkk|huf|ron|jpy|isk|mxn|aed|sgd|dollars|pounds|francs|franken|złotych)(?![\\p{L}])';
const BEFORE = new RegExp(`(?<![\\p{L}])(${SIGN}|fr\\.)[\\s\\u00a0\\u202f:]{0,3}(?<minus>[-\\u2212\\u2013]?)[\\s\\u00a0]?$`, 'iu');
/** «12.500,- €», «12'500.–», «12 500 zł»; a footnote mark may stand between. */
const NO_DECIMALS = /^(?:[.,](?:[-\u2010-\u2015\u2212]{1,2}|(?=\s|$)))/u;
const AFTER = new RegExp(`^[\\s\\u00a0\\u202f]{0,3}(${SIGN})`, 'iu');
const MINUS = /[-\u2212][\s\u00a0]?$/u;

/** The currency beside an amount, before or behind it; null when none is. */
export function currencyAround(before: string, after: string, expected: CurrencyCode | null, locale: string | null): CurrencyMark | null {
  const near = before.slice(-16);
  const tail = after.slice(0, 60).replace(NO_DECIMALS, '');
  const behind = AFTER.exec(tail);
  const ahead = BEFORE.exec(near);
  // «US$12,500 USD» has both; «€ 500 £ 300» is cut between the numbers, so what stands behind may belong to the next.
  const written = ahead?.[1] ?? behind?.[1];
  if (written === undefined) return null;
  const dashed = /^[.,][-\u2010-\u2015\u2212]/u.test(after);
  const start = ahead === null ? before : before.slice(0, before.length - near.length + ahead.index);
  return {
    currency: dollarBehind(written, behind?.[1]) ?? codeOf(written, expected, locale),
    before: start.replace(MINUS, ' '),
    after: behind !== null && (ahead === null || !startsAnother(tail, behind)) ? tail.slice(behind[0].length) : dashed ? tail.replace(/^\d\b/u, '') : tail,
    negative: MINUS.test(start) || (ahead?.groups?.['minus'] ?? '') !== '',
  };
}

/** A sign behind an amount that has its own in front is the next amount's, unless it names the same currency. */
const startsAnother = (tail: string, behind: RegExpExecArray): boolean => /^\s/u.test(behind[0]) && !/[a-z]/iu.test(behind[1] ?? '') && tail.slice(behind[0].length).trim() === '';

/** «$12,500 CAD»: the code says which dollars the sign means. */
function dollarBehind(ahead: string, behind: string | undefined): CurrencyCode | null {
  const code = behind?.toUpperCase() ?? '';
  return ahead === '$' && isCurrencyCode(code) && dollars.has(code) ? code : null;
}

function codeOf(written: string, expected: CurrencyCode | null, locale: string | null): CurrencyCode | null {
  const sign = written.toLowerCase().replaceAll(/\s/gu, '');
  if (sign === '$') {
    if (expected !== null && dollars.has(expected)) return expected;
    const region = locale?.split(/[-_]/u).find((part) => /^[A-Z]{2}$/u.test(part));
    return dollarByRegion[region ?? ''] ?? 'USD';
  }
  if (CROWN.test(sign)) {
    if (expected !== null && crowns.has(expected)) return expected;
    return crownByLanguage[locale?.split(/[-_]/u)[0]?.toLowerCase() ?? ''] ?? null;
  }
  const upper = sign.toUpperCase();
  return (Object.hasOwn(signs, sign) ? signs[sign] : undefined) ?? (isCurrencyCode(upper) ? upper : null);
}
