import { FontPart } from './font-part';
import { chains, type FontName } from './fonts';
import { readerOf } from './glyphs';
import { type Laid, laidIn, short, type Sign } from './laid-out';
import { packed, type PaperFile } from './paper-file';

/** A font in one document: what is written in it, and what goes into the file for that. */
export class WrittenFont {
  private readonly signs = new Map<number, Sign>();
  private readonly written = new Set<Laid>();
  private readonly dictionary: PDFKit.PDFKitReference;

  constructor(
    private readonly doc: PaperFile,
    private readonly name: FontName,
    /** `F1` */
    readonly id: string,
  ) {
    this.dictionary = doc.ref({ Type: 'Font', Subtype: 'Type0', Encoding: 'Identity-H' });
  }

  /** What is on the page that is being written from now on. */
  write(text: string): Laid {
    const laid = laidIn(this.name, text);
    const fonts = this.doc.page.fonts as Record<string, PDFKit.PDFKitReference>;
    fonts[this.id] ??= this.dictionary;
    if (this.written.has(laid)) return laid;
    this.written.add(laid);
    for (const sign of laid.signs) if (!this.signs.has(sign.id)) this.signs.set(sign.id, sign);
    return laid;
  }

  /** When all is written. */
  embed(): void {
    const { doc, name } = this;
    const usual = hasUsual.has(name) ? usualOf(name) : null;
    const isUsual = usual !== null && [...this.signs.keys()].every((id) => usual.ids.has(id));
    const { outlines, size, places, widths, unicode } = isUsual ? usual.part : partOf(name, [...this.signs.values()]);
    const BaseFont = `${this.tag()}+${readerOf(name).postscriptName.replaceAll(' ', '_')}`;
    const descendant = {
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont,
      CIDSystemInfo: { Registry: text('Adobe'), Ordering: text('Identity'), Supplement: 0 },
      FontDescriptor: doc.put({ FontName: BaseFont, ...descriptorOf(name), FontFile2: doc.putPacked({ Length1: size }, outlines) }),
      W: widths,
      CIDToGIDMap: doc.putPacked({}, places),
    };
    Object.assign(this.dictionary.data, { BaseFont, DescendantFonts: [doc.put(descendant)], ToUnicode: doc.putPacked({}, unicode) });
    this.dictionary.end(null);
  }

  /** Six letters that mark a font as a part of one. */
  private tag(): string {
    return [...this.id.slice(1).padStart(6, '0')].map((digit) => String.fromCharCode(0x41 + Number(digit))).join('');
  }
}

/** Some signs of a font, as they go into a file: known to it by their numbers in the whole font, and one after the other in the part. */
interface PackedPart {
  readonly outlines: Uint8Array;
  /** Of the outlines, unpacked. */
  readonly size: number;
  readonly places: Uint8Array;
  readonly unicode: Uint8Array;
  readonly widths: readonly (number | number[])[];
}

function partOf(name: FontName, some: readonly Sign[], level?: number): PackedPart {
  const signs = some.toSorted((a, b) => a.id - b.id);
  const part = new FontPart(name);
  const places = Buffer.alloc(2 * ((signs.at(-1)?.id ?? 0) + 1));
  for (const { id } of signs) places.writeUInt16BE(part.includeGlyph(id), 2 * id);
  const outlines = part.encode();
  return { outlines: packed(outlines, level), size: outlines.length, places: packed(places, level), widths: widthsOf(signs), unicode: packed(Buffer.from(unicodeOf(signs), 'latin1'), level) };
}

/** What nearly every paper is written with, two letters that are one sign among it. One that needs no other sign takes them all: they are packed once by each thread. */
const usualSigns = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 \u00a0.,:;-–−+()/&%@_\'’„“«»·€$§*ÄÖÜäöüßàèéìòùÈ', 'fi', 'fl'];

const hasUsual: ReadonlySet<FontName> = new Set([chains.regular[0], chains.bold[0]]);

interface UsualPart {
  readonly ids: ReadonlySet<number>;
  readonly part: PackedPart;
}
const usualParts = new Map<FontName, UsualPart>();

function usualOf(name: FontName): UsualPart {
  const known = usualParts.get(name);
  if (known !== undefined) return known;
  const signs = usualSigns.flatMap((sign) => laidIn(name, sign).signs);
  const made = { ids: new Set(signs.map(({ id }) => id)), part: partOf(name, signs, 9) };
  usualParts.set(name, made);
  return made;
}

/** A text as the library takes it: else it is a name. */
const text = (value: string): object => Object(value) as object;

function descriptorOf(name: FontName): object {
  const { ascent, descent, capHeight, xHeight, italicAngle, bbox, unitsPerEm } = readerOf(name);
  const scaled = (value: number): number => (value * 1_000) / unitsPerEm;
  return {
    Type: 'FontDescriptor',
    // Its signs are none of a usual alphabet's order.
    Flags: 4,
    FontBBox: [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map(scaled),
    ItalicAngle: italicAngle,
    Ascent: scaled(ascent),
    Descent: scaled(descent),
    CapHeight: scaled(capHeight || ascent),
    XHeight: scaled(xHeight || 0),
    StemV: 0,
  };
}

/** Signs whose numbers follow each other. */
function rows(signs: readonly Sign[], most: number): Sign[][] {
  const found: Sign[][] = [];
  for (const sign of signs) {
    const last = found.at(-1);
    // The upper half of a number is the same within a row.
    if (last !== undefined && last.length < most && last.at(-1)?.id === sign.id - 1 && sign.id % 0x100 !== 0) last.push(sign);
    else found.push([sign]);
  }
  return found;
}

const widthsOf = (signs: readonly Sign[]): (number | number[])[] => rows(signs, 1_000).flatMap((row) => [row[0]?.id ?? 0, row.map(({ advance }) => short(advance))]);

const utf16 = (characters: readonly number[]): string => Buffer.from(String.fromCodePoint(...characters), 'utf16le').swap16().toString('hex');

/** From its codes to characters, for who copies or searches. */
function unicodeOf(signs: readonly Sign[]): string {
  const ranges = rows(signs, 100).map((row) => `<${row[0]?.code ?? ''}> <${row.at(-1)?.code ?? ''}> [${row.map(({ characters }) => `<${utf16(characters)}>`).join(' ')}]`);
  const blocks = Array.from({ length: Math.ceil(ranges.length / 100) }, (_, index) => ranges.slice(index * 100, (index + 1) * 100));
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.map((block) => `${block.length} beginbfrange\n${block.join('\n')}\nendbfrange\n`).join('')}endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
}
