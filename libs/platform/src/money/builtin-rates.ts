import { isCurrencyCode, Rational } from '@autobroker/kernel';
import { RateTable } from './rate-table';

/**
 * Rough rates to start with, so that a machine without a network shows prices in one currency. They are not quotations of
 * any bank; every conversion with them says that its source is `builtin`.
 */
export const builtinDay = '2026-11-16';

const perEuro: Readonly<Record<string, string>> = {
  AUD: '1.77',
  BRL: '6.20',
  CAD: '1.62',
  CHF: '0.93',
  CNY: '8.25',
  CZK: '24.3',
  DKK: '7.46',
  GBP: '0.88',
  HKD: '9.03',
  HUF: '385',
  IDR: '19300',
  ILS: '3.78',
  INR: '103',
  ISK: '147',
  JPY: '179',
  KRW: '1690',
  MXN: '21.3',
  MYR: '4.80',
  NOK: '11.7',
  NZD: '2.05',
  PHP: '68.3',
  PLN: '4.24',
  RON: '5.09',
  SEK: '11.0',
  SGD: '1.51',
  THB: '37.6',
  TRY: '49.2',
  USD: '1.16',
  ZAR: '19.9',
};

export const builtinRates = new RateTable(
  Object.entries(perEuro).flatMap(([currency, rate]) =>
    isCurrencyCode(currency) ? [{ currency, day: builtinDay, rate: Rational.parse(rate) }] : [],
  ),
);

/** Major units of a currency in euro cents, roughly: for comparing, where no rates of the day are at hand. Null for a currency without a rate. */
export const roughReference = (amount: number, currency: string): number | null => {
  if (currency === 'EUR') return Math.round(amount * 100);
  const rate = perEuro[currency];
  return rate === undefined ? null : Math.round((amount / Number(rate)) * 100);
};
