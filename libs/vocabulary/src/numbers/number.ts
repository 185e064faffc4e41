import { decimalText, scanNumbers, styleOf, valueOf } from './scan';

export interface ReadOptions {
  /** A BCP 47 tag: «de-DE». */
  readonly locale?: string | null | undefined;
}

const MAX_LENGTH = 2_000;

/** The one number of a text («1.234,56», «1'234.50», «12.5k», «ca. 1 200 €»); null when it has none or several. */
export function parseNumber(text: string | null | undefined, options: ReadOptions = {}): number | null {
  if (text == null) return null;
  const found = scanNumbers(text.slice(0, MAX_LENGTH));
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  const value = valueOf(only, styleOf(options.locale), 'style');
  if (value === null) return null;
  const negative = /[-\u2212\u2013]\s*\p{Sc}?\s*$/u.test(text.slice(Math.max(0, only.start - 6), only.start)) && !/\p{L}\s*-$/u.test(text.slice(0, only.start));
  return negative ? -value : value;
}

const countWords: Record<string, number> = {
  one: 1, two: 2, three: 3, four: 4, five: 5, single: 1, first: 1, second: 2, third: 3, fourth: 4, none: 0, no: 0,
  ein: 1, eine: 1, einen: 1, zwei: 2, drei: 3, vier: 4, erste: 1, zweite: 2, keine: 0,
  un: 1, une: 1, deux: 2, trois: 3, quatre: 4, uno: 1, una: 1, due: 2, tre: 3, dos: 2, tres: 3, een: 1, twee: 2, drie: 3, jeden: 1, dwa: 2, trzy: 3,
};

/** How many («4/5 doors» → 5, «2 Vorbesitzer», «1st owner», «one owner»): a small whole number. */
export function parseCount(text: string | null | undefined): number | null {
  if (text == null) return null;
  const short = text.slice(0, 200);
  const values = scanNumbers(short.replaceAll(/(\d)(?:st|nd|rd|th|er|e|te|da|a)\b/giu, '$1'))
    .map((number) => decimalText(number, 'unknown', 'thousands'))
    .map((value) => (value === null ? null : Number(value)));
  // «4/5 Türen», «2-3 doors»: with and without the tailgate.
  const last = values.at(-1);
  if (last != null && values.length <= 2) return Number.isInteger(last) && last <= 99 ? last : null;
  if (values.length > 0) return null;
  for (const word of short.toLowerCase().split(/[^\p{L}]+/u)) {
    const count = Object.hasOwn(countWords, word) ? countWords[word] : undefined;
    if (count !== undefined) return count;
  }
  return null;
}
