import { type CurrencyCode, type Money, ok, type Rational, type Refusal, refuse, type Result } from '@autobroker/kernel';
import { builtinDay, builtinRates } from './builtin-rates';
import { type Day, dayOf, daysBetween, type Rate, type RateTable } from './rate-table';

export type RateSource = 'same' | 'ecb' | 'builtin';

export interface Conversion {
  readonly money: Money;
  /** What one unit of the one currency was in the other, to ten decimals: for showing, not for calculating. */
  readonly rate: string;
  readonly source: RateSource;
  /** The day of the rate; the earlier one when two were needed. */
  readonly day: Day;
}

export interface ConvertOptions {
  /** How many days a rate may be old: banks publish none at weekends and on holidays. */
  readonly maxAgeDays: number;
  /** Whether the rates that come with the program will do where there is none from a bank. */
  readonly allowBuiltin: boolean;
}

interface Pair {
  readonly from: Rate;
  readonly to: Rate;
  readonly source: RateSource;
  readonly day: Day;
}

/** Converts at the rates of the day, by way of the euro, rounding once and half to even. */
export const convertWith = (
  table: RateTable,
  money: Money,
  to: CurrencyCode,
  at: Date,
  options: ConvertOptions,
): Result<Conversion, Refusal<'currency_unsupported'>> => {
  const day = dayOf(at);
  if (money.currency === to) return ok({ money, rate: '1', source: 'same', day });
  const pair = ratesOf(table, money.currency, to, day, options.maxAgeDays) ?? (options.allowBuiltin ? builtinOf(money.currency, to) : undefined);
  if (pair === undefined) return refuse('currency_unsupported', `There is no reference rate from ${money.currency} to ${to} for ${day}`);
  const rate = pair.to.rate.dividedBy(pair.from.rate);
  return ok({ money: money.exchange(rate, to, 'half-even'), rate: rate.toDecimal(10, 'half-even'), source: pair.source, day: pair.day });
};

const ratesOf = (table: RateTable, from: CurrencyCode, to: CurrencyCode, day: Day, maxAgeDays: number): Pair | undefined => {
  const [a, b] = [table.on(from, day), table.on(to, day)];
  if (a === undefined || b === undefined) return undefined;
  const earlier = a.day < b.day ? a.day : b.day;
  return daysBetween(earlier, day) > maxAgeDays ? undefined : { from: a, to: b, source: 'ecb', day: earlier };
};

const builtinOf = (from: CurrencyCode, to: CurrencyCode): Pair | undefined => {
  const [a, b] = [builtinRates.on(from, builtinDay), builtinRates.on(to, builtinDay)];
  return a === undefined || b === undefined ? undefined : { from: a, to: b, source: 'builtin', day: builtinDay };
};

export const rateText = (rate: Rational): string => rate.toDecimal(10, 'half-even');
