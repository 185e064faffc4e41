import { type CurrencyCode, Rational } from '@autobroker/kernel';

/** `2026-11-20`: rates are of a day, not of a moment. */
export type Day = string;

export interface Rate {
  readonly currency: CurrencyCode;
  readonly day: Day;
  /** So many of the currency for one euro. */
  readonly rate: Rational;
}

export const dayOf = (at: Date): Day => at.toISOString().slice(0, 10);

const dayMs = 86_400_000;
export const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** Rates of many days, and the one that holds on a given day: the latest that is not after it. */
export class RateTable {
  private readonly byCurrency = new Map<CurrencyCode, Rate[]>();
  readonly latestDay: Day | null;

  constructor(rates: Iterable<Rate>) {
    let latest: Day | null = null;
    for (const rate of rates) {
      const known = this.byCurrency.get(rate.currency);
      if (known === undefined) this.byCurrency.set(rate.currency, [rate]);
      else known.push(rate);
      if (latest === null || rate.day > latest) latest = rate.day;
    }
    for (const known of this.byCurrency.values()) known.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
    this.latestDay = latest;
  }

  on(currency: CurrencyCode, day: Day): Rate | undefined {
    if (currency === 'EUR') return { currency, day, rate: Rational.one };
    const known = this.byCurrency.get(currency) ?? [];
    let [low, high] = [0, known.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((known[middle]?.day ?? '') <= day) low = middle + 1;
      else high = middle;
    }
    return known[low - 1];
  }

  currencies(): CurrencyCode[] {
    return ['EUR', ...this.byCurrency.keys()];
  }
}
