import { ageInYears } from './age';
import { gradeOf, nameKey } from './market/grade';
import type { CarFacts } from './market-car';
import { robustFit, type SlopePrior } from './robust-fit';
import { quantileLevels, type PriceFactor, type PriceQuantiles } from './valuation';

/** A car with what was asked for it, in minor units of one currency. */
export interface LearnedCar {
  readonly facts: CarFacts;
  readonly price: number;
}

/** Everything that was learned, as plain data. */
export interface AdditiveParameters {
  readonly kind: 'additive';
  readonly level: number;
  readonly slopes: readonly number[];
  readonly usualPower: number;
  /** By group and name: what it adds to the logarithm of the price, and of how many cars. */
  readonly effects: Readonly<Record<string, Readonly<Record<string, readonly [effect: number, cars: number]>>>>;
  /** Offsets of the published quantiles: of all cars, of makes with cars enough, and of models that were hardly seen. */
  readonly offsets: Readonly<Record<string, readonly number[]>>;
}

interface Group {
  readonly name: string;
  readonly of: (facts: CarFacts) => string | null;
  /** So many cars weigh as much as knowing nothing. */
  readonly doubt: number;
}

const modelKey = ({ make, model }: CarFacts): string => `${nameKey(make)}|${nameKey(model)}`;

const groups: readonly Group[] = [
  { name: 'make', of: ({ make }) => nameKey(make), doubt: 10 },
  { name: 'model', of: modelKey, doubt: 4 },
  { name: 'grade', of: (facts) => String(gradeOf(facts)), doubt: 10 },
  { name: 'damage_type', of: ({ damageType }) => damageType, doubt: 15 },
  { name: 'title_status', of: ({ titleStatus }) => titleStatus, doubt: 15 },
  { name: 'country', of: ({ country }) => country, doubt: 15 },
  { name: 'fuel', of: ({ fuel }) => fuel, doubt: 15 },
  { name: 'gearbox', of: ({ gearbox }) => gearbox, doubt: 15 },
  { name: 'body', of: ({ body }) => body, doubt: 15 },
  { name: 'trim', of: (facts) => (facts.trim === null ? null : `${modelKey(facts)}|${nameKey(facts.trim)}`), doubt: 6 },
];

const slopeNames = ['age', 'age', 'mileage_km', 'mileage_km', 'power_kw'] as const;
const priors: readonly SlopePrior[] = [
  { mean: -0.09, spread: 0.1 },
  { mean: 0, spread: 0.1 },
  { mean: -0.3, spread: 0.3 },
  { mean: 0, spread: 0.3 },
  { mean: 0.3, spread: 0.5 },
];
const rounds = 8;
const calibrationShare = 0.25;
const fewestOfSegment = 60;
const fewestOfMake = 20;
const seldom = '~seldom';
const kmPerYear = 13_000;
/** A model of which fewer cars were seen is a name, and says little. */
const fewestKnown = 5;

/** Deviations beyond this are slips and baits, and count as this. */
const furthest = 0.6;
const held = (residual: number): number => Math.max(-furthest, Math.min(furthest, residual));

/**
 * Logarithm of the price as a sum: depreciation by age and mileage, power, and what make, model, trim, place and condition
 * add, each drawn towards nothing where few cars speak for it. Its interval is measured on cars that it has not learned from.
 */
export class AdditiveModel {
  constructor(readonly parameters: AdditiveParameters) {}

  /** Oldest first: the newest of them calibrate. */
  static learn(cars: readonly LearnedCar[], at: Date): AdditiveModel {
    const cut = Math.ceil(cars.length * (1 - calibrationShare));
    const [fitted, calibrating] = [cars.slice(0, cut), cars.slice(cut)];
    const model = new AdditiveModel({ ...fit(fitted, at), offsets: { '': quantileLevels.map(() => 0) } });
    const residuals = calibrating.map(({ facts, price }) => ({ facts, residual: Math.log(price) - model.logPrice(facts, at) }));
    const offsets: Record<string, readonly number[]> = { '': offsetsOf(residuals.map(({ residual }) => residual)) };
    for (const [segment, some] of Map.groupBy(residuals, ({ facts }) => model.segmentOf(facts))) {
      if (some.length >= fewestOfSegment) offsets[segment] = offsetsOf(some.map(({ residual }) => residual));
    }
    return new AdditiveModel({ ...model.parameters, offsets });
  }

  /** A seldom model is spoken of by what is known of its make, where it has been measured how well that does. */
  knows(facts: CarFacts): boolean {
    if (this.seen('model', modelKey(facts)) >= fewestKnown) return true;
    return this.seen('make', nameKey(facts.make)) >= fewestOfMake && this.parameters.offsets[seldom] !== undefined;
  }

  predict(cars: readonly CarFacts[], at: Date): PriceQuantiles[] {
    return cars.map((facts) => {
      const middle = this.logPrice(facts, at);
      const offsets = this.parameters.offsets[this.segmentOf(facts)] ?? this.parameters.offsets[''] ?? [];
      const [q10 = 1, q35 = 1, q50 = 1, q65 = 1, q90 = 1] = offsets.map((offset) => Math.max(1, Math.round(Math.exp(middle + offset))));
      return { q10, q35, q50, q65, q90 };
    });
  }

