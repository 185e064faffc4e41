import { refuse, type Refusal } from '../refusal';
import { ok, type Result } from '../result';
import { type CurrencyCode, exponentOf } from './currency';
import { findCurrency } from './symbols';
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
const BLANKS = /[\s\u00a0\u2000-\u200a\u202f\u205f]/gu;
const INVISIBLE = /[\u200e\u200f\u061c\u2060\ufeff]/gu;
const MINUS = /[\u2212\u2012\u2013\u2010\u2011]/gu;

export function parseAmount(text: string, currency: CurrencyCode | undefined, locale: string | undefined): Parsed<ParsedAmount> {
  if (text.length > MAX_LENGTH) return refuse('money_unreadable', 'Too long for an amount');
  const conventions = conventionsOf(locale);
  if (conventions === undefined) return refuse('money_locale_unknown', `How amounts are written in ${JSON.stringify(locale)} is not known`);

  const found = findCurrency(text.replace(INVISIBLE, '').replace(BLANKS, ' ').trim(), currency, locale);
  if (!found.ok) return found;
  const signed = readSign(found.value.rest);
  if (signed === undefined) return refuse('money_unreadable', 'Not an amount');

  const readings = conventions.map((convention) => readNumber(signed.digits, found.value.currency, convention));
  const amounts = new Set(readings.flatMap((reading) => (reading.ok ? [reading.value] : [])));
  if (amounts.size > 1) return refuse('money_ambiguous', 'Without a locale this could be more than one amount');
  const [size] = amounts;
  if (size === undefined) return firstRefusal(readings);
  return ok({ minor: signed.negative ? -size : size, currency: found.value.currency });
}

function firstRefusal(readings: readonly Parsed<bigint>[]): Parsed<never> {
  for (const reading of readings) {
    // The most telling reason wins: one that got as far as understanding the digits.
    if (!reading.ok && reading.error.code !== 'money_unreadable') return reading;
  }
  return refuse('money_unreadable', 'Not an amount as it is written there');
}

/** A minus before or after, or accounting's brackets. */
function readSign(text: string): { negative: boolean; digits: string } | undefined {
  // «1.250,–» and «1’250.–» are whole amounts, not negative ones.
  const trimmed = text.replace(/(\d[.,])\s*[-\u2012-\u2015\u2212]{1,2}$/u, '$1').replace(MINUS, '-').trim();
  const match = /^(?:(?<before>[+-])?\s*(?<plain>[^()+-]+?)\s*(?<after>-)?|\(\s*(?<bracketed>[^()+-]+?)\s*\))$/u.exec(trimmed);
  if (!match?.groups) return undefined;
  const { before, plain, after, bracketed } = match.groups;
  if (bracketed !== undefined) return { negative: true, digits: bracketed };
  if (plain === undefined || (before !== undefined && after !== undefined)) return undefined;
  return { negative: before === '-' || after === '-', digits: plain };
}

function readNumber(digits: string, currency: CurrencyCode, convention: NumberConvention): Parsed<bigint> {
  const match = convention.pattern.exec(digits);
  const units = match?.groups?.['units'];
  if (units === undefined) return refuse('money_unreadable', 'Not an amount as it is written there');
  const fraction = match?.groups?.['fraction'] ?? '';
  const exponent = exponentOf(currency);
  if (fraction.length > exponent && /[1-9]/.test(fraction.slice(exponent))) {
    return refuse('money_too_precise', `${currency} has ${exponent} decimals`);
  }
  if (fraction.length > exponent) return refuse('money_ambiguous', `${currency} has ${exponent} decimals: a separator of thousands may be meant`);
  const minor = BigInt(units.replace(/\D/gu, '') + fraction.padEnd(exponent, '0'));
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) return refuse('money_too_large', 'The amount is too large');
  return ok(minor);
}
