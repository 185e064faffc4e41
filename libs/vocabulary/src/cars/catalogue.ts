import { american } from '../data/makes/american';
import { asian } from '../data/makes/asian';
import { british } from '../data/makes/british';
import { european } from '../data/makes/european';
import { german } from '../data/makes/german';
import { keyOf } from '../text/fold';
import { parseMakes, type MakeEntry, type MakeKey, type ParsedMake } from './parse';

/** A model that names its make as well: «2014 F-150 XLT». */
export interface Owner {
  readonly make: string;
  readonly model: string;
}

export interface Catalogue {
  readonly byName: ReadonlyMap<string, ParsedMake>;
  readonly names: ReadonlyMap<string, MakeKey>;
  readonly owners: ReadonlyMap<string, Owner>;
}

/** Where two makes use a name, the one that sold by far the more of them. */
const main = new Set(
  ('Volkswagen,BMW,Audi,Mercedes-Benz,Porsche,Opel,Škoda,SEAT,Renault,Dacia,Peugeot,Citroën,Fiat,Volvo,Land Rover,Jaguar,MINI,Ford,Chevrolet,GMC,Ram,Dodge,Chrysler,Jeep,Cadillac,' +
    'Buick,Lincoln,Tesla,Toyota,Lexus,Honda,Acura,Nissan,Infiniti,Mazda,Mitsubishi,Suzuki,Subaru,Hyundai,Kia,Pontiac,Saturn,Mercury').split(','),
);
/** Everyday words: alone they are no car. */
const everyday = new Set(
  ('life,sport,special,coupe,roadster,spider,spyder,cabriolet,cabrio,convertible,hatch,van,pickup,city,view,will,today,move,free,dream,super,custom,express,traveller,traveler,century,' +
    'series1,series2,series3,vision,master,space,note,electric,bus,thing,champion,commander,clipper,classic,sedan,wagon,ocean,gravity,friday,mini,range,imperial,estate,hunter').split(','),
);
const SHORTEST_OWNER = 2;

const parsed: readonly ParsedMake[] = [german, european, british, american, asian].flatMap(parseMakes);

/** Every make and its models. */
export const makes: readonly MakeEntry[] = parsed.map(({ entry }) => entry);

function build(): Catalogue {
  const byName = new Map(parsed.map((make) => [make.entry.name, make]));
  const names = new Map<string, MakeKey>();
  for (const make of parsed) for (const [key, meaning] of make.names()) if (!names.has(key) || meaning.canonical) names.set(key, meaning);
  return { byName, names, owners: ownersOf(names) };
}

function ownersOf(names: ReadonlyMap<string, MakeKey>): Map<string, Owner> {
  const claims = new Map<string, Owner[]>();
  for (const { entry, index } of parsed) {
    for (const [key, meaning] of index().models) {
      const usable = key.length >= SHORTEST_OWNER && /[a-z]/u.test(key) && (key.length > SHORTEST_OWNER || /\d/u.test(key)) && (!meaning.fallback || keyOf(meaning.model ?? '').startsWith(key)) && meaning.model !== null && !everyday.has(key) && !names.has(key);
      if (usable && meaning.model !== null) claims.set(key, [...(claims.get(key) ?? []), { make: meaning.elsewhere ?? entry.name, model: meaning.model }]);
    }
  }
  const owners = new Map<string, Owner>();
  for (const [key, claimants] of claims) {
    const mains = claimants.filter(({ make }) => main.has(make));
    const candidates = mains.length > 0 ? mains : claimants;
    const [first] = candidates;
    if (first !== undefined && new Set(candidates.map(({ make }) => make)).size === 1) owners.set(key, first);
  }
  return owners;
}

let made: Catalogue | undefined;

/** Indexed at first use. */
export const catalogue = (): Catalogue => (made ??= build());

export const makeByName = (name: string): ParsedMake | undefined => catalogue().byName.get(name);

export const makeNamed = (text: string): MakeKey | undefined => catalogue().names.get(keyOf(text));
