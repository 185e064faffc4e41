import { type CurrencyCode, exponentOf } from './currency';
import { placePoint } from './rational';

export interface MoneyFormat {
  /** '€' (default), 'EUR', 'euros', or the bare number. */
  readonly currency?: 'symbol' | 'code' | 'name' | 'none';
  /** Leaves out decimals that are all zero: 18.990 € instead of 18.990,00 €. */
  readonly dropZeroDecimals?: boolean;
  /** Groups four digits too where a locale's own habit is to leave them together: 1.966,79 € in Italian. */
  readonly alwaysGroup?: boolean;
}

const MAX_FORMATTERS = 500;
const formatters = new Map<string, Intl.NumberFormat>();

export function formatMoney(money: { amount: number; currency: CurrencyCode }, locale: string, how: MoneyFormat): string {
  const exponent = exponentOf(money.currency);
  const whole = money.amount % 10 ** exponent === 0;
  const decimals = how.dropZeroDecimals === true && whole ? 0 : exponent;
  const formatter = formatterFor(locale, money.currency, how.currency ?? 'symbol', decimals, how.alwaysGroup === true ? 'always' : 'auto');
  const exact = placePoint(BigInt(money.amount), exponent);
  // A string goes through Intl exactly; a number would be rounded above 2^53 / 10^exponent.
  return isNumeric(exact) ? formatter.format(exact) : exact;
}

function isNumeric(text: string): text is `${number}` {
  return text !== '';
}

/** Our own exponents are passed on, because CLDR trims those of some currencies to what people use in cash. */
function formatterFor(locale: string, currency: CurrencyCode, shown: 'symbol' | 'code' | 'name' | 'none', decimals: number, useGrouping: 'always' | 'auto'): Intl.NumberFormat {
  const key = `${locale} ${currency} ${shown} ${decimals} ${useGrouping}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(locale, {
      ...(shown === 'none' ? { style: 'decimal' as const } : { style: 'currency' as const, currency, currencyDisplay: shown }),
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping,
    });
    // Making one takes tens of microseconds; a hostile stream of locales must not fill the memory.
    if (formatters.size >= MAX_FORMATTERS) formatters.clear();
    formatters.set(key, formatter);
  }
  return formatter;
}
