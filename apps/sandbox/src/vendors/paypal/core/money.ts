/** As it goes over the wire. */
export interface Money {
  readonly currency_code: string;
  readonly value: string;
}

/** What PayPal takes, with its decimals. */
const decimals: Readonly<Record<string, number>> = {
  AUD: 2, BRL: 2, CAD: 2, CHF: 2, CNY: 2, CZK: 2, DKK: 2, EUR: 2, GBP: 2, HKD: 2, HUF: 0, ILS: 2, JPY: 0, MXN: 2, MYR: 2, NOK: 2, NZD: 2, PHP: 2, PLN: 2, SEK: 2, SGD: 2, THB: 2, TWD: 0, USD: 2,
};

export const isCurrency = (code: string): boolean => Object.hasOwn(decimals, code);

/** Whole numbers of the smallest unit; null for what is no amount of that currency. */
export function minorOf(value: string, currency: string): number | 'syntax' | 'precision' | 'no decimals' {
  const parts = /^(-?)(\d{1,15})(?:\.(\d+))?$/u.exec(value);
  if (parts === null) return 'syntax';
  const [, sign = '', whole = '', fraction = ''] = parts;
  const places = decimals[currency] ?? 2;
  if (fraction !== '' && places === 0) return 'no decimals';
  if (fraction.length > 2) return 'precision';
  const minor = Number(whole) * 10 ** places + Number(fraction.padEnd(places, '0').slice(0, places));
  return sign === '-' ? -minor : minor;
}

export function moneyOf(minor: number, currency: string): Money {
  const places = decimals[currency] ?? 2;
  const digits = String(Math.abs(minor)).padStart(places + 1, '0');
  const value = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return { currency_code: currency, value: minor < 0 ? `-${value}` : value };
}

const signs: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥' };

/** For people. */
export const inWords = (minor: number, currency: string): string => {
  const { value } = moneyOf(minor, currency);
  const [whole = '', fraction] = value.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/gu, ',');
  return `${signs[currency] ?? ''}${grouped}${fraction === undefined ? '' : `.${fraction}`} ${currency}`;
};

/** The fixed part of the fee, in the smallest unit. */
const fixedFees: Readonly<Record<string, number>> = { USD: 49, EUR: 39, GBP: 39, AUD: 59, CAD: 59, CHF: 49, CZK: 980, DKK: 290, HKD: 379, HUF: 149, ILS: 160, JPY: 49, MXN: 900, MYR: 200, NOK: 390, NZD: 69, PHP: 2_500, PLN: 189, SEK: 409, SGD: 69, THB: 1_500, TWD: 14, BRL: 290, CNY: 350 };

/** What PayPal keeps of a payment: 3.49 % and a fixed part, never more than the payment. */
export const feeOf = (minor: number, currency: string): number => Math.min(minor, Math.round(minor * 0.0349) + (fixedFees[currency] ?? 49));

/** What 75 dollars are elsewhere, roughly, in the smallest unit: the most that may be taken beyond an authorization. */
const seventyFive: Readonly<Record<string, number>> = { USD: 7_500, EUR: 6_900, GBP: 5_900, AUD: 11_400, CAD: 10_400, CHF: 6_600, CZK: 173_000, DKK: 51_500, HKD: 58_500, HUF: 27_000, ILS: 27_500, JPY: 11_300, MXN: 150_000, MYR: 33_500, NOK: 80_000, NZD: 12_700, PHP: 430_000, PLN: 29_500, SEK: 78_000, SGD: 10_000, THB: 265_000, TWD: 2_400, BRL: 41_000, CNY: 54_000 };

/** 115 % of it, and no more than 75 dollars above it. */
export const mostOf = (minor: number, currency: string): number => minor + Math.min(Math.floor((minor * 15) / 100), seventyFive[currency] ?? 7_500);
