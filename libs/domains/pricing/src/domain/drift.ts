/** How far the cars of today are from those that a model learned. */

/** Shares of a feature's values, in the order of its bins or classes. */
export interface Distribution {
  readonly feature: string;
  /** Upper edges of the bins of a number; the last bin is open. Classes of a word otherwise. */
  readonly edges: readonly number[] | null;
  readonly classes: readonly string[] | null;
  readonly shares: readonly number[];
}

const bins = 10;
const mostClasses = 20;
/** A bin that was empty on one side would make the index infinite. */
const least = 0.0005;

export function distributionOfNumbers(feature: string, values: readonly number[]): Distribution {
  const sorted = [...values].sort((a, b) => a - b);
  const cuts = Array.from({ length: bins - 1 }, (_value, index) => sorted[Math.floor(((index + 1) * sorted.length) / bins)]);
  const edges = [...new Set(cuts.filter((edge) => edge !== undefined))];
  return { feature, edges, classes: null, shares: sharesOf(values.map((value) => binOf(value, edges)), edges.length + 1) };
}

export function distributionOfWords(feature: string, values: readonly string[]): Distribution {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const classes = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, mostClasses).map(([word]) => word);
  return { feature, edges: null, classes, shares: sharesOf(values.map((value) => classOf(value, classes)), classes.length + 1) };
}

/**
 * Population stability index of new values against a distribution: below 0.1 they are alike, above 0.25 the model knows
 * another market. Null without values.
 */
export function stabilityIndex(learned: Distribution, values: readonly (number | string)[]): number | null {
  if (values.length === 0) return null;
  const { edges, classes } = learned;
  const places = values.map((value) => (typeof value === 'number' ? binOf(value, edges ?? []) : classOf(value, classes ?? [])));
  const now = sharesOf(places, learned.shares.length);
  return learned.shares.reduce((sum, share, index) => {
    const [before, after] = [Math.max(least, share), Math.max(least, now[index] ?? 0)];
    return sum + (after - before) * Math.log(after / before);
  }, 0);
}

/** Values up to and including an edge are below it. */
const binOf = (value: number, edges: readonly number[]): number => {
  const at = edges.findIndex((edge) => value <= edge);
  return at === -1 ? edges.length : at;
};

const classOf = (value: string, classes: readonly string[]): number => {
  const at = classes.indexOf(value);
  return at === -1 ? classes.length : at;
};

function sharesOf(places: readonly number[], size: number): number[] {
  const counts = new Array<number>(size).fill(0);
  for (const place of places) counts[place] = (counts[place] ?? 0) + 1;
  return counts.map((count) => (places.length === 0 ? 0 : count / places.length));
}

export const driftLimits = { stability: 0.25, leastCoverage: 0.7, fewestCars: 100 } as const;

export type DegradedReason = 'coverage' | 'drift' | 'age';

/** Whether what a model says should be read with care. */
export function degradedBy(health: { readonly coverage80: number | null; readonly cars: number; readonly stability: readonly number[]; readonly ageDays: number }): DegradedReason[] {
  const reasons: DegradedReason[] = [];
  if (health.coverage80 !== null && health.cars >= driftLimits.fewestCars && health.coverage80 < driftLimits.leastCoverage) reasons.push('coverage');
  if (health.cars >= driftLimits.fewestCars && health.stability.some((index) => index > driftLimits.stability)) reasons.push('drift');
  if (health.ageDays > 30) reasons.push('age');
  return reasons;
}
