import type { Body } from '@autobroker/kernel';
import { keyOf, tidy, tokens, type Token } from '../text/fold';
import { bodyOf } from '../words/words';
import { catalogue, makeNamed } from './catalogue';
import { makeAt } from './find-make';
import { findModel, isNoise, type ModelFound } from './find-model';
import { readTrim } from './trim';

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
  readonly how: 'exact' | 'alias' | 'title' | 'fuzzy' | 'unknown';
  /** 0 to 1. */
  readonly confidence: number;
  /** «7», «F30»: what was said of it, taken out of the trim. */
  readonly generation: string | null;
  /** What the words for the car say of its body. */
  readonly body: Body | null;
}

type How = CanonicalCar['how'];

const confidenceOf: Record<How, number> = { exact: 1, alias: 0.97, title: 0.9, fuzzy: 0.7, unknown: 0.3 };
const FALLBACK_COSTS = 0.12;
const MAKE_IMPLIED_COSTS = 0.15;

interface Named {
  readonly make: string;
  readonly how: How;
  readonly implied: boolean;
}

/** A model within the text it was found in. */
interface Placed {
  readonly text: string;
  readonly words: readonly Token[];
  readonly found: ModelFound;
  readonly field: boolean;
}

/** Names a car as the catalogue does, from a source's fields, its free title, or both. */
export function canonicalCar(written: CarWords): CanonicalCar {
  const fields = {
    make: clean(written.make),
    model: clean(written.model),
    trim: clean(written.trim),
    title: clean(written.title),
  };
  const named = nameMake(fields.make, fields.model, fields.title);
  if (named === null) return unknownMake(fields);
  const placed = place(named.make, fields.make, fields.model, fields.trim, fields.title);
  const car = placed === null ? unknownModel(named, fields) : known(named, placed, fields.trim, fields.title);
  return ramOrDodge(car, written.year ?? yearIn(fields.title));
}

const clean = (text: string | null | undefined): string => tidy(text ?? '').slice(0, 300);

/** The first of the fields that names a make; the make's own field is believed before the others. */
function nameMake(make: string, model: string, title: string): Named | null {
  const whole = make === '' ? undefined : makeNamed(make);
  if (whole !== undefined) return { make: whole.make, how: whole.canonical ? 'exact' : 'alias', implied: false };
  // «Land» + «Rover Discovery»: a make cut in two by whoever splits at the first blank.
  for (const [text, how] of [[`${make} ${model}`, 'alias'], [title, 'title']] as const) {
    const words = tokens(text);
    const found = makeAt(words, text, false);
    if (found !== null) return { make: found.make, how, implied: false };
  }
  return impliedMake(model, 'alias') ?? impliedMake(title, 'title') ?? misspelt(make, title);
}

function misspelt(make: string, title: string): Named | null {
  for (const text of [make, title]) {
    const found = makeAt(tokens(text), text, true);
    if (found !== null) return { make: found.make, how: 'fuzzy', implied: false };
  }
  return null;
}

/** «2014 F-150 XLT»: the model stands first and belongs to one make. */
function impliedMake(text: string, how: How): Named | null {
  const words = tokens(text);
  const { owners } = catalogue();
  for (let at = 0; at < words.length; at += 1) {
    let key = '';
    let best: Named | null = null;
    for (let until = at + 1; until <= Math.min(words.length, at + 4); until += 1) {
      key += words[until - 1]?.key ?? '';
      const owner = owners.get(key);
      if (owner !== undefined) best = { make: owner.make, how, implied: true };
    }
    if (best !== null) return best;
    if (!isNoise(words[at]?.key ?? '')) return null;
  }
  return null;
}

function place(make: string, makeField: string, model: string, trim: string, title: string): Placed | null {
  const inField = find(make, model, true, false);
  if (inField !== null && !inField.found.fallback) return inField;
  // «718» alone is a Boxster or a Cayman, «Cooper» a hatch or a Clubman: the words around may say.
  const better = find(make, `${model} ${trim}`, true, false) ?? null;
  if (better !== null && !better.found.fallback) return better;
  const inTitle = title === '' ? null : find(make, title, false, false);
  if (inTitle !== null && (!inTitle.found.fallback || inField === null)) return inTitle;
  return inField ?? find(make, `${makeField} ${model}`, true, false) ?? find(make, model, true, true) ?? find(make, title, false, true);
}

function find(make: string, text: string, field: boolean, fuzzy: boolean): Placed | null {
  if (text.trim() === '') return null;
  const words = tokens(text);
  const named = makeAt(words, text, false);
  const skip = named !== null && (named.make === make || !field) ? named.until : 0;
  const found = search(make, words, skip, text, fuzzy) ?? (skip > 0 ? search(make, words, 0, text, fuzzy) : null);
  return found === null ? null : { text, words, found, field };
}

function search(make: string, words: readonly Token[], skip: number, text: string, fuzzy: boolean): ModelFound | null {
  const found = findModel(make, words.slice(skip), text, fuzzy);
  if (found === null) return null;
  const placed = { ...found, at: found.at + skip, until: found.until + skip };
  if (found.model !== '') return placed;
  // «BMW Mini Cooper»: the words lead to another make's models.
  const elsewhere = findModel(found.make, words.slice(placed.until - 1), text) ?? findModel(found.make, words.slice(placed.until), text);
  if (elsewhere === null) return null;
  const shift = words.slice(placed.until - 1).length === words.length - placed.until + 1 ? placed.until - 1 : placed.until;
  return { ...elsewhere, at: elsewhere.at + shift, until: elsewhere.until + shift };
}

