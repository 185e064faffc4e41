import { ageInYears } from '../../domain/age';
import type { CarFacts } from '../../domain/market-car';
import { type Cell, type Field, type Table, tableOf } from '../model/table';

interface Column extends Field {
  readonly of: (facts: CarFacts, at: Date) => Cell;
}

const category = (name: string, of: (facts: CarFacts) => Cell, role: Field['role'] = null): Column => ({ name, kind: 'category', role, of });
const number = (name: string, of: (facts: CarFacts, at: Date) => Cell, role: Field['role'] = null): Column => ({ name, kind: 'number', role, of });

/** What a model is told of a car. What nobody has told stays untold: the trees know how to deal with it. */
const columns: readonly Column[] = [
  category('make', ({ make }) => make, 'make'),
  category('model', ({ model }) => model, 'model'),
  category('trim', ({ trim }) => trim, 'trim'),
  number('year', ({ year }) => year, 'year'),
  number('age', (facts, at) => ageInYears(facts, at)),
  number('mileage_km', ({ mileageKm }) => mileageKm, 'mileage'),
  number('power_kw', ({ powerKw }) => powerKw, 'power'),
  number('engine_cc', ({ engineCc }) => engineCc),
  number('doors', ({ doors }) => doors),
  number('seats', ({ seats }) => seats),
  number('owners', ({ ownersCount }) => ownersCount),
  category('fuel', ({ fuel }) => fuel, 'fuel'),
  category('gearbox', ({ gearbox }) => gearbox, 'gearbox'),
  category('drivetrain', ({ drivetrain }) => drivetrain),
  category('body', ({ body }) => body, 'body'),
  category('colour', ({ colour }) => colour),
  category('damage_type', ({ damageType }) => damageType),
  category('title_status', ({ titleStatus }) => titleStatus),
  category('condition', ({ condition }) => condition),
  category('country', ({ country }) => country, 'country'),
  category('region', ({ region }) => region),
  { name: 'features', kind: 'tokens', role: null, of: ({ features }) => (features.length === 0 ? null : features.join(',')) },
];

const fields: readonly Field[] = columns.map(({ name, kind, role }) => ({ name, kind, role }));

export const tableOfCars = (cars: readonly CarFacts[], at: Date): Table => tableOf(fields, columns.map(({ of }) => cars.map((facts) => of(facts, at))));

/** What of a car it was, as it is told with a reason. */
export function shownFact(factor: string, facts: CarFacts, at: Date): string | number | null {
  const value = columns.find(({ name }) => name === factor)?.of(facts, at) ?? null;
  return typeof value === 'number' ? Math.round(value * 10) / 10 : value;
}

/** The fact that a feature of the model is made of. */
export function factOf(feature: string): string {
  const [name = feature] = feature.split(/[:=]/u);
  return name === 'year' ? 'age' : name;
}
