import type { Body, Fuel } from '@autobroker/kernel';
import { makeRows } from './data/makes';
import type { MakeRow } from './data/row';
import { hashText } from './dice';
import type { MarketCountry } from './sources';

/** A model as it is made and sold: what cars are drawn from. */
export interface ModelSpec {
  readonly make: MakeRow;
  readonly name: string;
  readonly from: number;
  /** The last year; null while it is built. */
  readonly to: number | null;
  readonly bodies: readonly Body[];
  readonly fuels: readonly Fuel[];
  /** New, today, middle trim, in euros. */
  readonly price: number;
  readonly countries: ReadonlySet<MarketCountry>;
  readonly share: number;
  readonly badges: ReadonlyMap<Fuel, readonly string[]>;
  readonly hash: number;
}

const bodyLetters: Readonly<Record<string, Body>> = {
  h: 'hatchback', s: 'sedan', w: 'estate', u: 'suv', c: 'coupe', v: 'convertible', t: 'pickup', m: 'minivan', b: 'van',
};
const fuelLetters: Readonly<Record<string, Fuel>> = {
  p: 'petrol', d: 'diesel', h: 'hybrid', x: 'plug_in_hybrid', e: 'electric', l: 'lpg', c: 'cng', f: 'hydrogen', n: 'ethanol',
};
const countryLetters: Readonly<Record<string, MarketCountry>> = { U: 'US', D: 'DE', G: 'GB', I: 'IT', F: 'FR' };
const order: readonly MarketCountry[] = ['US', 'DE', 'GB', 'IT', 'FR'];

export const catalogue: readonly ModelSpec[] = makeRows.flatMap((make) =>
  make.models
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => readModel(make, line)),
);

/** The models on sale in a country, with the weights that its buyers give them. */
export const offered: Readonly<Record<MarketCountry, readonly (readonly [ModelSpec, number])[]>> = {
  US: weigh('US'), DE: weigh('DE'), GB: weigh('GB'), IT: weigh('IT'), FR: weigh('FR'),
};

function readModel(make: MakeRow, line: string): ModelSpec {
  const [name = '', years = '', bodies = '', fuels = '', price = '', countries = '*', share = '1', badges = ''] = line.split(';').map((cell) => cell.trim());
  const [from = '', to = ''] = years.split('-');
  const spec: ModelSpec = {
    make,
    name,
    from: fullYear(from),
    to: to === '' ? null : fullYear(to),
    bodies: bodies.split(',').map((letter) => known(bodyLetters, letter, line)),
    fuels: fuels.split(',').map((letter) => known(fuelLetters, letter, line)),
    price: Number(price) * 1_000,
    countries: new Set(countries === '*' ? order : countries.split(' ').map((letter) => known(countryLetters, letter, line))),
    share: Number(share),
    badges: new Map(
      badges.split(/ (?=[a-z]:)/u).filter((group) => group !== '').map((group) => {
        // A badge may have blanks in it: «C 220 d».
        const [letter = '', names = ''] = group.split(':');
        return [known(fuelLetters, letter, line), names.split(',')] as const;
      }),
    ),
    hash: hashText(`${make.name} ${name}`),
  };
  if (!(spec.price > 0 && spec.share > 0 && spec.from > 1900)) throw new RangeError(`Not a model: ${make.name} ${line}`);
  return spec;
}

function fullYear(text: string): number {
  const year = Number(text);
  return year < 50 ? 2_000 + year : 1_900 + year;
}

function known<T>(letters: Readonly<Record<string, T>>, letter: string, line: string): T {
  const meant = letters[letter.trim()];
  if (meant === undefined) throw new RangeError(`Unknown letter ${JSON.stringify(letter)} in ${JSON.stringify(line)}`);
  return meant;
}

/** A make's share is divided among its models, so that a make with many models does not fill the market. */
function weigh(country: MarketCountry): (readonly [ModelSpec, number])[] {
  const at = order.indexOf(country);
  const sums = new Map<MakeRow, number>();
  const sold = catalogue.filter((spec) => spec.countries.has(country) && (spec.make.share[at] ?? 0) > 0);
  for (const spec of sold) sums.set(spec.make, (sums.get(spec.make) ?? 0) + flat(spec.share));
  return sold.map((spec) => [spec, (flat(spec.make.share[at] ?? 0) * flat(spec.share)) / (sums.get(spec.make) ?? 1)]);
}

/** Rare makes and models come oftener here than on the road: a few thousand cars shall show many of them. */
function flat(share: number): number {
  return share ** 0.7;
}
