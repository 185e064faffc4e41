import type { Body } from '@autobroker/kernel';
import { keyOf, lineOf, tidy, type Line } from '../text/fold';
import { bodyOf } from '../words/words';
import { catalogue, makeNamed } from './catalogue';
import { makeAt, type MakeAt } from './find-make';
import { tidyLeadingCode } from './codes';
import { findModel, isNoise } from './find-model';
import { behindWords, keptWords, wordsBefore, type Placed } from './placed';
import { joinTrim, readTrim } from './trim';

export interface CarWords {
  readonly make?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly trim?: string | null | undefined;
  readonly title?: string | null | undefined;
  /** Only to tell a Dodge Ram from a Ram, which became a make of its own with model year 2010. */
  readonly year?: number | null | undefined;
}

export interface CanonicalCar {
  readonly make: string | null;
  readonly model: string | null;
  readonly trim: string | null;
  readonly how: How;
  /** 0 to 1. */
  readonly confidence: number;
  /** «7», «F30»: what was said of it, taken out of the trim. */
  readonly generation: string | null;
  /** What the words for the car say of its body. */
  readonly body: Body | null;
}

const ways = ['exact', 'alias', 'title', 'fuzzy', 'unknown'] as const;
type How = (typeof ways)[number];

const confidenceOf: Record<How, number> = { exact: 1, alias: 0.97, title: 0.9, fuzzy: 0.7, unknown: 0.3 };
const FALLBACK_COSTS = 0.12;
const IMPLIED_COSTS = 0.15;

/** A source's words, each read once. */
interface Written {
  readonly make: Line;
  readonly model: Line;
  readonly trim: Line;
  readonly title: Line;
}

interface Named {
  readonly make: string;
  readonly how: How;
  /** No word said the make: the model did. */
  readonly implied: boolean;
  /** Where the title said it. */
  readonly inTitle: MakeAt | null;
}

const MOST_CHARACTERS = 300;
const clean = (text: string | null | undefined): Line => lineOf(tidy((text ?? '').slice(0, MOST_CHARACTERS)));
const both = (a: Line, b: Line): Line => (a.text === '' ? b : b.text === '' ? a : lineOf(`${a.text} ${b.text}`));

/** Names a car as the catalogue does, from a source's fields, its free title, or both. */
export function canonicalCar(car: CarWords): CanonicalCar {
  const written: Written = { make: clean(car.make), model: clean(car.model), trim: clean(car.trim), title: clean(car.title) };
  const named = nameMake(written);
  if (named === null) return unknownMake(written);
  const placed = place(named, written);
  const result = placed === null ? unknownModel(named, written) : known(named, placed, written);
  return ramOrDodge(result, car.year ?? yearIn(written.title.text));
}

/** The make's own field is believed before the others. */
function nameMake({ make, model, title }: Written): Named | null {
  const whole = make.text === '' ? undefined : makeNamed(make.text);
  if (whole !== undefined) return { make: whole.make, how: whole.canonical ? 'exact' : 'alias', implied: false, inTitle: null };
  // «Land» + «Rover Discovery»: a make cut in two by whoever splits at the first blank.
  const inFields = makeAt(both(make, model), false);
  if (inFields !== null) return { make: inFields.make, how: 'alias', implied: false, inTitle: null };
  const inTitle = makeAt(title, false);
  if (inTitle !== null) return { make: inTitle.make, how: 'title', implied: false, inTitle };
  return impliedMake(model, 'alias') ?? impliedMake(title, 'title') ?? misspelt(make) ?? misspelt(title);
}

function misspelt(line: Line): Named | null {
  const found = line.words.length === 0 ? null : makeAt(line, true);
  return found === null ? null : { make: found.make, how: 'fuzzy', implied: false, inTitle: null };
}

const LONGEST_MODEL = 4;

/** «2014 F-150 XLT», «98 Silverado», «Mk7 Golf»: the model stands first and belongs to one make. */
function impliedMake({ words }: Line, how: How): Named | null {
  const { owners } = catalogue();
  for (let at = 0; at < words.length; at += 1) {
    let key = '';
    let best: string | null = null;
    for (let until = at + 1; until <= Math.min(words.length, at + LONGEST_MODEL); until += 1) {
      key += words[until - 1]?.key ?? '';
      best = owners.get(key)?.make ?? best;
    }
    if (best !== null) return { make: best, how, implied: true, inTitle: null };
    const word = words[at]?.key ?? '';
    if (!isNoise(word) && !(at === 0 && /^(?:\d\d|mk\d|[efg]\d\d)$/u.test(word))) return null;
  }
  return null;
}

/** The model's own field first; a vague one («718», «Cooper») gives way to what trim and title say more exactly. */
function place(named: Named, { make, model, trim, title }: Written): Placed | null {
  const inField = find(named.make, model, true, false);
  if (inField?.found.fallback === false) return inField;
  const better = model.text === '' ? null : find(named.make, both(model, trim), true, false);
  if (better?.found.fallback === false) return better;
  const inTitle = titled(named, title);
  if (inTitle !== null && (!inTitle.found.fallback || inField === null)) return inTitle;
  return inField ?? find(named.make, both(make, model), true, false) ?? find(named.make, model, true, true) ?? find(named.make, title, false, true);
}

