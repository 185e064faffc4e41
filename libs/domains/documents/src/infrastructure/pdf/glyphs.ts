import { createRequire } from 'node:module';
import { type FontName, fontBytes, writes } from './fonts';

export interface Glyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly codePoints: readonly number[];
}
export interface Position {
  readonly xAdvance: number;
  readonly yAdvance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}
export interface GlyphRun {
  readonly glyphs: readonly Glyph[];
  readonly positions: readonly Position[];
  readonly advanceWidth: number;
}
/** As the library reads it from a font. */
export interface Outline {
  readonly advanceWidth: number;
  _decode(): { readonly components?: readonly { readonly glyphID: number; readonly pos: number }[] } | null;
  _getMetrics(): { readonly leftBearing: number };
}
/** Signs of a font that go into a file. */
export interface Part {
  includeGlyph(id: number): number;
  encode(): Uint8Array;
}
export interface Font {
  readonly ascent: number;
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(code: number): boolean;
  layout(text: string, features?: unknown): GlyphRun;
  readonly head: { readonly indexToLocFormat: number };
  readonly loca: { readonly offsets: readonly number[] };
  readonly directory: { readonly tables: { readonly glyf: { readonly offset: number } } };
  getGlyph(id: number): Outline;
  createSubset(): Part;
}

/** The library that the PDF library reads fonts with: the very one, since it takes what comes from it. */
const { create } = createRequire(require.resolve('pdfkit'))('fontkit') as { create(bytes: Uint8Array): Font };

/** A font that remembers nothing yet. */
export const newFont = (name: FontName): Font => create(fontBytes(name));

const readers = new Map<FontName, Font>();

/** To ask, not to write with: each thread has one of each. */
export function readerOf(name: FontName): Font {
  const reader = readers.get(name) ?? newFont(name);
  readers.set(name, reader);
  return reader;
}

export const knows = (name: FontName, sign: string): boolean => (writes[name]?.test(sign) ?? true) && readerOf(name).hasGlyphForCodePoint(sign.codePointAt(0) ?? 0);

/** Above the base line, for a size of one. */
export function ascentOf(name: FontName): number {
  const { ascent, unitsPerEm } = readerOf(name);
  return ascent / unitsPerEm;
}
