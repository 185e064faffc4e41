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
}
/** As the library reads it from a font. */
export interface Outline extends Glyph {
  _decode(): { readonly components?: readonly { readonly glyphID: number; readonly pos: number }[] } | null;
  _getMetrics(): { readonly leftBearing: number };
}
/** Signs of a font that go into a file. */
export interface Part {
  includeGlyph(id: number): number;
  encode(): Uint8Array;
}
export interface Font {
  readonly postscriptName: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly lineGap: number;
  readonly capHeight: number;
  readonly xHeight: number;
  readonly italicAngle: number;
  readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };
  glyphForCodePoint(code: number): Glyph;
  hasGlyphForCodePoint(code: number): boolean;
  layout(text: string, features?: unknown): GlyphRun;
  readonly head: { readonly indexToLocFormat: number };
  readonly loca: { readonly offsets: readonly number[] };
  readonly directory: { readonly tables: { readonly glyf: { readonly offset: number } } };
  getGlyph(id: number, codePoints?: readonly number[]): Outline;
  createSubset(): Part;
}

/** The library that the PDF library reads fonts with: the very one, since it takes what comes from it. */
const { create } = createRequire(require.resolve('pdfkit'))('fontkit') as { create(bytes: Uint8Array): Font };

/** A font that has been asked nothing yet. */
export const newFont = (name: FontName): Font => create(fontBytes(name));

const readers = new Map<FontName, Font>();

/**
 * Each thread has one of each. The library remembers a sign with the characters that it came for first: this one says
 * for every text what it stands for there, and so lays a text out the same whatever it has laid out before.
 */
export function readerOf(name: FontName): Font {
  const known = readers.get(name);
  if (known !== undefined) return known;
  const font = newFont(name);
  const remembered = font.getGlyph.bind(font);
  const getGlyph: Font['getGlyph'] = (id, codePoints = []) => {
    const glyph = remembered(id, codePoints);
    return glyph.codePoints === codePoints ? glyph : (Object.create(glyph, { codePoints: { value: codePoints } }) as Outline);
  };
  const reader = Object.assign(font, { getGlyph });
  readers.set(name, reader);
  return reader;
}

export const knows = (name: FontName, sign: string): boolean => (writes[name]?.test(sign) ?? true) && readerOf(name).hasGlyphForCodePoint(sign.codePointAt(0) ?? 0);

/** Of a line in this font, for a size of one. */
export interface LineMetrics {
  /** From the top to the base line. */
  readonly ascent: number;
  readonly height: number;
}

const metrics = new Map<FontName, LineMetrics>();

export function metricsOf(name: FontName): LineMetrics {
  const known = metrics.get(name);
  if (known !== undefined) return known;
  const { ascent, descent, lineGap, unitsPerEm } = readerOf(name);
  const found = { ascent: ascent / unitsPerEm, height: (ascent + lineGap - descent) / unitsPerEm };
  metrics.set(name, found);
  return found;
}