function titled({ make, inTitle }: Named, title: Line): Placed | null {
  if (inTitle?.model != null && inTitle.model.model !== '') return { line: title, found: inTitle.model, from: inTitle.until, field: false };
  return find(make, title, false, false);
}

function find(make: string, line: Line, field: boolean, fuzzy: boolean): Placed | null {
  if (line.words.length === 0) return null;
  const said = makeAt(line, false);
  const from = said !== null && said.make === make ? said.until : 0;
  const found = search(make, line, from, fuzzy) ?? (from > 0 ? search(make, line, 0, fuzzy) : null);
  return found === null ? null : { line, found, from, field };
}

function search(make: string, line: Line, from: number, fuzzy: boolean): Placed['found'] | null {
  const found = findModel(make, line, from, fuzzy);
  if (found === null || found.model !== '') return found;
  // «BMW Mini Cooper»: the words lead to another make's models.
  return findModel(found.make, line, found.until - 1) ?? findModel(found.make, line, found.until);
}

function known(named: Named, placed: Placed, { trim: trimField, title }: Written): CanonicalCar {
  const { found, field } = placed;
  const own = readTrim(behindWords(placed), found.make, found.numbered);
  const said = joinTrim(joinTrim(wordsBefore(placed), keptWords(placed)), own.trim ?? '');
  const more = trimField.text === '' ? fromTitle(named, placed, own.trim, title) : { trim: tidy(trimField.text.replaceAll(/[*|~•]+/gu, ' ')), generation: null };
  const whole = tidyLeadingCode(found.make, found.model, joinTrim(said, more.trim ?? ''));
  // «Ka/Ka+», «BMW Mini»: the model or the make once more.
  const trim = [found.model, found.make].some((name) => keyOf(name) === keyOf(whole)) ? '' : whole;
  const how = worst(named.how, field ? found.how : found.how === 'fuzzy' ? 'fuzzy' : 'title');
  const cost = (found.fallback ? FALLBACK_COSTS : 0) + (named.implied ? IMPLIED_COSTS : 0);
  return {
    make: found.make,
    model: found.model,
    trim: trim === '' ? null : trim,
    how,
    confidence: Math.round((confidenceOf[how] - cost) * 100) / 100,
    generation: own.generation ?? more.generation,
    body: bodyOf(trim),
  };
}

/** The fields name the model and nothing more: the title's words behind the same model are the trim. */
function fromTitle(named: Named, { field, found }: Placed, own: string | null, title: Line): ReturnType<typeof readTrim> {
  const inTitle = field && own === null && title.words.length > 0 ? find(named.make, title, false, false) : null;
  if (inTitle === null || inTitle.found.model !== found.model) return { trim: null, generation: null };
  const behind = readTrim(behindWords(inTitle), found.make, found.numbered);
  return { ...behind, trim: joinTrim(joinTrim(wordsBefore(inTitle), keptWords(inTitle)), behind.trim ?? '') };
}

const worst = (a: How, b: How): How => ways[Math.max(ways.indexOf(a), ways.indexOf(b))] ?? 'unknown';

/** The make is known, the model is not ours to invent: what the source's field says, or the word behind the make. */
function unknownModel({ make }: Named, { model, trim, title }: Written): CanonicalCar {
  const written = model.text === '' ? wordBehindMake(title, make) : withoutMake(model, make);
  return { make, model: written, trim: trim.text || null, how: 'unknown', confidence: written === null ? 0.3 : 0.5, generation: null, body: bodyOf(trim.text) };
}

function withoutMake(model: Line, make: string): string | null {
  const said = makeAt(model, false);
  const starts = said !== null && said.make === make && said.at === 0 && said.until > 0;
  return (starts ? tidy(model.text.slice(model.words[said.until - 1]?.end ?? 0)) : model.text) || null;
}

function wordBehindMake(title: Line, make: string): string | null {
  const said = makeAt(title, false);
  const word = said === null || said.make !== make ? undefined : title.words[said.until];
  if (word === undefined || isNoise(word.key)) return null;
  const written = title.text.slice(word.start, word.end);
  return /^\p{Lu}[\p{L}\p{N}]+$/u.test(written) ? written : null;
}

function unknownMake({ make, model, trim }: Written): CanonicalCar {
  const nothing = make.text === '' && model.text === '';
  return { make: make.text || null, model: model.text || null, trim: trim.text || null, how: 'unknown', confidence: nothing ? 0 : 0.2, generation: null, body: null };
}

const yearIn = (title: string): number | null => {
  const year = /\b(?:19|20)\d\d\b/u.exec(title)?.[0];
  return year === undefined ? null : Number(year);
};

const RAM_FROM = 2010;

function ramOrDodge(car: CanonicalCar, year: number | null): CanonicalCar {
  const isPickup = car.make === 'Ram' && car.model !== null && /^[1-5]500$/u.test(car.model);
  return isPickup && year !== null && year < RAM_FROM ? { ...car, make: 'Dodge', model: `Ram ${car.model}` } : car;
}
