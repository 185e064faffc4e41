/** A price that counts for something. `adjusted` is what it is held against others by. */
export interface Weighed {
  readonly price: number;
  readonly adjusted: number;
  readonly weight: number;
}

export interface PriceSummary {
  readonly mean: number;
  readonly median: number;
  readonly q25: number;
  readonly q75: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Beyond so many robust deviations a price is no part of the market. */
const furthest = 3.5;
/** Of logarithms: prices that agree to the cent would otherwise make an outlier of any other. */
const leastDeviation = 0.03;
const fewestForOutliers = 4;

/** Kish's effective sample size; 0 without any weight. */
export function effectiveSize(weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  // Eight of equal weight are eight, whatever the last bit says.
  return squares === 0 ? 0 : Math.round(((sum * sum) / squares) * 1e6) / 1e6;
}

const middleOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
};

/** Without prices whose logarithm is further from the middle than the median absolute deviation allows. Of very few none is out of line. */
export function withoutOutliers<T extends Weighed>(prices: readonly T[]): T[] {
  if (prices.length < fewestForOutliers) return [...prices];
  const logs = prices.map(({ adjusted }) => Math.log(Math.max(1, adjusted)));
  const middle = middleOf(logs);
  const deviation = Math.max(leastDeviation, middleOf(logs.map((log) => Math.abs(log - middle))));
  return prices.filter((_price, index) => (0.6745 * Math.abs((logs[index] ?? middle) - middle)) / deviation <= furthest);
}

/** By weight; null without any. */
export function summaryOf(prices: readonly Weighed[]): PriceSummary | null {
  const total = prices.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= 0) return null;
  const sorted = prices.toSorted((a, b) => a.price - b.price);
  return {
    mean: Math.round(prices.reduce((sum, { price, weight }) => sum + price * weight, 0) / total),
    median: weightedQuantile(sorted, total, 0.5),
    q25: weightedQuantile(sorted, total, 0.25),
    q75: weightedQuantile(sorted, total, 0.75),
    lowest: sorted[0]?.price ?? 0,
    highest: sorted.at(-1)?.price ?? 0,
  };
}

/** Between the middles of the weights; with equal weights the median of an even number is the mean of the middle two. */
function weightedQuantile(sorted: readonly Weighed[], total: number, level: number): number {
  let passed = 0;
  let before: { readonly at: number; readonly price: number } | null = null;
  for (const { price, weight } of sorted) {
    const at = (passed + weight / 2) / total;
    if (at >= level) {
      if (before === null || at === before.at) return Math.round(price);
      return Math.round(before.price + ((price - before.price) * (level - before.at)) / (at - before.at));
    }
    before = { at, price };
    passed += weight;
  }
  return Math.round(before?.price ?? 0);
}
