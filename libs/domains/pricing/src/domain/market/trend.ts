/** Prices named in one period for one kind of car: the mean of their logarithms. */
export interface TrendCell {
  readonly period: string;
  readonly segment: string;
  readonly n: number;
  readonly logMean: number;
}

/**
 * How prices move when the mix of cars does not: each kind of car is held against itself in the period before, and the
 * changes are averaged by how many cars speak of both. 100 at the beginning; a period that shares nothing with the one
 * before it changes nothing.
 */
export function priceIndex(periods: readonly string[], cells: readonly TrendCell[]): Map<string, number> {
  const byPeriod = Map.groupBy(cells, ({ period }) => period);
  const index = new Map<string, number>();
  let level = 0;
  /** What each kind of car was last seen at, and when: a gap of a period does not break its chain. */
  const before = new Map<string, { readonly logMean: number; readonly n: number; readonly level: number }>();
  for (const period of periods) {
    const mine = byPeriod.get(period) ?? [];
    let [sum, weights] = [0, 0];
    for (const { segment, logMean, n } of mine) {
      const last = before.get(segment);
      if (last === undefined) continue;
      const weight = (last.n * n) / (last.n + n);
      sum += (last.level + logMean - last.logMean) * weight;
      weights += weight;
    }
    if (weights > 0) level = sum / weights;
    for (const { segment, logMean, n } of mine) before.set(segment, { logMean, n, level });
    index.set(period, Math.round(1_000 * Math.exp(level)) / 10);
  }
  return index;
}

export const intervals = ['day', 'week', 'month'] as const;
export type Interval = (typeof intervals)[number];

const dayMs = 86_400_000;

/** The first day of the period that this one is in; weeks begin on Monday. */
export function periodOf(day: string, interval: Interval): string {
  if (interval === 'day') return day;
  if (interval === 'month') return `${day.slice(0, 8)}01`;
  const at = new Date(`${day}T00:00:00Z`);
  return new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * dayMs).toISOString().slice(0, 10);
}

/** All periods that these days are in, the first first. */
export function periodsBetween(from: string, to: string, interval: Interval): string[] {
  const found: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += dayMs) {
    const period = periodOf(new Date(at).toISOString().slice(0, 10), interval);
    if (found.at(-1) !== period) found.push(period);
  }
  return found;
}
