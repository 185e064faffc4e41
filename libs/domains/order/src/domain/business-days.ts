const dayMs = 86_400_000;

/** Easter Sunday of a year (Gregorian, after Gauss as Butcher wrote it), as a UTC day. */
function easter(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const leaps = Math.floor(century / 4);
  const moon = (19 * golden + century - leaps - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) + 15) % 30;
  const week = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - moon - ((year % 100) % 4)) % 7;
  const shift = Math.floor((golden + 11 * moon + 22 * week) / 451);
  const march = moon + week - 7 * shift + 114;
  return Date.UTC(year, Math.floor(march / 31) - 1, (march % 31) + 1);
}

/** The n-th such weekday of a month; −1 is the last. */
function nth(year: number, month: number, weekday: number, n: number): number {
  if (n < 0) {
    const last = new Date(Date.UTC(year, month + 1, 0));
    return last.getTime() - ((last.getUTCDay() - weekday + 7) % 7) * dayMs;
  }
  const first = new Date(Date.UTC(year, month, 1));
  return first.getTime() + (((weekday - first.getUTCDay() + 7) % 7) + (n - 1) * 7) * dayMs;
}

/** Days on which the payment systems of the euro rest (TARGET). */
const target = (year: number): number[] => [Date.UTC(year, 0, 1), easter(year) - 2 * dayMs, easter(year) + dayMs, Date.UTC(year, 4, 1), Date.UTC(year, 11, 25), Date.UTC(year, 11, 26)];

/** Days on which the Federal Reserve rests; one that falls on a Sunday is kept on Monday. */
const federal = (year: number): number[] => [
  ...[Date.UTC(year, 0, 1), Date.UTC(year, 5, 19), Date.UTC(year, 6, 4), Date.UTC(year, 10, 11), Date.UTC(year, 11, 25)].map((day) => (new Date(day).getUTCDay() === 0 ? day + dayMs : day)),
  nth(year, 0, 1, 3),
  nth(year, 1, 1, 3),
  nth(year, 4, 1, -1),
  nth(year, 8, 1, 1),
  nth(year, 9, 1, 2),
  nth(year, 10, 4, 4),
];

export function isBusinessDay(day: Date, country: string): boolean {
  const weekday = day.getUTCDay();
  if (weekday === 0 || weekday === 6) return false;
  const midnight = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
  return !(country === 'US' ? federal : target)(day.getUTCFullYear()).includes(midnight);
}

/** So many days on which banks work later, at the same time of the day. */
export function addBusinessDays(from: Date, days: number, country: string): Date {
  let day = from;
  for (let left = days; left > 0; ) {
    day = new Date(day.getTime() + dayMs);
    if (isBusinessDay(day, country)) left -= 1;
  }
  return day;
}
