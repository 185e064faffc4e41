import type { CarFacts } from './market-car';
import { nameKey } from './market/grade';

/** A car of the market with what it costs, in minor units of one currency. */
export interface PricedFacts {
  readonly facts: CarFacts;
  readonly price: number;
}

/** How much of its price a car would gain or lose by this difference alone, as a logarithm. */
export interface Gap {
  readonly fact: string;
  readonly effect: number;
}

export interface LearnedSimilarity {
  /** 100 is a car of the same worth in every respect; 0 none that anybody would look at instead. */
  readonly score: number;
  /** The largest first. */
  readonly gaps: readonly Gap[];
}

type Slopes = Readonly<Record<NumberName, number>>;

/** What the market pays for: learned from the cars around, by how their prices differ. */
export interface PriceSensitivity {
  readonly cars: number;
  readonly slopes: Slopes;
  /** By fact and value; a logarithm. */
  readonly levels: ReadonlyMap<string, number>;
}

const numberNames = ['age', 'mileage', 'power'] as const;
type NumberName = (typeof numberNames)[number];
const levelNames = ['make_model', 'trim', 'fuel', 'gearbox', 'drivetrain', 'body', 'colour', 'damage', 'title'] as const;
type LevelName = (typeof levelNames)[number];

const numbersOf = ({ year, mileageKm, powerKw }: CarFacts): Readonly<Record<NumberName, number | null>> => ({
  age: -year,
  mileage: mileageKm === null ? null : mileageKm / 10_000,
  power: powerKw === null || powerKw <= 0 ? null : Math.log(powerKw),
});

const levelsOf = (facts: CarFacts): Readonly<Record<LevelName, string | null>> => ({
  make_model: `${nameKey(facts.make)} ${nameKey(facts.model)}`,
  trim: facts.trim === null ? null : `${nameKey(facts.model)} ${nameKey(facts.trim)}`,
  fuel: facts.fuel,
  gearbox: facts.gearbox,
  drivetrain: facts.drivetrain,
  body: facts.body,
  colour: facts.colour,
  damage: facts.damageType === 'unknown' ? null : facts.damageType,
  title: facts.titleStatus === 'unknown' ? null : facts.titleStatus,
});

/** Common depreciation: what is believed while the market has said little. `weight` is how many cars it takes to outweigh it. */
const priors: Readonly<Record<NumberName, { readonly slope: number; readonly weight: number }>> = {
  age: { slope: -0.075, weight: 8 },
  mileage: { slope: -0.03, weight: 40 },
  power: { slope: 0.5, weight: 1 },
};
/** So many cars must share a value before half of what sets them apart is put down to it. */
const shrinkage = 6;
const rounds = 6;
/** A difference of this share of the price halves the score. */
const halving = 0.12;

/** What one thing that differs explains of each car's price. */
interface Term {
  /** Fits it to what is left unexplained, and takes its part out of it. */
  fit(left: Float64Array): void;
}

/**
 * Fits the logarithm of the price, additively: a slope for each number and a level for each value of the rest, one after the
 * other on what the others leave unexplained, each drawn to what is usual as long as few cars speak of it.
 */
export function learnSensitivity(cars: readonly PricedFacts[]): PriceSensitivity {
  const rows = cars.filter(({ price }) => price > 0);
  const slopes: Record<NumberName, number> = { age: priors.age.slope, mileage: priors.mileage.slope, power: priors.power.slope };
  const levels = new Map<string, number>();
  const left = Float64Array.from(rows, ({ price }) => Math.log(price));
  const numbers = rows.map(({ facts }) => numbersOf(facts));
  const values = rows.map(({ facts }) => levelsOf(facts));
  const terms: readonly Term[] = [
    ...levelNames.map((name) => levelTerm(name, values.map((value) => value[name]), levels)),
    ...numberNames.map((name) => slopeTerm(name, numbers.map((value) => value[name]), slopes)),
  ];
  for (let round = 0; round < rounds; round += 1) {
    const middle = medianOf([...left]);
    for (const index of left.keys()) left[index] = (left[index] ?? 0) - middle;
    for (const term of terms) term.fit(left);
  }
  return { cars: rows.length, slopes, levels };
}

function levelTerm(name: LevelName, values: readonly (string | null)[], levels: Map<string, number>): Term {
  const groups = [...Map.groupBy([...values.keys()].filter((index) => values[index] !== null), (index) => `${name}/${values[index] ?? ''}`)];
  return {
    fit: (left) => {
      for (const [key, rows] of groups) {
        const before = levels.get(key) ?? 0;
        const wanted = medianOf(rows.map((row) => (left[row] ?? 0) + before));
        const after = (wanted * rows.length) / (rows.length + shrinkage);
        for (const row of rows) left[row] = (left[row] ?? 0) + before - after;
        levels.set(key, after);
      }
    },
  };
}

function slopeTerm(name: NumberName, values: readonly (number | null)[], slopes: Record<NumberName, number>): Term {
  const middle = meanOf(values) ?? 0;
  const x = values.map((value) => (value === null ? 0 : value - middle));
  let before = 0;
  return {
    fit: (left) => {
      let [top, bottom] = [priors[name].slope * priors[name].weight, priors[name].weight];
      for (const [row, at] of x.entries()) {
        // One price out of line does not bend the slope.
        const unexplained = Math.min(1, Math.max(-1, left[row] ?? 0));
        top += at * (unexplained + at * before);
        bottom += at * at;
      }
      const after = top / bottom;
      for (const [row, at] of x.entries()) left[row] = (left[row] ?? 0) + at * (before - after);
      slopes[name] = after;
      before = after;
    },
  };
}

/** How near another car is to one, by what the market pays for the differences: those that cost nothing do not count. */
export function learnedSimilarity(car: CarFacts, other: CarFacts, { slopes, levels }: PriceSensitivity): LearnedSimilarity {
  const gaps: Gap[] = [];
  const [ours, theirs] = [numbersOf(car), numbersOf(other)];
  for (const name of numberNames) {
    const [a, b] = [ours[name], theirs[name]];
    if (a !== null && b !== null) gaps.push({ fact: name, effect: (b - a) * slopes[name] });
  }
  const [mine, its] = [levelsOf(car), levelsOf(other)];
  for (const name of levelNames) {
    const [a, b] = [mine[name], its[name]];
    if (a !== null && b !== null && a !== b) gaps.push({ fact: name, effect: (levels.get(`${name}/${b}`) ?? 0) - (levels.get(`${name}/${a}`) ?? 0) });
  }
  const distance = gaps.reduce((sum, { effect }) => sum + Math.abs(effect), 0);
  const told = gaps.filter(({ effect }) => Math.abs(effect) >= 0.000_5).sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  return { score: Math.round(1_000 * 0.5 ** (distance / halving)) / 10, gaps: told };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
