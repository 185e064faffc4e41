import { parseDay } from '@autobroker/vocabulary';
import { type Captured, Fields } from './captured';

/** Who says that a car is on offer for longer than a year means another day. */
const longestMs = 365 * 86_400_000;
const moment = /^(?:\d{4}-\d{2}-\d{2}T|[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} )/u;

/** Since when a source says that a car is on offer there; null where it doesn't, or where that can't be so. */
export function shownSince({ fields, hints, capturedAt }: Pick<Captured, 'fields' | 'hints' | 'capturedAt'>): Date | null {
  const text = new Fields(fields).text('listed_at');
  if (text === null) return null;
  const day = moment.test(text) ? text : parseDay(text, hints.locale === null ? {} : { locale: hints.locale });
  const time = day === null ? Number.NaN : Date.parse(day);
  const age = capturedAt.getTime() - time;
  return age >= 0 && age <= longestMs ? new Date(time) : null;
}
