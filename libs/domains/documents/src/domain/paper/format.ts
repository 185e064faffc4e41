import { type CurrencyCode, Money } from '@autobroker/kernel';
import type { Language } from './paper';

/** Words and numbers as a reader of a language expects them; in America as there. */
export interface Format {
  readonly language: Language;
  readonly american: boolean;
  money(minor: number, currency: CurrencyCode): string;
  percent(hundredths: number): string;
  /** A day, from a day or a moment. */
  date(at: string): string;
  time(at: string): string;
  /** A distance that was read in kilometres. */
  distance(km: number): string;
  country(code: string): string;
}

const kmPerMile = 1.609344;
const tags: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', it: 'it-IT' };

/** Fonts have no narrow no-break space of their own; a common one reads the same. */
const plainSpaces = (text: string): string => text.replaceAll('\u202F', '\u00A0');
/** A minus is as wide as a digit; a hyphen is not one. */
const realMinus = (text: string): string => text.replace(/^-(?=\D*\d)/u, '\u2212');

/** Made once: to make one takes longer than to write a page with it. There are as many as tenants have languages and time zones. */
function remembered<A extends readonly unknown[], T>(make: (...args: A) => T): (...args: A) => T {
  const known = new Map<string, T>();
  return (...args) => {
    const key = args.join(' ');
    const found = known.get(key) ?? make(...args);
    if (known.size >= 1_000) known.clear();
    known.set(key, found);
    return found;
  };
}

export const formatFor = remembered(makeFormat);

function makeFormat(language: Language, timeZone: string, american: boolean): Format {
  const tag = american && language === 'en' ? 'en-US' : tags[language];
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone });
  const plainDay = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone });
  const whole = new Intl.NumberFormat(tag, { maximumFractionDigits: 0, useGrouping: 'always' });
  const share = new Intl.NumberFormat(tag, { style: 'percent', minimumFractionDigits: 0, maximumFractionDigits: 2 });
  const regions = new Intl.DisplayNames([tag], { type: 'region' });
  return {
    language,
    american,
    money: (minor, currency) => realMinus(plainSpaces(Money.of(minor, currency).format(tag, { alwaysGroup: true }))),
    percent: (hundredths) => plainSpaces(share.format(hundredths / 10_000)),
    date: (at) => plainSpaces((/^\d{4}-\d{2}-\d{2}$/u.test(at) ? plainDay : day).format(new Date(at))),
    time: (at) => plainSpaces(moment.format(new Date(at))),
    distance: (km) => (american ? `${whole.format(Math.round(km / kmPerMile))} mi` : plainSpaces(`${whole.format(km)}\u00A0km`)),
    country: (code) => regions.of(code) ?? code,
  };
}
