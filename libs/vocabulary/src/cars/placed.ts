import { keyOf, tidy, tokens, type Line } from '../text/fold';
import { isNoise, type ModelFound } from './find-model';

/** A model within the line it was found in. */
export interface Placed {
  readonly line: Line;
  readonly found: ModelFound;
  /** Where the make ended, if the line names it. */
  readonly from: number;
  /** The line is a field of its own, not a free title. */
  readonly field: boolean;
}

const slice = ({ text, words }: Line, from: number, until: number): string => (until <= from ? '' : text.slice(words[from]?.start ?? 0, words[until - 1]?.end ?? 0));

/** Brackets and marks around a model («3 (BL)», «up! 1.0») close before what follows it. */
export const behindWords = ({ line, found }: Placed): string => line.text.slice(line.words[found.until - 1]?.end ?? 0).replace(/^[)\]+,:!\s.'’-]+/u, ' ');

/** «Cooper SD» of a «Cooper SD Countryman»: between make and model stands what the model's version is called. */
export function wordsBefore({ line, found, from, field }: Placed): string {
  // A title whose make was not found there starts with anything.
  if (from >= found.at || (from === 0 && !field)) return '';
  const own = new Set(tokens(found.make).map(({ key }) => key));
  const words = line.words.slice(from, found.at).filter(({ key }) => !isNoise(key) && !own.has(key));
  return words.length > MOST_BEFORE ? '' : words.map(({ start, end }) => line.text.slice(start, end)).join(' ');
}

const MOST_BEFORE = 3;

/** What the model's own words say beyond its name: «GTI» of a «Golf GTI», and an engine's code whole. */
export function keptWords({ line, found }: Placed): string {
  if (!found.keep) return '';
  const all = slice(line, found.at, found.until);
  if (found.code) return all;
  const names = new Set([keyOf(found.model), keyOf(`${found.make} ${found.model}`)]);
  for (let at = found.at; at < found.until; at += 1) {
    for (let until = found.until; until > at; until -= 1) {
      if (names.has(keyOf(slice(line, at, until)))) return tidy(`${slice(line, found.at, at)} ${slice(line, until, found.until)}`);
    }
  }
  const said = new Set(tokens(found.model).map(({ key }) => key));
  const more = line.words.slice(found.at, found.until).filter(({ key }) => !said.has(key));
  return more.map(({ start, end }) => line.text.slice(start, end)).join(' ');
}
