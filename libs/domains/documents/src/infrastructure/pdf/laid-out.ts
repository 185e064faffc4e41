import type { FontName } from './fonts';
import { type GlyphRun, readerOf } from './glyphs';
import { plain } from './letters';

/** A sign of a font, as a document writes it: by its number in the font. */
export interface Sign {
  readonly id: number;
  /** Four digits. */
  readonly code: string;
  /** In thousandths of the size, as are all measures here. */
  readonly advance: number;
  /** The characters that it stands for. */
  readonly characters: readonly number[];
}

/** Codes that stand at one place, with the gaps between them: what a `TJ` shows, without its first and its last bracket. */
export interface Piece {
  readonly codes: string;
  readonly x: number;
  readonly y: number;
}

/** Text as it is laid out in one font. */
export interface Laid {
  readonly width: number;
  readonly pieces: readonly Piece[];
  /** Each once. */
  readonly signs: readonly Sign[];
}

/** Words come again in the next document, and what we always say line by line; more than these are other people's names. */
const most = { words: 20_000, lines: 5_000 };

/** What a thread has found out of a font: how a word is laid out depends on the word alone, and takes longer than anything else. */
class Findings {
  private readonly words = new Map<string, Laid>();
  private readonly lines = new Map<string, Laid>();
  private readonly signs = new Map<number, Sign>();
  /** What stands between two signs, by both. */
  private readonly gaps = new Map<number, number>();

  constructor(private readonly name: FontName) {}

  line(text: string): Laid {
    return kept(this.lines, text, most.lines, () => joined(wordsOf(text).map((word) => kept(this.words, word, most.words, () => this.together(word) ?? this.anew(word)))));
  }

  /** From what other words have shown. Here a sign is its own only, and stands off another by what the two of them are. */
  private together(text: string): Laid | null {
    const signs: Sign[] = [];
    let [codes, width] = ['', 0];
    for (let index = 0; index < text.length; index++) {
      const [code, next] = [text.charCodeAt(index), text.charCodeAt(index + 1)];
      const sign = this.signs.get(code);
      const gap = Number.isNaN(next) ? 0 : this.gaps.get(pairOf(code, next));
      if (sign === undefined || gap === undefined) return null;
      signs.push(sign);
      codes += gap === 0 ? sign.code : apart(sign.code, gap);
      width += sign.advance + gap;
    }
    return { width, pieces: [{ codes, x: 0, y: 0 }], signs: [...new Set(signs)] };
  }

  private anew(text: string): Laid {
    const reader = readerOf(this.name);
    const run = reader.layout(text);
    if (pairwise.has(this.name) && plain.test(text)) this.learn(run, [...text].map((sign) => sign.charCodeAt(0)));
    return laidOf(run, 1_000 / reader.unitsPerEm);
  }

  private learn({ glyphs, positions }: GlyphRun, characters: readonly number[]): void {
    if (glyphs.length !== characters.length) return;
    const reader = readerOf(this.name);
    const scale = 1_000 / reader.unitsPerEm;
    const own = glyphs.map(({ id }, index) => id === reader.glyphForCodePoint(characters[index] ?? 0).id && positions[index]?.xOffset === 0 && positions[index]?.yOffset === 0);
    glyphs.forEach(({ id, advanceWidth }, index) => {
      const [code = 0, next] = characters.slice(index, index + 2);
      if (own[index] !== true) return;
      if (!this.signs.has(code)) this.signs.set(code, signOf(id, advanceWidth * scale, [code]));
      if (next !== undefined && own[index + 1] === true) this.gaps.set(pairOf(code, next), ((positions[index]?.xAdvance ?? 0) - advanceWidth) * scale);
    });
  }
}

/** Whose signs know their neighbours and nothing beyond: a spec holds all that is put together against the library. */
export const pairwise: ReadonlySet<FontName> = new Set(['regular', 'bold']);

const pairOf = (code: number, next: number): number => code * 0x1_0000 + next;
const signOf = (id: number, advance: number, characters: readonly number[]): Sign => ({ id, code: id.toString(16).padStart(4, '0'), advance, characters });
/** The second of two codes stands so much further. */
const apart = (code: string, gap: number): string => `${code}> ${short(-gap)} <`;
/** With as many digits as can be seen. */
export const short = (value: number): number => Math.round(value * 1_000) / 1_000;

/** What was found out before, or is now; of more than `size` all is found out anew. */
export function kept<T>(store: Map<string, T>, key: string, size: number, make: () => T): T {
  const known = store.get(key);
  if (known !== undefined) return known;
  if (store.size >= size) store.clear();
  const made = make();
  store.set(key, made);
  return made;
}

/** A word and the space after it: no sign of one knows any of the next. */
const wordsOf = (text: string): string[] => text.match(/[^ ]* |[^ ]+$/gu) ?? [];

/** As the library lays it out. */
function laidOf({ glyphs, positions }: GlyphRun, scale: number): Laid {
  const pieces: Piece[] = [];
  const signs = new Map<number, Sign>();
  let [width, open] = [0, false];
  glyphs.forEach(({ id, advanceWidth, codePoints }, index) => {
    const { xAdvance = advanceWidth, xOffset = 0, yOffset = 0 } = positions[index] ?? {};
    const sign = signOf(id, advanceWidth * scale, codePoints);
    if (!signs.has(id)) signs.set(id, sign);
    const codes = xAdvance === advanceWidth ? sign.code : apart(sign.code, (xAdvance - advanceWidth) * scale);
    const isAtItsPlace = xOffset === 0 && yOffset === 0;
    const last = pieces.at(-1);
    if (open && isAtItsPlace && last !== undefined) pieces[pieces.length - 1] = { ...last, codes: last.codes + codes };
    else pieces.push({ codes, x: width + xOffset * scale, y: yOffset * scale });
    open = isAtItsPlace;
    width += xAdvance * scale;
  });
  return { width, pieces, signs: [...signs.values()] };
}

const flows = ({ pieces: [first, ...others] }: Laid): boolean => others.length === 0 && first?.x === 0 && first.y === 0;

function joined(words: readonly Laid[]): Laid {
  const pieces: Piece[] = [];
  const signs = new Map<number, Sign>();
  let [width, open] = [0, false];
  for (const word of words) {
    for (const sign of word.signs) if (!signs.has(sign.id)) signs.set(sign.id, sign);
    const last = pieces.at(-1);
    const isPlain = flows(word);
    if (open && isPlain && last !== undefined) pieces[pieces.length - 1] = { ...last, codes: last.codes + (word.pieces[0]?.codes ?? '') };
    else for (const { codes, x, y } of word.pieces) pieces.push({ codes, x: x + width, y });
    open = isPlain;
    width += word.width;
  }
  return { width, pieces, signs: [...signs.values()] };
}

const findings = new Map<FontName, Findings>();

function findingsOf(name: FontName): Findings {
  const known = findings.get(name) ?? new Findings(name);
  findings.set(name, known);
  return known;
}

/** A line or a part of one, in one font. */
export const laidIn = (name: FontName, text: string): Laid => findingsOf(name).line(text);
