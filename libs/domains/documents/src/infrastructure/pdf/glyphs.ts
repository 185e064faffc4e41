import { createRequire } from 'node:module';
import { type FontName, fontBytes } from './fonts';

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
/** What the PDF library asks of a sign when it puts a part of a font into a file. */
export interface DrawnGlyph {
  readonly advanceWidth: number;
  _decode(): { readonly numberOfContours: number; readonly components?: unknown } | null;
  _getMetrics(): { readonly leftBearing: number };
}
export interface Font {
  readonly ascent: number;
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(code: number): boolean;
  layout(text: string, features?: unknown): GlyphRun;
  getGlyph(id: number): DrawnGlyph;
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

export const knows = (name: FontName, sign: string): boolean => readerOf(name).hasGlyphForCodePoint(sign.codePointAt(0) ?? 0);

/** Above the base line, for a size of one. */
export function ascentOf(name: FontName): number {
  const { ascent, unitsPerEm } = readerOf(name);
  return ascent / unitsPerEm;
}
