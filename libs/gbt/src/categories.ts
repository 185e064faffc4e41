import { random, shuffled } from './random';

/** What is known of the target for each category: how many rows, and their sum. */
export interface CategoryTable {
  readonly prior: number;
  /** So many rows' worth of the prior is mixed into each. */
  readonly weight: number;
  readonly sums: ReadonlyMap<string, readonly [count: number, sum: number]>;
}

export function categoryTable(categories: readonly string[], target: ArrayLike<number>, weight: number): CategoryTable {
  const sums = new Map<string, [number, number]>();
  let total = 0;
  categories.forEach((category, row) => {
    const value = target[row] ?? 0;
    total += value;
    const entry = sums.get(category);
    if (entry === undefined) sums.set(category, [1, value]);
    else {
      entry[0] += 1;
      entry[1] += value;
    }
  });
  return { prior: total / Math.max(1, categories.length), weight, sums };
}

/** The mean of a category, the closer to `prior` the less is known of it. */
export function statisticOf(table: CategoryTable, category: string, prior = table.prior): number {
  const [count, sum] = table.sums.get(category) ?? [0, 0];
  return (sum + table.weight * prior) / (count + table.weight);
}

/**
 * The mean of each row's category over the rows that come before it in a random order: a row never tells its own target,
 * which a plain mean would, the more the rarer the category. Several orders are averaged.
 */
export function orderedStatistic(
  categories: readonly string[],
  target: ArrayLike<number>,
  options: { readonly weight: number; readonly seed: number; readonly orders?: number; readonly priors?: ArrayLike<number> },
): Float64Array {
  const { weight, seed, orders = 4, priors } = options;
  const prior = categoryTable(categories, target, weight).prior;
  const result = new Float64Array(categories.length);
  const next = random(seed);
  for (let turn = 0; turn < orders; turn += 1) {
    const seen = new Map<string, [number, number]>();
    for (const row of shuffled(categories.length, next)) {
      const category = categories[row] ?? '';
      const value = target[row] ?? 0;
      const known = seen.get(category);
      const before = priors === undefined ? prior : (priors[row] ?? prior);
      result[row] = (result[row] ?? 0) + ((known?.[1] ?? 0) + weight * before) / ((known?.[0] ?? 0) + weight) / orders;
      if (known === undefined) seen.set(category, [1, value]);
      else {
        known[0] += 1;
        known[1] += value;
      }
    }
  }
  return result;
}
