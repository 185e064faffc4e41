import { fold } from '../text/fold';

const FIRST_YEAR = 1900;
const LAST_YEAR = 2049;

/** Three letters are enough in most languages; the longer forms tell «mar» from «mai». */
const months: readonly (readonly [month: number, names: string])[] = [
  [1, 'january jan januar janner janvier janv gennaio gen enero ene januari styczen stycznia sty'],
  [2, 'february feb februar feber fevrier fev fevr febbraio febrero februari luty lutego lut'],
  [3, 'march mar marz maerz mrz mars marzo maart mrt marzec marca'],
  [4, 'april apr avril avr aprile abril abr kwiecien kwietnia kwi'],
  [5, 'may mai maggio mag mayo mei maj maja'],
  [6, 'june jun juni juin giugno giu junio czerwiec czerwca cze'],
  [7, 'july jul juli juillet juil luglio lug julio lipiec lipca lip'],
  [8, 'august aug aout agosto ago augustus sierpien sierpnia sie'],
  [9, 'september sep sept septembre settembre set septiembre wrzesien wrzesnia wrz'],
  [10, 'october oct oktober okt octobre ottobre ott octubre pazdziernik pazdziernika paz'],
  [11, 'november nov novembre noviembre listopad listopada lis'],
  [12, 'december dec dezember dez decembre dicembre dic diciembre grudzien grudnia gru'],
];
const monthByName = new Map(months.flatMap(([month, names]) => names.split(' ').map((name) => [name, month] as const)));

const YEAR_TOKEN = /(?<![\d.,/\-'€£$])(?:19|20)\d\d(?![\d'’]|[.,]\d|\s?(?:km|mi\b|miles|ps|kw|hp|cc|ccm|cm|€|eur|usd|£|\$|kg|lb|x\s?\d|rpm|mm)|[-–]\d{3,})/giu;
const PRICE_BEFORE = /[€£$]\s?$|(?:eur|usd|gbp|chf)\s?$/iu;

/** The year of a text («2016 BMW 320d», «EZ 03/2018», «Bj. 2015», «2018 (67 reg)», «'14»); null when none or several. */
export function parseYear(text: string | null | undefined): number | null {
  if (text == null) return null;
  const short = text.slice(0, 400);
  const years = new Set<number>();
  for (const match of short.matchAll(YEAR_TOKEN)) {
    const year = Number(match[0]);
    if (year >= FIRST_YEAR && year <= LAST_YEAR && !PRICE_BEFORE.test(short.slice(Math.max(0, match.index - 5), match.index))) years.add(year);
  }
  const [year] = years;
  // A title starts with the car's year; a second one is the service, the inspection or another car's.
  if (year !== undefined && years.size > 1) return /^\W*(?:used |new |for sale:? )?(?:19|20)\d\d\b/iu.test(short) ? year : null;
  if (year !== undefined) return year;
  const day = parseDay(short);
  if (day !== null) return Number(day.slice(0, 4));
  return shortYear(short) ?? yearOfPlate(short);
}

