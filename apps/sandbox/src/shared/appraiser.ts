import type { TruthLine } from '@autobroker/market';
import { slugOf } from './format';

const kmInMile = 1.609344;
/** What a kilometre more takes off, as a share. */
const perKm = 0.0000034;
/** A guide book is printed now and then: what came to the market since is not in it yet. */
const editionMs = 600_000;

/** A configuration that the guide books know: cars of one make, model, year and trim. */
export interface Edition {
  readonly id: number;
  readonly make: string;
  readonly model: string;
  readonly year: number;
  readonly trim: string;
  readonly cars: readonly TruthLine[];
}

interface Book {
  readonly at: number;
  readonly byVin: ReadonlyMap<string, Edition>;
  readonly byId: ReadonlyMap<number, Edition>;
  readonly all: readonly Edition[];
}

/** Between 0 and 1, always the same for the same text. */
export function chanceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296;
}

/** What an American guide book knows of the market: whole configurations and no car's own faults. */
export class Appraiser {
  private book: Book | null = null;

  constructor(
    /** Two books do not number, nor err, alike. */
    private readonly name: string,
    private readonly truth: () => Iterable<TruthLine>,
    private readonly now: () => Date,
  ) {}

  ofVin(vin: string): Edition | undefined {
    return this.open().byVin.get(vin.toUpperCase());
  }

  ofId(id: number): Edition | undefined {
    return this.open().byId.get(id);
  }

  /** Every trim of a model in a year. */
  trims(make: string, model: string, year: number): readonly Edition[] {
    return this.open().all.filter((one) => one.year === year && slugOf(one.make) === slugOf(make) && slugOf(one.model) === slugOf(model));
  }

  editions(): readonly Edition[] {
    return this.open().all;
  }

  /** What such a car is worth with this distance, in whole dollars: the truth, and an error of the book's own of a few hundredths. */
  worth({ id, cars }: Edition, miles: number): number {
    const sound = cars.filter((car) => car.damage === 'none');
    const known = sound.length > 0 ? sound : cars;
    const values = known.map((car) => (car.true_value.amount / 100) * Math.exp(-perKm * (miles * kmInMile - car.mileage_km)));
    const error = (chanceOf(`${this.name} ${id}`) + chanceOf(`${id} ${this.name}`) - 1) * 0.05;
    return (values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)) * (1 + error);
  }

  /** The distance that the book expects of such a car. */
  usualMiles({ cars }: Edition): number {
    return Math.round(cars.reduce((sum, car) => sum + car.mileage_km, 0) / Math.max(1, cars.length) / kmInMile / 100) * 100;
  }

  private open(): Book {
    const at = this.now().getTime();
    if (this.book === null || Math.abs(at - this.book.at) >= editionMs) this.book = this.print(at);
    return this.book;
  }

  private print(at: number): Book {
    const cars = new Map<string, TruthLine[]>();
    for (const line of this.truth()) {
      if (line.country !== 'US') continue;
      const key = `${line.make}|${line.model}|${line.year}|${line.trim}`;
      const known = cars.get(key);
      if (known === undefined) cars.set(key, [line]);
      else known.push(line);
    }
    const byVin = new Map<string, Edition>();
    const byId = new Map<number, Edition>();
    for (const [key, lines] of [...cars].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [first] = lines;
      if (first === undefined) continue;
      let id = 100_000 + Math.floor(chanceOf(`${this.name}#${key}`) * 900_000);
      while (byId.has(id)) id += 1;
      const edition: Edition = { id, make: first.make, model: first.model, year: first.year, trim: first.trim, cars: lines };
      byId.set(id, edition);
      for (const line of lines) byVin.set(line.vin, edition);
    }
    return { at, byVin, byId, all: [...byId.values()] };
  }
}
