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

/**
 * Fits the logarithm of the price, additively: a slope for each number and a level for each value of the rest, one after the
 * other on what the others leave unexplained, each drawn to what is usual as long as few cars speak of it.
 */
export function learnSensitivity(cars: readonly PricedFacts[]): PriceSensitivity {
  const rows = cars.filter(({ price }) => price > 0).map(({ facts, price }) => ({ log: Math.log(price), numbers: numbersOf(facts), levels: levelsOf(facts) }));
  const slopes: Record<NumberName, number> = { age: priors.age.slope, mileage: priors.mileage.slope, power: priors.power.slope };
  const levels = new Map<string, number>();
  const middle = Object.fromEntries(numberNames.map((name) => [name, meanOf(rows.map(({ numbers }) => numbers[name]))]));
  const number = (row: (typeof rows)[number], name: NumberName): number => (row.numbers[name] === null ? 0 : (row.numbers[name] - (middle[name] ?? 0)) * slopes[name]);
  const level = (row: (typeof rows)[number], name: LevelName): number => (row.levels[name] === null ? 0 : (levels.get(`${name}/${row.levels[name]}`) ?? 0));
  const residual = (row: (typeof rows)[number], base: number): number =>
    row.log - base - numberNames.reduce((sum, name) => sum + number(row, name), 0) - levelNames.reduce((sum, name) => sum + level(row, name), 0);
  let base = meanOf(rows.map(({ log }) => log)) ?? 0;
  for (let round = 0; round < rounds; round += 1) {
    base += medianOf(rows.map((row) => residual(row, base)));
    for (const name of levelNames) {
      for (const [value, mine] of Map.groupBy(rows.filter((row) => row.levels[name] !== null), (row) => `${name}/${row.levels[name]}`)) {
        const wanted = medianOf(mine.map((row) => residual(row, base) + level(row, name)));
        levels.set(value, (wanted * mine.length) / (mine.length + shrinkage));
      }
    }
    for (const name of numberNames) {
      let [top, bottom] = [priors[name].slope * priors[name].weight, priors[name].weight];
      for (const row of rows) {
        const value = row.numbers[name];
        if (value === null) continue;
        const x = value - (middle[name] ?? 0);
        // One price out of line does not bend the slope.
        const y = Math.min(1, Math.max(-1, residual(row, base))) + number(row, name);
        top += x * y;
        bottom += x * x;
      }
      slopes[name] = top / bottom;
    }
  }
  return { cars: rows.length, slopes, levels };
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
