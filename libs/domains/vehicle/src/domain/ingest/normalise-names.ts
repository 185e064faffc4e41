import { canonicalCar, conditionOf, damageOf, findMake, firstMark, parseDay, parseYear, redactPersonalData, titleStatusOf } from '@autobroker/vocabulary';
import type { Captured } from './captured';
import type { Notes } from './normalise';
import type { VinReading } from './vin-check';

const leastSure = 0.3;

/** Whose car it is called, and of which year. */
export function readNames(notes: Notes, hints: Captured['hints'], vin: VinReading, now: Date): void {
  const { fields } = notes;
  const [make, model, title] = ['make', 'model', 'title'].map((name) => fields.text(name));
  // An address tells the model; what else is in it are numbers and marks of the site.
  const trim = fields.field('trim')?.from === 'url' ? null : fields.text('trim');
  const named = fields.text('year');
  const year = named === null ? null : parseYear(named);
  const car = canonicalCar({ ...given('make', make), ...given('model', model), ...given('trim', trim), ...given('title', title), year });
  const sure = Math.max(leastSure, car.confidence);
  const maker = car.make !== null && findMake(car.make) !== null ? car.make : null;
  const from = (name: string): string[] => (fields.text(name) === null ? ['title'] : [name]);
  if (maker !== null || vin.make !== null) notes.set('make', maker ?? vin.make, maker === null ? ['vin'] : from('make'), sure);
  else if (make != null && namesSomebody(make)) {
    // A field of its own that names a maker we have not heard of is believed, with care.
    notes.set('make', tidied(make), ['make'], leastSure);
    notes.doubt('make_unverified');
  }
  if (car.model !== null) {
    notes.set('model', line(ownWords(notes, car.model), 80) || null, from('model'), sure);
    if (car.how === 'unknown') notes.doubt('model_unverified');
  } else if (notes.facts.make !== null && model !== null && model !== undefined && /[\p{L}\p{N}]/u.test(model)) {
    // A model that we have not heard of is better kept under its own name than lost.
    notes.set('model', line(ownWords(notes, model), 80) || null, ['model'], leastSure);
    notes.doubt('model_unverified');
  }
  notes.set('trim', car.trim === null ? null : line(ownWords(notes, car.trim), 120) || null, from('trim'), sure);
  if (car.body !== null) notes.set('body', car.body, from('model'), sure * 0.7);
  readDates(notes, hints);
  readYear(notes, vin, now);
  readState(notes);
}

const given = <K extends string>(name: K, text: string | null | undefined): Partial<Record<K, string>> =>
  text === null || text === undefined ? {} : Object.fromEntries<string>([[name, text]]) as Partial<Record<K, string>>;

/** What a name says of the car: sellers write how to reach them into any field, and from there on it is no name. */
function ownWords(notes: Notes, text: string): string {
  const { text: clean, removed } = redactPersonalData(text);
  if (removed.length > 0) notes.doubt('personal_data_removed');
  // Whoever captured it may have taken it out already.
  const mark = firstMark(clean);
  return mark < 0 ? clean : clean.slice(0, mark).replace(/[\s\p{P}]+$/u, '');
}

const line = (text: string, most: number): string => text.replace(/\s+/gu, ' ').trim().slice(0, most).trim();

const nobody = new Set(['other', 'others', 'unknown', 'various', 'misc', 'any', 'make', 'car', 'cars', 'vehicle', 'private', 'none', 'andere', 'sonstige', 'unbekannt', 'autre', 'autres', 'inconnu', 'altro', 'altri', 'altra marca', 'otro', 'otros', 'overige', 'anders', 'inny', 'inne', 'tbc', 'tba']);

/** A name, not a way to say that there is none, and no sentence. */
function namesSomebody(text: string): boolean {
  const name = line(text, 60);
  return name.length <= 40 && /^[\p{L}\p{N}][\p{L}\p{N}\s.&'’+/-]+$/u.test(name) && /\p{L}{2}/u.test(name) && name.split(' ').length <= 4 && !nobody.has(name.toLowerCase());
}

/** As names are written, where somebody shouted or did not bother. */
function tidied(text: string): string {
  const name = line(text, 40);
  const careless = name === name.toLowerCase() || (name === name.toUpperCase() && name.length > 4);
  return careless ? name.toLowerCase().replace(/(?<![\p{L}\p{N}'’])\p{L}/gu, (letter) => letter.toUpperCase()) : name;
}

function readDates(notes: Notes, { locale }: Captured['hints']): void {
  const { fields } = notes;
  const day = fields.text('first_registration');
  if (day !== null) notes.set('firstRegistration', parseDay(day, locale === null ? {} : { locale }), ['first_registration']);
  const built = fields.text('production_year');
  if (built !== null) notes.set('productionYear', possibleYear(parseYear(built)), ['production_year']);
}

/** The year that the source names, or the nearest thing to it that it does name. */
function readYear(notes: Notes, vin: VinReading, now: Date): void {
  const { fields, facts } = notes;
  const named = fields.text('year');
  const year = named === null ? null : possibleYear(parseYear(named));
  if (year !== null) return notes.set('year', year, ['year']);
  if (facts.firstRegistration !== null) {
    notes.set('year', possibleYear(Number(facts.firstRegistration.slice(0, 4))), ['first_registration'], 0.8);
    if (facts.year !== null) return notes.doubt('year_from_registration');
  }
  if (vin.year !== null && vin.year <= now.getUTCFullYear() + 1) {
    notes.set('year', vin.year, ['vin'], 0.9);
    return notes.doubt('year_from_vin');
  }
  if (facts.productionYear !== null) return notes.set('year', facts.productionYear, ['production_year'], 0.7);
  const title = yearInTitle(fields.text('title'), now);
  if (title !== null) {
    notes.set('year', title, ['title'], 0.6);
    return notes.doubt('year_from_title');
  }
  if (vin.likelyYear === null) return;
  notes.set('year', vin.likelyYear, ['vin'], 0.6);
  notes.doubt('year_from_vin');
}

/** «Golf VII 2017», «Golf '17», «Golf (67 reg)». */
function yearInTitle(title: string | null, now: Date): number | null {
  const plain = /\b(19[5-9]\d|20[0-4]\d)\b/u.exec(title ?? '')?.[1];
  const year = plain === undefined ? parseYear(title) : Number(plain);
  return year !== null && year >= 1950 && year <= now.getUTCFullYear() + 1 ? year : null;
}

const possibleYear = (year: number | null): number | null => (year !== null && year >= 1885 && year <= 2_200 ? year : null);

function readState(notes: Notes): void {
  const { fields } = notes;
  const damage = fields.text('damage') ?? fields.text('secondary_damage');
  if (damage !== null) notes.set('damageType', damageOf(damage), ['damage', 'secondary_damage']);
  const title = fields.text('title_status');
  if (title !== null) notes.set('titleStatus', titleStatusOf(title), ['title_status']);
  const condition = fields.text('condition');
  if (condition !== null) notes.set('condition', conditionOf(condition), ['condition']);
}
