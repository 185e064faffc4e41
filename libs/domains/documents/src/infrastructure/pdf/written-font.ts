import { FontPart } from './font-part';
import type { FontName } from './fonts';
import { readerOf } from './glyphs';
import { type Laid, laidIn, short, type Sign } from './laid-out';

/** A font in one document: what is written in it, and what goes into the file for that. */
export class WrittenFont {
  private readonly signs = new Map<number, Sign>();
  private readonly written = new Set<Laid>();
  private readonly dictionary: PDFKit.PDFKitReference;

  constructor(
    private readonly doc: PDFKit.PDFDocument,
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

  /** When all is written: its signs are known to the file by their numbers in the whole font, and stand in it one after the other. */
  embed(): void {
    const { doc, name } = this;
    const signs = [...this.signs.values()].toSorted((a, b) => a.id - b.id);
    const part = new FontPart(name);
    const places = new Uint8Array(2 * ((signs.at(-1)?.id ?? 0) + 1));
    const view = new DataView(places.buffer);
    for (const { id } of signs) view.setUint16(2 * id, part.includeGlyph(id));
    const outlines = part.encode();
    const baseName = `${this.tag()}+${readerOf(name).postscriptName.replaceAll(' ', '_')}`;
    const put = (data: object, body: Uint8Array | null = null): PDFKit.PDFKitReference => {
      const made = doc.ref(data);
      made.end(body);
      return made;
    };
    const descendant = {
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: baseName,
      CIDSystemInfo: { Registry: text('Adobe'), Ordering: text('Identity'), Supplement: 0 },
      FontDescriptor: put({ FontName: baseName, ...descriptorOf(name), FontFile2: put({ Length1: outlines.length }, outlines) }),
      W: widthsOf(signs),
      CIDToGIDMap: put({}, places),
    };
    Object.assign(this.dictionary.data, { BaseFont: baseName, DescendantFonts: [put(descendant)], ToUnicode: put({}, Buffer.from(unicodeOf(signs), 'latin1')) });
    this.dictionary.end(null);
  }

  /** Six letters that mark a font as a part of one. */
  private tag(): string {
    return [...this.id.slice(1).padStart(6, '0')].map((digit) => String.fromCharCode(0x41 + Number(digit))).join('');
  }
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
