import { keyOf, tidy, tokens, type Token } from '../text/fold';
import { catalogue, makeByName } from './catalogue';

/** Where a seller's title stops naming the car and starts praising it. */
const STOP = /[*|•·;!{}[\]"„“”~<>✔✅★☆►➤=#]|\s[-–—/+]\s|,\s|\s\(|\bfor sale\b|\bzu verkaufen\b|\bvon privat\b|\b(?:only|nur|with|mit)\b|\.\s|[€£$]/iu;
const MOST_CHARACTERS = 300;
const MOST_WORDS = 9;
const romans = new Map(['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'].map((roman, index) => [roman, String(index + 1)]));
const YEAR = /^(?:19[3-9]\d|20[0-4]\d)$/u;
const READING = /^[\d.,]+k?$/u;
const UNITS = new Set('km,tkm,miles,mi,mls,ps,kw,hp,bhp,cv,ch'.split(','));
const DOORS = new Set('door,doors,dr,turer,turig,trg,tuerer,porte,portes,puertas,p,drzwi,drs,deurs,owner,owners,seats,sitzer'.split(','));
const MARK = /^mk(?<number>[1-9]|i{1,3}|iv|vi{0,3}|ix)$/u;
const PLAIN_NUMBER = /^[1-9]$/u;

export interface TrimFound {
  readonly trim: string | null;
  readonly generation: string | null;
}

/**
 * What stands behind the model, as far as it names the car: generation marks are taken out and told apart, years and
 * readings end it. «VII Variant 1.6 TDI Comfortline *NAVI*» → «Variant 1.6 TDI Comfortline», generation 7.
 */
export function readTrim(text: string, make: string, numbered: boolean): TrimFound {
  const short = text.slice(0, MOST_CHARACTERS);
  const stop = STOP.exec(short);
  const line = stop === null ? short : short.slice(0, stop.index);
  const words = tokens(line);
  const kept: Token[] = [];
  let generation: string | null = null;
  for (let index = 0; index < words.length && kept.length < MOST_WORDS; index += 1) {
    const word = words[index];
    if (word === undefined) break;
    const next = words[index + 1]?.key ?? '';
    if (word.key === 'mk' && markNumber(next) !== null) continue;
    const mark = generationOf(word.key, next, words[index - 1]?.key ?? '', index, numbered, make);
    if (mark !== null) generation ??= mark;
    else if (YEAR.test(word.key) || (READING.test(word.key) && UNITS.has(next))) {
      if (kept.length > 0) break;
    } else if (!isMakeAgain(word.key, make, index === words.length - 1)) kept.push(word);
  }
  return { trim: join(line, kept), generation: generation ?? bracketed(short, make) };
}

const markNumber = (key: string): string | null => (PLAIN_NUMBER.test(key) ? key : (romans.get(key) ?? null));

function generationOf(key: string, next: string, previous: string, index: number, numbered: boolean, make: string): string | null {
  if (index === 0 && numbered && !DOORS.has(next)) {
    const number = markNumber(key);
    if (number !== null) return number;
  }
  const marked = MARK.exec(key)?.groups?.['number'];
  if (marked !== undefined) return markNumber(marked);
  if (previous === 'mk' && markNumber(key) !== null) return markNumber(key);
  // A letter alone is a mark right behind the model («Astra J») and a diesel elsewhere.
  if (key.length === 1 && index > 0) return null;
  return makeByName(make)?.index().generation?.test(key) === true ? key.toUpperCase() : null;
}

/** «911 Carrera 4S (991)». */
function bracketed(text: string, make: string): string | null {
  const inner = /\((?<inner>[\p{L}\p{N}]{2,5})\)/u.exec(text)?.groups?.['inner'];
  return inner !== undefined && makeByName(make)?.index().generation?.test(inner.toLowerCase()) === true ? inner.toUpperCase() : null;
}

/** «ML 350 Mercedes»; a make that is an everyday word only at the end («John Cooper Works Mini», not «7 seat»). */
function isMakeAgain(key: string, make: string, last: boolean): boolean {
  const meaning = catalogue().names.get(key);
  return meaning?.make === make && !meaning.keep && (!meaning.weak || (last && meaning.canonical && key !== 'seat'));
}

/** The kept words with what stood between neighbours, and a blank where a word was taken out. */
function join(line: string, kept: readonly Token[]): string | null {
  let text = '';
  let last: Token | undefined;
  for (const word of kept) {
    const between = last === undefined ? '' : line.slice(last.end, word.start);
    text += (between.trim().length <= 1 && !/[\p{L}\p{N}()]/u.test(between) ? between : ' ') + line.slice(word.start, word.end);
    last = word;
  }
  if (last !== undefined && line[last.end] === '+') text += '+';
  const trim = tidy(text);
  return trim === '' ? null : trim;
}

/** Two parts of a trim without saying anything twice. */
export function joinTrim(a: string, b: string): string {
  if (a === '') return b;
  if (b === '') return a;
  if (covers(b, a)) return b;
  return covers(a, b) ? a : `${a} ${b}`;
}

/** Whether the words of one stand together in the other. */
function covers(whole: string, part: string): boolean {
  const sought = keyOf(part);
  const keys = tokens(whole).map(({ key }) => key.replaceAll(/[.,]/gu, ''));
  for (let at = 0; at < keys.length; at += 1) {
    let run = '';
    for (let until = at; until < keys.length && run.length < sought.length; until += 1) run += keys[until] ?? '';
    if (run === sought) return true;
  }
  return false;
}
