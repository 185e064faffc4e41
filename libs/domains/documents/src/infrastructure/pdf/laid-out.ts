import { FontPart } from './font-part';
import type { FontName } from './fonts';
import { type Font, type Glyph, type GlyphRun, newFont, type Position, readerOf } from './glyphs';

interface Word {
  readonly glyphs: readonly Glyph[];
  readonly positions: readonly Position[];
}

/** Words come again in the next document; more than these are other people's names. */
const most = 20_000;
const words = new Map<string, Word | null>();

/**
 * A font for one document. How a word is laid out depends on the word alone, and takes longer than anything else: each thread
 * does it once. A font that lays something out remembers what for, so that every document has one of its own for the rest.
 */
export function fontFor(name: FontName): Font {
  let own: Font | null = null;
  const anew = (text: string, features?: unknown): GlyphRun => (own ??= newFont(name)).layout(text, features);
  const layout: Font['layout'] = (text, features) => (features === undefined ? known(name, text) : null) ?? anew(text, features);
  return Object.create(readerOf(name), { layout: { value: layout }, createSubset: { value: () => new FontPart(name) } }) as Font;
}

function known(name: FontName, text: string): GlyphRun | null {
  const key = `${name} ${text}`;
  let word = words.get(key);
  if (word === undefined) {
    if (words.size >= most) words.clear();
    word = wordOf(name, text);
    words.set(key, word);
  }
  return word === null ? null : runOf(word);
}

/** Written from left to right, each character by itself. */
const plain = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Common}]*$/u;

/** Null where signs are put together or change places: the document lays those out. */
function wordOf(name: FontName, text: string): Word | null {
  if (!plain.test(text)) return null;
  const { glyphs, positions } = readerOf(name).layout(text);
  const signs = [...text].map((sign) => sign.codePointAt(0) ?? 0);
  if (glyphs.length !== signs.length) return null;
  // A sign of the font may stand for several characters, and the reader remembers the first: here it stands for this word's.
  return { glyphs: glyphs.map(({ id, advanceWidth }, index) => ({ id, advanceWidth, codePoints: signs.slice(index, index + 1) })), positions: positions.map((position) => ({ ...position })) };
}

/** Whoever gets it scales its positions. */
function runOf({ glyphs, positions }: Word): GlyphRun {
  const own = positions.map((position) => ({ ...position }));
  return {
    glyphs,
    positions: own,
    get advanceWidth() {
      return own.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
    },
  };
}
