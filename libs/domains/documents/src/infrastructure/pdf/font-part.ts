import { type FontName, fontBytes } from './fonts';
import { readerOf } from './glyphs';

/** A sign as its font draws it: the bytes of its outline, and the signs that it is put together from. */
interface DrawnGlyph {
  readonly bytes: Uint8Array;
  readonly parts: readonly { readonly glyphID: number; readonly pos: number }[];
  readonly advance: number;
  readonly bearing: number;
}

/** What every part of a font has in common, as the library writes it: the part with no sign but the one for those that it lacks. */
interface Frame {
  readonly bytes: Uint8Array;
  readonly tables: readonly { readonly tag: string; readonly offset: number; readonly length: number }[];
  readonly shortOffsets: boolean;
}

const entrySize = 16;
const headSize = 12;

/**
 * The signs of a font that a document uses, to be put into it. The same bytes that the library would write, without taking
 * the font apart for it each time: what a sign looks like is found once by each thread.
 */
export class FontPart {
  private readonly glyphs: number[] = [];
  private readonly places = new Map<number, number>();

  constructor(private readonly name: FontName) {
    this.includeGlyph(0);
  }

  /** Its number within this part. */
  includeGlyph(id: number): number {
    const known = this.places.get(id);
    if (known !== undefined) return known;
    this.places.set(id, this.glyphs.length);
    return this.glyphs.push(id) - 1;
  }

  encode(): Uint8Array {
    const frame = frameOf(this.name);
    const drawn = this.drawn();
    const outlines = drawn.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const sizes: Readonly<Record<string, number>> = { loca: (drawn.length + 1) * (frame.shortOffsets ? 2 : 4), glyf: outlines, hmtx: drawn.length * 4 };
    const begin = headSize + frame.tables.length * entrySize;
    const out = new Uint8Array(frame.tables.reduce((sum, { tag, length }) => sum + (sizes[tag] ?? length), begin));
    const view = new DataView(out.buffer);
    out.set(frame.bytes.subarray(0, begin));
    let at = begin;
    frame.tables.forEach(({ tag, offset, length }, index) => {
      const size = sizes[tag] ?? length;
      view.setUint32(headSize + index * entrySize + 8, at);
      view.setUint32(headSize + index * entrySize + 12, size);
      if (tag === 'loca') writePlaces(view, at, drawn, frame.shortOffsets);
      else if (tag === 'glyf') writeOutlines(out, at, drawn);
      else if (tag === 'hmtx') writeMetrics(view, at, drawn);
      else out.set(frame.bytes.subarray(offset, offset + length), at);
      if (tag === 'maxp') view.setUint16(at + 4, drawn.length);
      if (tag === 'hhea') view.setUint16(at + 34, drawn.length);
      at += size;
    });
    return out;
  }

  /** Signs that others are put together from come in as well, by their number here. */
  private drawn(): DrawnGlyph[] {
    const all: DrawnGlyph[] = [];
    for (let index = 0; index < this.glyphs.length; index++) {
      const glyph = drawnAs(this.name, this.glyphs[index] ?? 0);
      all.push(glyph.parts.length === 0 ? glyph : { ...glyph, bytes: this.renumbered(glyph) });
    }
    return all;
  }

  private renumbered({ bytes, parts }: DrawnGlyph): Uint8Array {
    const own = Uint8Array.from(bytes);
    const view = new DataView(own.buffer);
    for (const { glyphID, pos } of parts) view.setUint16(pos, this.includeGlyph(glyphID));
    return own;
  }
}

function writePlaces(view: DataView, at: number, drawn: readonly DrawnGlyph[], short: boolean): void {
  let offset = 0;
  for (let index = 0; index <= drawn.length; index++) {
    if (short) view.setUint16(at + index * 2, offset / 2);
    else view.setUint32(at + index * 4, offset);
    offset += drawn[index]?.bytes.length ?? 0;
  }
}

function writeOutlines(out: Uint8Array, at: number, drawn: readonly DrawnGlyph[]): void {
  let offset = at;
  for (const { bytes } of drawn) {
    out.set(bytes, offset);
    offset += bytes.length;
  }
}

function writeMetrics(view: DataView, at: number, drawn: readonly DrawnGlyph[]): void {
  drawn.forEach(({ advance, bearing }, index) => {
    view.setUint16(at + index * 4, advance);
    view.setInt16(at + index * 4 + 2, bearing);
  });
}

const frames = new Map<FontName, Frame>();

function frameOf(name: FontName): Frame {
  const known = frames.get(name);
  if (known !== undefined) return known;
  const reader = readerOf(name);
  const bytes = reader.createSubset().encode();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = Array.from({ length: view.getUint16(4) }, (_, index) => {
    const entry = headSize + index * entrySize;
    return { tag: String.fromCharCode(...bytes.subarray(entry, entry + 4)), offset: view.getUint32(entry + 8), length: view.getUint32(entry + 12) };
  });
  const frame = { bytes, tables, shortOffsets: reader.head.indexToLocFormat === 0 };
  frames.set(name, frame);
  return frame;
}

const drawn = new Map<FontName, Map<number, DrawnGlyph>>();

function drawnAs(name: FontName, id: number): DrawnGlyph {
  const ofFont = drawn.get(name) ?? new Map<number, DrawnGlyph>();
  drawn.set(name, ofFont);
  const glyph = ofFont.get(id) ?? read(name, id);
  ofFont.set(id, glyph);
  return glyph;
}

function read(name: FontName, id: number): DrawnGlyph {
  const reader = readerOf(name);
  const glyph = reader.getGlyph(id);
  const start = reader.directory.tables.glyf.offset;
  const [from = 0, to = 0] = reader.loca.offsets.slice(id, id + 2);
  return { bytes: fontBytes(name).subarray(start + from, start + to), parts: glyph._decode()?.components ?? [], advance: glyph.advanceWidth, bearing: glyph._getMetrics().leftBearing };
}
