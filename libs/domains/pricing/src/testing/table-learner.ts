import { ageInYears } from '../domain/age';
import type { CarFacts } from '../domain/market-car';
import type { PriceQuantiles } from '../domain/valuation';
import { coverageIn, type LoadedModel, ModelLoader, ModelTrainer, type ModelVersion, type TrainingInput, type TrainingResult } from '../application/registry/ports';
import { trainWith, type Learner, type Predictor } from '../application/registry/train-with';

/**
 * A small honest model for specs of the registry: the median price of make and model at an age, and the spread around it.
 * `spoiled` makes one that is worse.
 */
interface Table {
  readonly levels: Readonly<Record<string, number>>;
  readonly spread: readonly [number, number, number, number, number];
  readonly spoiled: number;
}

const yearly = -0.11;
const keyOf = ({ make, model }: CarFacts): string => `${make}|${model}`;
const read = (bytes: Uint8Array): Table => {
  const table = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Table>;
  if (table.levels === undefined || table.spread === undefined || table.spoiled === undefined) throw new Error('this is no table');
  return { levels: table.levels, spread: table.spread, spoiled: table.spoiled };
};
const at = (sorted: readonly number[], level: number): number => sorted[Math.min(sorted.length - 1, Math.floor(level * sorted.length))] ?? 0;

const expected = (table: Table, facts: CarFacts, when: Date): number => (table.levels[keyOf(facts)] ?? table.levels[facts.make] ?? table.levels[''] ?? 0) + yearly * ageInYears(facts, when) + table.spoiled;

class TablePredictor implements Predictor {
  constructor(readonly table: Table) {}

  predict(cars: readonly CarFacts[], when: Date): PriceQuantiles[] {
    return cars.map((facts) => {
      const [q10, q35, q50, q65, q90] = this.table.spread.map((spread) => Math.round(Math.exp(expected(this.table, facts, when) + spread)));
      return { q10: q10 ?? 0, q35: q35 ?? 0, q50: q50 ?? 0, q65: q65 ?? 0, q90: q90 ?? 0 };
    });
  }

  toBytes(): Uint8Array {
    return new Uint8Array(new TextEncoder().encode(JSON.stringify(this.table)));
  }
}

export class TableTrainer extends ModelTrainer {
  /** Logarithm of what the next model is wrong by. */
  spoil = 0;
  trained = 0;

  override train(input: TrainingInput, cars: AsyncIterable<Uint8Array>): Promise<TrainingResult> {
    this.trained += 1;
    return trainWith(this.learner(), input, cars);
  }

  private learner(): Learner {
    return {
      learn: (cars, when) => {
        const half = cars.slice(0, Math.ceil(cars.length * 0.7));
        const flat = half.map(({ facts, price }) => ({ facts, level: Math.log(price) - yearly * ageInYears(facts, when) }));
        const middle = (some: typeof flat): number => at(some.map(({ level }) => level).sort((a, b) => a - b), 0.5);
        const levels: Record<string, number> = { '': middle(flat) };
        for (const [make, ofMake] of Map.groupBy(flat, ({ facts }) => facts.make)) levels[make] = middle(ofMake);
        for (const [key, ofKey] of Map.groupBy(flat, ({ facts }) => keyOf(facts))) if (ofKey.length >= 3) levels[key] = middle(ofKey);
        const table: Table = { levels, spread: [0, 0, 0, 0, 0], spoiled: 0 };
        // Its spread is measured on cars that it has not learned from.
        const residuals = cars.slice(half.length).map(({ facts, price }) => Math.log(price) - expected(table, facts, when)).sort((a, b) => a - b);
        return new TablePredictor({ ...table, spoiled: this.spoil, spread: [at(residuals, 0.1), at(residuals, 0.35), at(residuals, 0.5), at(residuals, 0.65), at(residuals, 0.9)] });
      },
      load: (artefact) => new TablePredictor(read(artefact)),
    };
  }
}

export class TableLoader extends ModelLoader {
  loads = 0;

  override load(version: ModelVersion, artefact: Uint8Array): LoadedModel {
    this.loads += 1;
    const { id, label, trainedAt } = version;
    const model = new TablePredictor(read(artefact));
    return {
      id,
      label,
      trainedAt,
      knows: ({ make }) => model.table.levels[make] !== undefined,
      predict: (cars, when) => model.predict(cars, when),
      explain: (facts, when, worth) => [{ factor: 'age', value: Math.round(ageInYears(facts, when)), effect: Math.round(worth * (1 - Math.exp(-yearly * ageInYears(facts, when)))) }],
      coverageOf: ({ make }) => coverageIn(version, make),
    };
  }
}
