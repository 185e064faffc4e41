import { lineOf, tidy, type Line } from '../text/fold';
import { catalogue } from './catalogue';
import { findModel, isNoise, type ModelFound } from './find-model';
import { nearest } from './near';
import type { MakeKey } from './parse';

/** A make found in a line. */
export interface MakeAt {
  readonly make: string;
  readonly at: number;
  readonly end: number;
  /** Where the model is to be looked for: where the make starts, when its words are part of the model («Range Rover»). */
  readonly until: number;
  readonly how: 'exact' | 'alias' | 'fuzzy';
  /** What follows it. */
  readonly model: ModelFound | null;
}

export interface MakeFound {
  readonly make: string;
  /** As it stands in the text. */
  readonly matched: string;
  /** The text without it. */
  readonly rest: string;
}

const LONGEST = 4;

/** The make that a text names first, unless an everyday word only looks like one («smart repair», «7 seats»). */
export function findMake(text: string | null | undefined): MakeFound | null {
  if (text == null) return null;
  const line = lineOf(text);
  const found = makeAt(line, true);
  const [first, last] = found === null ? [] : [line.words[found.at], line.words[found.end - 1]];
  if (found === null || first === undefined || last === undefined) return null;
  return {
    make: found.make,
    matched: text.slice(first.start, last.end),
    rest: tidy(found.until === found.at ? text : `${text.slice(0, first.start)} ${text.slice(last.end)}`),
  };
}

export function makeAt(line: Line, fuzzy: boolean): MakeAt | null {
  const { words } = line;
  let spare: MakeAt | null = null;
  const first = words.findIndex(({ key }) => !isNoise(key));
  for (let at = 0; at < words.length; at += 1) {
    const hit = longestAt(line, at);
    if (hit === null) continue;
    const [meaning, end] = hit;
    const until = meaning.keep ? at : end;
    const model = findModel(meaning.make, line, until);
    const found: MakeAt = { make: meaning.make, at, end, until, how: meaning.canonical ? 'exact' : 'alias', model };
    if (model !== null && (!meaning.weak || onlyNoise(line, until, model.at))) return found;
    if (meaning.weak && modelBefore(line, meaning.make, at)) return found;
    if (!meaning.weak || (at === first && words.length - end <= 2)) spare ??= found;
  }
  return spare ?? (fuzzy ? nearMake(line) : null);
}

/** «John Cooper Works Mini». */
function modelBefore(line: Line, make: string, at: number): boolean {
  const before = at === 0 ? null : findModel(make, line, 0);
  return before !== null && before.until <= at && before.at === 0 && onlyNoise(line, before.until, at);
}

function onlyNoise({ words }: Line, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isNoise(words[at]?.key ?? '')) return false;
  return true;
}

function longestAt({ words }: Line, at: number): [meaning: MakeKey, until: number] | null {
  const { names } = catalogue();
  let best: [MakeKey, number] | null = null;
  let key = '';
  for (let until = at + 1; until <= words.length && until <= at + LONGEST; until += 1) {
    key += words[until - 1]?.key ?? '';
    const meaning = names.get(key);
    if (meaning !== undefined) best = [meaning, until];
  }
  return best;
}

const SHORTEST_FUZZY = 5;
const TWO_EDITS_FROM = 9;
const FIRST_WORDS = 4;

/** A slip of the keyboard in a long name, among the first words: «Volkswagwn», «Merecdes». */
function nearMake(line: Line): MakeAt | null {
  const { names, owners } = catalogue();
  for (let at = 0; at < Math.min(line.words.length, FIRST_WORDS); at += 1) {
    const key = line.words[at]?.key ?? '';
    if (key.length < SHORTEST_FUZZY || /\d/u.test(key) || owners.has(key) || isNoise(key)) continue;
    const meanings = nearest(key, names.keys(), key.length >= TWO_EDITS_FROM ? 2 : 1).map((near) => names.get(near));
    const [meaning] = meanings;
    if (meaning !== undefined && !meaning.weak && meanings.every((other) => other?.make === meaning.make)) {
      return { make: meaning.make, at, end: at + 1, until: at + 1, how: 'fuzzy', model: findModel(meaning.make, line, at + 1) };
    }
  }
  return null;
}
