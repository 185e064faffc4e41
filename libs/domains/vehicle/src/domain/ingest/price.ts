import type { Price } from '../facts';
import type { Doubt } from './listing-facts';

/** Sums that nobody means: typed in to be on top of a list sorted by price, or because the form wanted one. */
const fillers = new Set([0, 1, 12, 123, 1_234, 12_345, 123_456, 1_234_567, 11, 111, 1_111, 11_111, 111_111, 1_111_111, 999_999, 9_999_999, 99_999_999]);

/** Below this, in whole units of a strong currency, no car that runs is sold. */
const leastWhole = 150;

export interface PriceCase {
  readonly price: Price;
  /** How many minor units one whole unit has. */
  readonly minorPerWhole: number;
  readonly damaged: boolean;
  readonly auction: boolean;
  /** What this listing asked before, in the same currency. */
  readonly previous: Price | null;
}

/** What one asking price makes one wonder about, by itself and against what the same listing asked before. */
export function priceDoubts({ price, minorPerWhole, damaged, auction, previous }: PriceCase): Doubt[] {
  const whole = price.amount / minorPerWhole;
  const found: Doubt[] = [];
  if (!auction && (fillers.has(whole) || (whole < leastWhole && !damaged))) found.push('price_bait');
  if (previous !== null && previous.currency === price.currency && previous.amount > 0) {
    const ratio = price.amount / previous.amount;
    if (nearTen(ratio)) found.push('price_factor_ten');
    else if (!auction && (ratio > 4 || ratio < 0.25)) found.push('price_jump');
  }
  return found;
}

/** A figure too many or too few. */
export const nearTen = (ratio: number): boolean => (ratio > 8 && ratio < 12.5) || (ratio > 0.08 && ratio < 0.125);

const suspicious: ReadonlySet<Doubt> = new Set<Doubt>(['price_bait', 'price_jump', 'price_factor_ten', 'price_outlier', 'price_currency_differs']);

export const isSuspiciousPrice = (doubts: readonly Doubt[]): boolean => doubts.some((doubt) => suspicious.has(doubt));
