/** Where a broker's days begin and end, as long as nobody has said another place. */
export const usualTimeZone = 'Europe/Berlin';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day of a moment in a time zone: `2026-11-20`. Tax, terms and numbers go by it. */
export function dayIn(at: string | Date, timeZone: string): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone });
  formats.set(timeZone, format);
  return format.format(new Date(at));
}
