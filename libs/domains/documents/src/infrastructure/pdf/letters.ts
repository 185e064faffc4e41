import anyAscii from 'any-ascii';
import { chains, type FontName } from './fonts';
import { knows } from './glyphs';

export type Weight = keyof typeof chains;

/** A part of a line that one font can write. */
export interface Run {
  readonly text: string;
  readonly font: FontName;
}

/** What most lines are made of, and every font of ours knows: looked at no further. */
export const plain = /^[\n\x20-\x7e\u00a0-\u00ac\u00ae-\u017f–—‘’‚“”„‹›…•€−]*$/u;
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Variation_Selector}]/gu;
// Pictures that stand where somebody's name or words do say nothing that a document has to say.
const pictures = /(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier})+ ?/gu;

const isMark = /\p{M}/u;
// A word is written in its own letters or in ours: half and half, nobody could read it. Of Han, each sign says something by itself.
const words = /(?:(?![\p{Script=Latin}\p{Script=Han}])[\p{L}\p{M}\p{N}])+/gu;

/**
 * The same text without what can't be seen. A sign that no font has would make the file no PDF/A any more: what it sounds like
 * is written in letters that everybody has, as passports do it.
 */
export function writable(text: string, weight: Weight): string {
  if (plain.test(text)) return text;
  const clean = text.normalize('NFC').replaceAll(invisible, (sign) => (sign === '\n' ? sign : ''));
  const has = (sign: string): boolean => sign === '\n' || chains[weight].some((font) => knows(font, sign));
  if ([...clean].every(has)) return clean;
  const known = (text: string): boolean => [...text].every(has);
  const said = clean.replaceAll(pictures, (found) => (known(found) ? found : '')).replaceAll(words, (word) => (known(word) ? word : inLatin(word)));
  return [...inLatin(said, has)].map((sign) => (has(sign) ? sign : '□')).join('');
}

/** A sign of which nobody knows what it sounds like stays, but for a mark without its letter. */
const inLatin = (text: string, but: (sign: string) => boolean = () => false): string =>
  [...text].map((sign) => (but(sign) ? sign : anyAscii(sign) || (isMark.test(sign) ? '' : sign))).join('');

const rightToLeft = String.raw`\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}`;
const isRightToLeft = new RegExp(`[${rightToLeft}]`, 'u');
/** From the first sign of such a script to the last one before a letter of another. */
const span = new RegExp(`[${rightToLeft}](?:[^\\p{L}]|[${rightToLeft}])*[${rightToLeft}]`, 'gu');

const fontOf = (sign: string, weight: Weight): FontName => chains[weight].find((font) => knows(font, sign)) ?? chains[weight][0];

/** In the fonts that know its signs. */
export function runsOf(line: string, weight: Weight): Run[] {
  const [first] = chains[weight];
  if (plain.test(line) || [...line].every((sign) => knows(first, sign))) return [{ text: line, font: first }];
  const runs: { text: string; font: FontName }[] = [];
  for (const sign of inReadingOrder(line)) {
    const last = runs.at(-1);
    // After a word that is read from the right it stands by itself: it would be put before it.
    const follows = (sign === ' ' && !isRightToLeft.test(last?.text ?? '')) || isMark.test(sign);
    const stays = last !== undefined && follows && knows(last.font, sign);
    const font = stays ? last.font : fontOf(sign, weight);
    if (last?.font === font) last.text += sign;
    else runs.push({ text: sign, font });
  }
  return runs;
}

/** Words that are read from right to left stand in that order; the signs of each are put so by whoever draws them. */
function inReadingOrder(line: string): string {
  return line.replaceAll(span, (words) => words.split(' ').reverse().join(' '));
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** What a reader takes for one sign each. */
export const signsOf = (word: string): string[] => Array.from(graphemes.segment(word), ({ segment }) => segment);
