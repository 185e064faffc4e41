import { tidy, tokens, type Token } from '../text/fold';
import { catalogue } from './catalogue';
import { findModel, isNoise } from './find-model';
import { nearest } from './near';
import type { MakeKey } from './parse';

/** A make found in a run of words. */
export interface MakeAt {
  readonly make: string;
  readonly at: number;
  /** Where the model is to be looked for. */
  readonly until: number;
  readonly how: 'exact' | 'alias' | 'fuzzy';
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
  const words = tokens(text);
  const found = makeAt(words, text, true);
  const [first, last] = found === null ? [] : [words[found.at], words[Math.max(found.at, found.until - 1)]];
  if (found === null || first === undefined || last === undefined) return null;
  const kept = found.until === found.at;
  return {
    make: found.make,
    matched: text.slice(first.start, last.end),
    rest: tidy(kept ? text : `${text.slice(0, first.start)} ${text.slice(last.end)}`),
  };
}

export function makeAt(words: readonly Token[], text: string, fuzzy: boolean): MakeAt | null {
  let spare: MakeAt | null = null;
  const first = words.findIndex(({ key }) => !isNoise(key));
  for (let at = 0; at < words.length; at += 1) {
    const hit = longestAt(words, at);
    if (hit === null) continue;
    const [meaning, until] = hit;
    const found: MakeAt = { make: meaning.make, at, until: meaning.keep ? at : until, how: meaning.canonical ? 'exact' : 'alias' };
    const rest = words.slice(found.until);
    const model = findModel(meaning.make, rest, text);
    const follows = model !== null && rest.slice(0, model.at).every(({ key }) => isNoise(key));
    if (meaning.weak ? follows : model !== null) return found;
    if (!meaning.weak || (at === first && words.length - until <= 2)) spare ??= found;
  }
  return spare ?? (fuzzy ? nearMake(words) : null);
}

function longestAt(words: readonly Token[], at: number): [meaning: MakeKey, until: number] | null {
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

/** A slip of the keyboard in a long name, among the first words: «Volkswagwn», «Merecdes». */
function nearMake(words: readonly Token[]): MakeAt | null {
  const { names, owners } = catalogue();
  for (let at = 0; at < Math.min(words.length, 4); at += 1) {
    const key = words[at]?.key ?? '';
    if (key.length < SHORTEST_FUZZY || /\d/u.test(key) || owners.has(key) || isNoise(key)) continue;
    const near = nearest(key, names.keys(), key.length >= TWO_EDITS_FROM ? 2 : 1);
    const meaning = near === null ? undefined : names.get(near);
    if (meaning !== undefined && !meaning.weak) return { make: meaning.make, at, until: at + 1, how: 'fuzzy' };
  }
  return null;
}
