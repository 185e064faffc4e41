/** How thousands and decimals are told apart at a place. `blank` countries may use a point for thousands as well. */
export type NumberStyle = 'point' | 'comma' | 'apostrophe' | 'blank' | 'unknown';

const styleByLanguage: Record<string, NumberStyle> = {
  en: 'point', ja: 'point', zh: 'point', ko: 'point', th: 'point', he: 'point',
  de: 'comma', it: 'comma', es: 'comma', nl: 'comma', pt: 'comma', da: 'comma', tr: 'comma', el: 'comma', ro: 'comma', hr: 'comma', sl: 'comma',
  fr: 'blank', pl: 'blank', cs: 'blank', sk: 'blank', hu: 'blank', sv: 'blank', nb: 'blank', no: 'blank', fi: 'blank', bg: 'blank', uk: 'blank', ru: 'blank',
};
const styleByTag: Record<string, NumberStyle> = {
  'de-CH': 'apostrophe', 'de-LI': 'apostrophe', 'it-CH': 'apostrophe', 'fr-CH': 'apostrophe', 'es-MX': 'point', 'es-US': 'point', 'en-ZA': 'blank',
};

export function styleOf(locale: string | null | undefined): NumberStyle {
  if (locale == null) return 'unknown';
  const [language = '', ...rest] = locale.replaceAll('_', '-').split('-');
  const region = rest.find((part) => /^[A-Za-z]{2}$/u.test(part))?.toUpperCase();
  return styleByTag[`${language.toLowerCase()}-${region ?? ''}`] ?? styleByLanguage[language.toLowerCase()] ?? 'unknown';
}

/** A number as it stands in a text: its runs of digits and what separates them. */
export interface WrittenNumber {
  readonly runs: readonly string[];
  /** One fewer than the runs; every blank is `' '`, every apostrophe `'`. */
  readonly separators: string;
  readonly start: number;
  readonly end: number;
  /** «12.5k», «15 Tsd.»: 1000. */
  readonly scale: number;
}

const BLANK = /[ \t\u00a0\u2000-\u200a\u202f\u205f]/u;
const APOSTROPHE = /['\u2018\u2019\u00b4`\u02bc]/u;
const SCALE = /^[ \u00a0]?(?:k(?![\p{L}\d])|tsd\b\.?|tausend\b|thousand\b|mila\b|mil\b|tys\b\.?|t(?=[ \u00a0]?(?:km|€|eur)))/iu;
const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

/**
 * Every number of a text, in one pass. A blank joins runs only where that can be a group of thousands: three digits
 * follow, at most three go before. Digits inside a word («C220», «5V6») are not numbers.
 */
export function scanNumbers(text: string): WrittenNumber[] {
  const found: WrittenNumber[] = [];
  let at = 0;
  while (at < text.length) {
    if (!isDigit(text[at])) {
      at += 1;
      continue;
    }
    const read = readNumber(text, at);
    at = read.end;
    if (!insideWord(text, read.start)) found.push(read);
  }
  return found;
}

/** A letter right before makes it a code, not a number, unless the letters are those of a currency or a prefix word. */
function insideWord(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 4), start);
  return /\p{L}$/u.test(before) && !/(?:^|[^\p{L}])(?:eur|usd|gbp|chf|fr|pln|us|ab|zł|cad|ca|km|mi|nzd|aud|kr|sek|nok|dkk|czk|ez)$/iu.test(before);
}

function readNumber(text: string, start: number): WrittenNumber {
  const runs: string[] = [];
  let separators = '';
  let end = start;
  for (;;) {
    const from = end;
    while (isDigit(text[end])) end += 1;
    runs.push(text.slice(from, end));
    const separator = separatorAt(text, end, runs, separators);
    if (separator === undefined) break;
    separators += separator;
    end += 1;
  }
  const scale = SCALE.exec(text.slice(end, end + 10));
  const word = scale?.[0] ?? '';
  return { runs, separators, start, end: end + word.length, scale: word === '' ? 1 : 1_000 };
}

function separatorAt(text: string, at: number, runs: readonly string[], before: string): string | undefined {
  const char = text[at];
  if (char === undefined || !isDigit(text[at + 1])) return undefined;
  if (char === '.' || char === ',') return char;
  if (APOSTROPHE.test(char)) return "'";
  if (!BLANK.test(char)) return undefined;
  // A blank after a decimal, or between groups that are none, ends the number.
  if (before.includes('.') || before.includes(',') || before.includes("'")) return undefined;
  const last = runs.at(-1) ?? '';
  const groupFollows = isDigit(text[at + 2]) && isDigit(text[at + 3]) && !isDigit(text[at + 4]);
  const groupBefore = before === '' ? last.length <= 3 && !last.startsWith('0') : last.length === 3;
  return groupFollows && groupBefore ? ' ' : undefined;
}

/**
 * The value, or null where it is no number of any country («1.2.3», «12.34.56»). `grouping` decides what one separator
 * before exactly three digits is, when the style does not: thousands for prices and mileages, decimals for litres.
 */
export function valueOf(number: WrittenNumber, style: NumberStyle, grouping: 'thousands' | 'decimals' | 'style'): number | null {
  const text = decimalText(number, style, grouping);
  return text === null ? null : Number(text) * number.scale;
}

/** The same as plain decimal text, before the scale: exact for money. */
export function decimalText({ runs, separators }: WrittenNumber, style: NumberStyle, grouping: 'thousands' | 'decimals' | 'style'): string | null {
  const [first = '', ...rest] = runs;
  if (rest.length === 0) return first;
  const last = rest.at(-1) ?? '';
  const mark = separators.at(-1) ?? '';
  const groups = separators.slice(0, -1);
  const grouped = (parts: readonly string[]): boolean => first.length <= 3 && !first.startsWith('0') && parts.every((part) => part.length === 3);
  const uniform = (text: string): boolean => new Set(text).size <= 1;

  if (mark === '.' || mark === ',') {
    const isDecimal = groups !== '' ? uniform(groups) && !groups.includes(mark) && grouped(rest.slice(0, -1)) : oneMark(first, last, mark, style, grouping);
    if (isDecimal) return `${first}${rest.slice(0, -1).join('')}.${last}`;
  }
  return uniform(separators) && grouped(rest) ? first + rest.join('') : null;
}

function oneMark(first: string, last: string, mark: string, style: NumberStyle, grouping: 'thousands' | 'decimals' | 'style'): boolean {
  if (last.length !== 3 || first.length > 3 || first.startsWith('0')) return true;
  if (grouping !== 'style') return grouping === 'decimals';
  const decimal = style === 'comma' || style === 'blank' ? ',' : '.';
  // Without a place both marks are read as thousands: that is what three digits after a mark mostly are.
  return style === 'unknown' ? false : mark === decimal;
}
