import { refuse, type Refusal } from '../refusal';
import { ok, type Result } from '../result';
import { type CurrencyCode, exponentOf } from './currency';
import { settleCurrency } from './symbols';
import { conventionsOf, type NumberConvention } from './conventions';

/**
 * - `money_unreadable`: no amount, or written in a way the place does not use
 * - `money_ambiguous`: could be two different amounts or currencies
 * - `money_currency_missing` / `money_currency_mismatch`: no currency is known / the text names another one
 * - `money_too_precise`: more decimals than the currency has
 * - `money_too_large`: can't be held exactly
 * - `money_locale_unknown`: we don't know how numbers are written there
 */
export type MoneyParseCode =
  | 'money_unreadable'
  | 'money_ambiguous'
  | 'money_currency_missing'
  | 'money_currency_mismatch'
  | 'money_too_precise'
  | 'money_too_large'
  | 'money_locale_unknown';

export interface ParsedAmount {
  readonly minor: bigint;
  readonly currency: CurrencyCode;
}

type Parsed<T> = Result<T, Refusal<MoneyParseCode>>;

const MAX_LENGTH = 64;
/** Every blank that stands between groups or beside a symbol, thin and unbreakable ones included. */
const BLANKS = /[\s\u00a0\u2000-\u200a\u202f\u205f]+/gu;
/** Direction marks and joiners, which copied text is full of. */
const INVISIBLE = /[\u200b-\u200f\u061c\u2060\ufeff]/gu;
/** From the first digit to the last; what is around them is sign and currency. */
const AROUND_DIGITS = /^(?<before>\D*)(?<number>\d(?:.*\d)?)(?<after>\D*)$/u;
/** «1.250,–», «1’250.-», «1250.»: a decimal separator with a dash, or nothing, for no decimals. */
const NO_DECIMALS = /^(?<separator>[.,])(?: ?[-\u2010-\u2015\u2212]{1,2})?(?= |$|[^\d.,])/u;
const SIGNS = /[-+()\u2010-\u2013\u2212]/gu;

export function parseAmount(text: string, currency: CurrencyCode | undefined, locale: string | undefined): Parsed<ParsedAmount> {
  if (text.length > MAX_LENGTH) return refuse('money_unreadable', 'Too long for an amount');
  const conventions = conventionsOf(locale);
  if (conventions === undefined) return refuse('money_locale_unknown', `How amounts are written in ${JSON.stringify(locale)} is not known`);

  const written = takeApart(text.replace(INVISIBLE, '').replace(BLANKS, ' ').trim());
  if (written === undefined) return refuse('money_unreadable', 'Not an amount');
  const settled = settleCurrency(written.symbol, currency, locale);
  if (!settled.ok) return settled;

  const size = agree(conventions.map((convention) => readNumber(written.digits, settled.value, convention)));
  return size.ok ? ok({ minor: written.negative ? -size.value : size.value, currency: settled.value }) : size;
}

interface Written {
  readonly digits: string;
  readonly negative: boolean;
  readonly symbol?: string;
}

function takeApart(text: string): Written | undefined {
  const groups = AROUND_DIGITS.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { before = '', number = '' } = groups;
  const tail = groups['after'] ?? '';
  const separator = NO_DECIMALS.exec(tail);
  const after = separator === null ? tail : tail.slice(separator[0].length);

  const signs = (before + after).match(SIGNS) ?? [];
  const bracketed = signs.length === 2 && before.includes('(') && after.endsWith(')');
  if (signs.length > 1 && !bracketed) return undefined;
  if (signs.length === 1 && /[()]/u.test(signs[0] ?? '')) return undefined;

  const [front, back] = [before, after].map((side) => side.replace(SIGNS, '').trim());
  if (front !== '' && back !== '') return undefined;
  const symbol = front === '' ? back : front;
  return {
    digits: number + (separator?.groups?.['separator'] ?? ''),
    negative: bracketed || (signs.length === 1 && signs[0] !== '+'),
    ...(symbol === undefined || symbol === '' ? {} : { symbol }),
  };
}

/** Where several ways to read the text are possible, all must come to the same amount. */
function agree(readings: readonly Parsed<bigint>[]): Parsed<bigint> {
  const readable = readings.filter((reading) => reading.ok || reading.error.code !== 'money_unreadable');
  const [first] = readable;
  if (first === undefined) return refuse('money_unreadable', 'Not an amount as it is written there');
  const same = readable.every((reading) => (reading.ok ? first.ok && reading.value === first.value : !first.ok && reading.error.code === first.error.code));
  return same ? first : refuse('money_ambiguous', 'This could be more than one amount');
}

function readNumber(digits: string, currency: CurrencyCode, convention: NumberConvention): Parsed<bigint> {
  const groups = convention.pattern.exec(digits)?.groups;
  const units = groups?.['units'];
  if (units === undefined) return refuse('money_unreadable', 'Not an amount as it is written there');
  const fraction = groups?.['fraction'] ?? '';
  const exponent = exponentOf(currency);
  if (fraction.length > exponent) {
    // «1.250» where the point is for decimals: most likely the thousands of another country.
    return fraction.length === 3 && /^[1-9]\d{0,2}$/u.test(units)
      ? refuse('money_ambiguous', `${currency} has ${exponent} decimals: a separator of thousands may be meant`)
      : refuse('money_too_precise', `${currency} has ${exponent} decimals`);
  }
  const minor = BigInt(units.replace(/\D/gu, '') + fraction.padEnd(exponent, '0'));
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) return refuse('money_too_large', 'The amount is too large');
  return ok(minor);
}