  /** Against the typical car that the model has learned from. */
  explain(facts: CarFacts, at: Date): PriceFactor[] {
    const [worth] = this.predict([facts], at);
    const { effects, slopes, usualPower } = this.parameters;
    const parts = new Map<string, number>();
    const numbers = numbersOf(facts, at, usualPower);
    slopeNames.forEach((name, index) => parts.set(name, (parts.get(name) ?? 0) + (slopes[index] ?? 0) * ((numbers[index] ?? 0) - (typical[index] ?? 0))));
    for (const { name, of } of groups) {
      const key = of(facts);
      if (key !== null) parts.set(name, effects[name]?.[key]?.[0] ?? 0);
    }
    const shown: Readonly<Record<string, string | number | null>> = {
      age: Math.round(ageInYears(facts, at) * 10) / 10, mileage_km: facts.mileageKm, power_kw: facts.powerKw, make: facts.make, model: facts.model, trim: facts.trim,
      country: facts.country, fuel: facts.fuel, gearbox: facts.gearbox, body: facts.body, damage_type: facts.damageType, title_status: facts.titleStatus,
    };
    return [...parts]
      .map(([factor, part]) => ({ factor, value: shown[factor] ?? null, effect: Math.round((worth?.q50 ?? 0) * (1 - Math.exp(-part))) }))
      .filter(({ effect, value }) => effect !== 0 && value !== null)
      .sort((one, other) => Math.abs(other.effect) - Math.abs(one.effect));
  }

  private seen(group: string, key: string): number {
    return this.parameters.effects[group]?.[key]?.[1] ?? 0;
  }

  /** What it was measured apart for. */
  private segmentOf(facts: CarFacts): string {
    return this.seen('model', modelKey(facts)) >= fewestKnown ? nameKey(facts.make) : seldom;
  }

  private logPrice(facts: CarFacts, at: Date): number {
    const { level, slopes, effects, usualPower } = this.parameters;
    const numbers = numbersOf(facts, at, usualPower);
    const sloped = slopes.reduce((sum, slope, index) => sum + slope * ((numbers[index] ?? 0) - (typical[index] ?? 0)), level);
    return groups.reduce((sum, { name, of }) => {
      const key = of(facts);
      return key === null ? sum : sum + (effects[name]?.[key]?.[0] ?? 0);
    }, sloped);
  }
}

/** Six years, 78,000 km, usual power. */
const typical = [6, 3.6, 0.78, 0.61, 0];

function numbersOf(facts: CarFacts, at: Date, usualPower: number): number[] {
  const age = Math.min(40, ageInYears(facts, at));
  const km = Math.min(400_000, facts.mileageKm ?? age * kmPerYear) / 100_000;
  const power = facts.powerKw === null || facts.powerKw <= 0 ? 0 : Math.log(facts.powerKw) - usualPower;
  return [age, (age * age) / 10, km, km * km, power];
}

/** What is left by the numbers goes to the groups, what is left by those to the numbers again, until little moves. */
function fit(cars: readonly LearnedCar[], at: Date): Omit<AdditiveParameters, 'offsets'> {
  const powers = cars.flatMap(({ facts: { powerKw } }) => (powerKw !== null && powerKw > 0 ? [Math.log(powerKw)] : []));
  const usualPower = powers.reduce((sum, power) => sum + power, 0) / Math.max(1, powers.length);
  const rows = cars.map(({ facts, price }) => ({ y: Math.log(price), x: numbersOf(facts, at, usualPower).map((value, index) => value - (typical[index] ?? 0)), keys: groups.map(({ of }) => of(facts)) }));
  const effects = groups.map(() => new Map<string, { effect: number; cars: number }>());
  const parts = rows.map(({ keys }) => keys.map(() => 0));
  let line: { level: number; slopes: readonly number[] } = { level: 0, slopes: [] };
  for (let round = 0; round < rounds; round += 1) {
    const left = rows.map(({ x, y }, index) => ({ x, y: y - total(parts[index]), weight: 1 }));
    const { intercept, slopes } = robustFit(left, priors, 0.02);
    line = { level: intercept, slopes };
    const rest = left.map(({ x, y }) => y - intercept - x.reduce((sum, value, index) => sum + value * (slopes[index] ?? 0), 0));
    groups.forEach(({ doubt }, group) => {
      const sums = new Map<string, { sum: number; cars: number }>();
      rows.forEach(({ keys }, index) => {
        const key = keys[group];
        if (key == null) return;
        const known = sums.get(key) ?? { sum: 0, cars: 0 };
        sums.set(key, { sum: known.sum + held(rest[index] ?? 0) + (parts[index]?.[group] ?? 0), cars: known.cars + 1 });
      });
      const mine = effects[group];
      for (const [key, { sum, cars: count }] of sums) mine?.set(key, { effect: sum / (count + doubt), cars: count });
      rows.forEach(({ keys }, index) => {
        const key = keys[group];
        const own = parts[index];
        if (key == null || own === undefined) return;
        const effect = mine?.get(key)?.effect ?? 0;
        rest[index] = (rest[index] ?? 0) + (own[group] ?? 0) - effect;
        own[group] = effect;
      });
    });
  }
  const named = groups.map(({ name }, group) => [name, Object.fromEntries([...(effects[group] ?? [])].map(([key, one]) => [key, [one.effect, one.cars] as const]))] as const);
  return { kind: 'additive', level: line.level, slopes: line.slopes, usualPower, effects: Object.fromEntries(named) };
}

const total = (parts: readonly number[] | undefined): number => (parts ?? []).reduce((sum, part) => sum + part, 0);

/** Split conformal: of so many unseen cars, the share of each level and one more lie below. */
function offsetsOf(residuals: readonly number[]): number[] {
  const sorted = [...residuals].sort((a, b) => a - b);
  const n = sorted.length;
  return quantileLevels.map((level) => {
    const rank = level < 0.5 ? Math.floor(level * (n + 1)) : Math.ceil(level * (n + 1));
    return sorted[Math.min(n - 1, Math.max(0, rank - 1))] ?? 0;
  });
}
