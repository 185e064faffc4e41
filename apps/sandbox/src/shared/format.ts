import type { CurrencyCode } from '@autobroker/kernel';

const groupers: Readonly<Record<string, string>> = { de: '.', it: '.', fr: '\u202F', 'en-US': ',', 'en-GB': ',' };

/** Whole numbers with the thousands of the language: 12.345, 12 345, 12,345. */
export function grouped(value: number, language: string): string {
  const digits = String(Math.abs(Math.round(value))).replace(/\B(?=(?:\d{3})+$)/gu, groupers[language] ?? ',');
  return value < 0 ? `-${digits}` : digits;
}

export const symbols: Readonly<Partial<Record<CurrencyCode, string>>> = { EUR: '€', USD: '$', GBP: '£' };

export const symbolOf = (currency: CurrencyCode): string => symbols[currency] ?? currency;

/** $12,345 or £12,345; euros as the language has them: «12.345 €». */
export function money(amount: number, currency: CurrencyCode, language: string): string {
  const number = grouped(amount, language);
  return currency === 'EUR' && !language.startsWith('en') ? `${number}\u00A0€` : `${symbolOf(currency)}${number}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

export const monthYear = (month: { readonly year: number; readonly month: number }, separator = '/'): string => `${two(month.month)}${separator}${month.year}`;

export const isoDay = (at: Date): string => at.toISOString().slice(0, 10);

/** 27.11.2026 */
export const germanDay = (at: Date): string => `${two(at.getUTCDate())}.${two(at.getUTCMonth() + 1)}.${at.getUTCFullYear()}`;

const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** November 27, 2026 */
export const englishDay = (at: Date): string => `${monthNames[at.getUTCMonth()] ?? ''} ${at.getUTCDate()}, ${at.getUTCFullYear()}`;

/** A monthly rate beside the price: what naive extraction takes for the price. */
export const monthlyRate = (price: number): number => Math.max(29, Math.round((price * 0.0185) / 1) - 1);

/** `Mercedes-Benz C 220 d` → `mercedes-benz-c-220-d` */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036F]/gu, '')
    .replace(/ß/gu, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