function known(named: Named, placed: Placed, trimField: string, title: string): CanonicalCar {
  const { found } = placed;
  const rest = behind(placed);
  const inTitle = trimField === '' && placed.field && rest.trim() === '' && title !== '' ? find(named.make, title, false, false) : null;
  const own = readTrim(rest, found.make, found.numbered);
  const fromTitle = inTitle === null || inTitle.found.model !== found.model ? null : readTrim(behind(inTitle), found.make, found.numbered);
  const code = found.keep ? keptWords(placed) : '';
  const titleCode = inTitle?.found.keep === true && fromTitle !== null ? keptWords(inTitle) : '';
  const extra = trimField === '' ? joinTrim(own.trim ?? '', joinTrim(titleCode, fromTitle?.trim ?? '')) : joinTrim(fieldTrim(own.trim ?? '', placed), tidyField(trimField));
  const trim = joinTrim(code, extra);
  const how = worst(named.how, placed.field ? found.how : found.how === 'fuzzy' ? 'fuzzy' : 'title');
  const generation = own.generation ?? fromTitle?.generation ?? null;
  const cost = (found.fallback ? FALLBACK_COSTS : 0) + (named.implied ? MAKE_IMPLIED_COSTS : 0);
  return {
    make: found.make,
    model: found.model,
    trim: trim === '' ? null : trim,
    how,
    confidence: round(confidenceOf[how] - cost),
    generation,
    body: bodyOf(`${trim}`),
  };
}

/** Words behind the model; of a title also nothing else. Brackets around a model («3 (BL)») close before them. */
const behind = ({ text, words, found }: Placed): string => text.slice((words[found.until - 1]?.end ?? 0)).replace(/^[)\]+,:\s.'’-]+/u, ' ');

function keptWords({ text, words, found, field }: Placed): string {
  const from = words[found.at]?.start ?? 0;
  const code = text.slice(from, words[found.until - 1]?.end ?? from);
  const [model] = found.model.split(' ');
  // «Golf GTI» leaves «GTI»; «320d» stays whole.
  const folded = tokens(code);
  const names = new Set(tokens(found.model).map(({ key }) => key));
  const extra = folded.filter(({ key }) => !names.has(key));
  const first = extra[0];
  void model;
  void field;
  return first === undefined || extra.length === folded.length ? code : tidy(extra.map(({ start, end }) => code.slice(start, end)).join(' '));
}

/** The model field's own rest is trim too, unless the trim field says it again. */
const fieldTrim = (rest: string, _placed: Placed): string => rest;

const tidyField = (text: string): string => readTrimField(text);

const readTrimField = (text: string): string => tidy(text.replaceAll(/[*|~•]+/gu, ' '));

/** Two parts of a trim without saying anything twice. */
function joinTrim(a: string, b: string): string {
  if (a === '') return b;
  if (b === '') return a;
  const [keyA, keyB] = [keyOf(a), keyOf(b)];
  if (keyB.includes(keyA)) return b;
  return keyA.includes(keyB) ? a : `${a} ${b}`;
}

function worst(a: How, b: How): How {
  const order: readonly How[] = ['exact', 'alias', 'title', 'fuzzy', 'unknown'];
  return order[Math.max(order.indexOf(a), order.indexOf(b))] ?? 'unknown';
}

const round = (value: number): number => Math.max(0, Math.round(value * 100) / 100);

interface Fields {
  readonly make: string;
  readonly model: string;
  readonly trim: string;
  readonly title: string;
}

/** The make is known, the model is not ours to invent: what the source's field says, or the word behind the make. */
function unknownModel(named: Named, { model, trim, title }: Fields): CanonicalCar {
  const written = model === '' ? wordBehindMake(title, named.make) : withoutMake(model, named.make);
  const kept = trim === '' ? null : readTrimField(trim);
  return { make: named.make, model: written, trim: kept, how: 'unknown', confidence: written === null ? 0.3 : 0.5, generation: null, body: bodyOf(trim) };
}

function withoutMake(model: string, make: string): string | null {
  const words = tokens(model);
  const found = makeAt(words, model, false);
  const rest = found !== null && found.make === make && found.at === 0 && found.until > 0 ? tidy(model.slice(words[found.until - 1]?.end ?? 0)) : model;
  return rest === '' ? null : rest;
}

function wordBehindMake(title: string, make: string): string | null {
  const words = tokens(title);
  const found = makeAt(words, title, false);
  const word = found === null || found.make !== make ? undefined : words[found.until];
  if (word === undefined || isNoise(word.key) || !/^\p{Lu}[\p{L}\p{N}]+$/u.test(title.slice(word.start, word.end))) return null;
  return title.slice(word.start, word.end);
}

function unknownMake({ make, model, trim }: Fields): CanonicalCar {
  const nothing = make === '' && model === '';
  return { make: make || null, model: model || null, trim: trim === '' ? null : readTrimField(trim), how: 'unknown', confidence: nothing ? 0 : 0.2, generation: null, body: null };
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
