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
 * The mean of each row's category over the rows of other folds: a row never tells its own target, which a plain mean would,
 * the more the rarer the category.
 */
export function heldOutStatistic(
  categories: readonly string[],
  target: ArrayLike<number>,
  options: { readonly weight: number; readonly seed: number; readonly folds?: number; readonly priors?: ArrayLike<number> },
): Float64Array {
  const { weight, seed, folds = 10, priors } = options;
  const whole = categoryTable(categories, target, weight);
  const result = new Float64Array(categories.length);
  const order = shuffled(categories.length, random(seed));
  const some = Math.min(folds, Math.max(2, categories.length));
  for (let fold = 0; fold < some; fold += 1) {
    const held = new Map<string, [number, number]>();
    for (let place = fold; place < order.length; place += some) {
      const row = order[place] ?? 0;
      const entry = held.get(categories[row] ?? '') ?? [0, 0];
      entry[0] += 1;
      entry[1] += target[row] ?? 0;
      held.set(categories[row] ?? '', entry);
    }
    for (let place = fold; place < order.length; place += some) {
      const row = order[place] ?? 0;
      const category = categories[row] ?? '';
      const [count = 0, sum = 0] = whole.sums.get(category) ?? [];
      const [without, less] = held.get(category) ?? [0, 0];
      result[row] = (sum - less + weight * (priors?.[row] ?? whole.prior)) / (count - without + weight);
    }
  }
  return result;
}