/** «'14», «14'», «98 Silverado», «Bj. 05», «EZ 18». */
function shortYear(text: string): number | null {
  const marked = /(?:^|\s)['’‘](?<a>\d\d)\b|(?:^|[^\p{L}])(?:bj|baujahr|ez|my|jg|jahrgang|año|anno|année|bouwjaar|rok)\.?:?\s?(?<b>\d\d)(?!\d|[.,/]\d)/iu.exec(text)?.groups;
  const digits = marked?.['a'] ?? marked?.['b'];
  return digits === undefined ? null : century(Number(digits));
}

const century = (twoDigits: number): number => (twoDigits < 50 ? 2000 : 1900) + twoDigits;

/** The age a British plate tells: «18 reg» March 2018, «67 plate» September 2017. */
function yearOfPlate(text: string): number | null {
  const plate = /(?:^|[\s(])(?<age>\d\d)[\s-]?(?:reg|plate)(?:istered)?\b/iu.exec(text)?.groups?.['age'];
  if (plate === undefined) return null;
  const age = Number(plate);
  const year = age >= 51 ? 2000 + age - 50 : 2000 + age;
  return age === 0 || year > LAST_YEAR ? null : year;
}

const ISO = /(?<!\d)(?<y>\d{4})[-/.](?<m>\d{1,2})(?:[-/.](?<d>\d{1,2}))?(?!\d)/u;
const NUMERIC = /(?<!\d)(?<a>\d{1,2})[./-]\s?(?<b>\d{1,2})[./-]\s?(?<y>\d{4}|\d\d)(?!\d)/u;
const MONTH_YEAR = /(?<![\d./-])(?<m>\d{1,2})\s?[/.-]\s?(?<y>(?:19|20)\d\d)(?!\d)/u;
const MONTH_SHORT_YEAR = /(?:^|[^\d./-])(?<m>0\d|1[0-2])\/(?<y>\d\d)(?![\d/])/u;
const NAMED = /(?:(?<d>\d{1,2})(?:\.|st|nd|rd|th|er|º)?\s?(?:de |of )?)?(?<name>\p{L}{3,12})\.?\s?(?:(?<d2>\d{1,2})(?:st|nd|rd|th)?(?:,\s?|\s))?(?:de |of |del )?['’]?(?<y>(?:19|20)\d\d|\d\d(?!\d))/gu;
const STAMP = /^\s*(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d/u;

export interface DayOptions {
  readonly locale?: string | null | undefined;
}

/** A calendar day; a month alone is its first («EZ 03/2018», «März 2018», «2018-03»). Day or month first goes by place. */
export function parseDay(text: string | null | undefined, options: DayOptions = {}): string | null {
  if (text == null) return null;
  const short = text.slice(0, 200);
  const stamp = STAMP.exec(short)?.[1];
  if (stamp !== undefined) return day(Number(stamp.slice(0, 4)), Number(stamp.slice(5, 7)), Number(stamp.slice(8)));
  return isoDay(short) ?? numericDay(short, options.locale ?? null) ?? namedDay(short) ?? monthDay(short);
}

function isoDay(text: string): string | null {
  const groups = ISO.exec(text)?.groups;
  return groups === undefined ? null : day(Number(groups['y']), Number(groups['m']), Number(groups['d'] ?? '1'));
}

function numericDay(text: string, locale: string | null): string | null {
  const groups = NUMERIC.exec(text)?.groups;
  if (groups === undefined) return null;
  const [a, b, written] = [Number(groups['a']), Number(groups['b']), groups['y'] ?? ''];
  const year = written.length === 2 ? century(Number(written)) : Number(written);
  if (b > 12) return day(year, a, b);
  if (a > 12) return day(year, b, a);
  const monthFirst = locale !== null && /^en(?:-us|-ph)?$|^es-us$/iu.test(locale.replaceAll('_', '-'));
  // Without a place «03/04/2018» is one of two days: a point or a dash is European, a stroke could be either.
  if (locale === null && a !== b && text.includes('/')) return null;
  return monthFirst ? day(year, a, b) : day(year, b, a);
}

function namedDay(text: string): string | null {
  for (const match of text.matchAll(NAMED)) {
    const groups = match.groups ?? {};
    const month = monthByName.get(fold(groups['name'] ?? ''));
    if (month === undefined) continue;
    const written = groups['y'] ?? '';
    const year = written.length === 2 ? century(Number(written)) : Number(written);
    return day(year, month, Number(groups['d2'] ?? groups['d'] ?? '1'));
  }
  return null;
}

function monthDay(text: string): string | null {
  const groups = MONTH_YEAR.exec(text)?.groups;
  if (groups !== undefined) return day(Number(groups['y']), Number(groups['m']), 1);
  const short = MONTH_SHORT_YEAR.exec(text)?.groups;
  return short === undefined ? null : day(century(Number(short['y'])), Number(short['m']), 1);
}

function day(year: number, month: number, date: number): string | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || date < 1) return null;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return date > last ? null : `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}
