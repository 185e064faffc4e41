import { tidy, tokens, type Token } from '../text/fold';
import { makeByName } from './catalogue';

/** Where a seller's title stops naming the car and starts praising it. */
const STOP = /[*|•·;!{}[\]"„“”~<>✔✅★☆►➤=#]|\s[-–—/+]\s|,\s|\s\(|\bfor sale\b|\bzu verkaufen\b|\bvon privat\b|\b(?:only|nur|with|mit)\b|\.\s|[€£$]/iu;
const MOST_WORDS = 9;
const romans: Record<string, string> = { i: '1', ii: '2', iii: '3', iv: '4', v: '5', vi: '6', vii: '7', viii: '8', ix: '9', x: '10' };
const YEAR = /^(?:19[3-9]\d|20[0-4]\d)$/u;
const DISTANCE = /^(?:km|tkm|miles|mi|mls|ps|kw|hp|bhp)$/u;
const DOORS = /^(?:door|doors|dr|d|turer|turig|trg|tuerer|porte|portes|puertas|p|drzwi|drs|deurs)$/u;
const MARK = /^mk(?<number>[1-9]|i{1,3}|iv|vi{0,3}|ix)$/u;

export interface TrimFound {
  readonly trim: string | null;
  readonly generation: string | null;
}

/**
 * What stands behind the model, as far as it names the car: generation marks are taken out and told apart, years and
 * readings end it. «VII Variant 1.6 TDI Comfortline *NAVI*» → «Variant 1.6 TDI Comfortline», generation 7.
 */
export function readTrim(text: string, make: string | null, numbered: boolean): TrimFound {
  const stop = STOP.exec(text.slice(0, 300))?.index ?? text.length;
  const line = text.slice(0, Math.min(stop, 300));
  const words = tokens(line);
  const kept: Token[] = [];
  let generation: string | null = null;
  for (const [index, word] of words.entries()) {
    const next = words[index + 1]?.key ?? '';
    const mark = generationOf(word.key, next, words[index - 1]?.key ?? '', index === 0 && numbered, make);
    if (mark === 'skip') continue;
    if (mark !== null) {
      generation ??= mark;
      continue;
    }
    if (YEAR.test(word.key) || (/^[\d.,]+k?$/u.test(word.key) && DISTANCE.test(next))) {
      if (kept.length === 0) continue;
      break;
    }
    kept.push(word);
    if (kept.length === MOST_WORDS) break;
  }
  return { trim: join(line, kept), generation };
}

function generationOf(key: string, next: string, previous: string, first: boolean, make: string | null): string | 'skip' | null {
  if (first && !DOORS.test(next)) {
    if (/^[1-9]$/u.test(key)) return key;
    const roman = Object.hasOwn(romans, key) ? romans[key] : undefined;
    if (roman !== undefined && key !== 'x') return roman;
  }
  const marked = MARK.exec(key)?.groups?.['number'];
  if (marked !== undefined) return romans[marked] ?? marked;
  if (key === 'mk' && (/^\d$/u.test(next) || Object.hasOwn(romans, next))) return 'skip';
  if (previous === 'mk' && (/^\d$/u.test(key) || Object.hasOwn(romans, key))) return romans[key] ?? key;
  const pattern = make === null ? null : (makeByName(make)?.generation ?? null);
  return pattern?.test(key) === true ? key.toUpperCase() : null;
}

/** The kept words with what stood between neighbours, and a blank where a word was taken out. */
function join(line: string, kept: readonly Token[]): string | null {
  let text = '';
  let last: Token | undefined;
  for (const word of kept) {
    const between = last === undefined ? '' : line.slice(last.end, word.start);
    text += (between.trim().length <= 1 && !/[\p{L}\p{N}]/u.test(between) ? between : ' ') + line.slice(word.start, word.end);
    last = word;
  }
  if (last !== undefined && line[last.end] === '+') text += '+';
  const trim = tidy(text.replaceAll(/\s[()]\s?/gu, ' '));
  return trim === '' ? null : trim;
}
