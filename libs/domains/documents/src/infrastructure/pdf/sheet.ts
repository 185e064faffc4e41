import { chains, type FontName } from './fonts';
import { metricsOf } from './glyphs';
import { kept, laidIn, short } from './laid-out';
import { runsOf, signsOf, type Weight, writable } from './letters';
import { PaperFile } from './paper-file';
import { TextBlock } from './text-block';
import { WrittenFont } from './written-font';

export interface TextStyle {
  readonly font?: Weight;
  readonly size?: number;
  readonly colour?: string;
  readonly align?: 'left' | 'right' | 'center';
  readonly gap?: number;
}

export const ink = '#1c2430';
export const muted = '#667080';
export const hair = '#d5dae1';
export const tint = '#f4f6f8';

export interface SheetOptions {
  readonly size: 'A4' | 'LETTER';
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly language: string;
  readonly at: Date;
  readonly colour: string;
}

/** Of the file's own data: the library writes it into XML as it is. */
const plainText = (text: string): string => text.replaceAll('&', '+').replaceAll(/[<>]/gu, '');

/** Pages with a cursor: what is put on them goes down, and over to the next one where it does not fit. */
export class Sheet {
  readonly doc: PaperFile;
  readonly left = 56;
  readonly width: number;
  readonly colour: string;
  y = 0;
  private readonly bottom: number;
  /** Runs whenever a page begins, and says where its content begins. */
  onPage: (first: boolean) => number = () => 60;
  private pages = 0;
  private readonly fonts = new Map<FontName, WrittenFont>();

  constructor(options: SheetOptions) {
    this.doc = new PaperFile({
      size: options.size,
      margins: { top: 0, bottom: 0, left: 0, right: 0 },
      autoFirstPage: false,
      bufferPages: true,
      pdfVersion: '1.7',
      subset: 'PDF/A-3b',
      lang: options.language,
      displayTitle: true,
      // None of the reader's own fonts, not even to begin with: in ten years it has others.
      font: '',
      info: { Title: plainText(options.title), Author: plainText(options.author), Subject: plainText(options.subject), Creator: 'Autobroker', Producer: 'Autobroker', CreationDate: options.at, ModDate: options.at },
    });
    this.colour = options.colour;
    const [pageWidth, pageHeight] = options.size === 'A4' ? [595.28, 841.89] : [612, 792];
    this.width = pageWidth - 2 * this.left;
    this.bottom = pageHeight - 86;
  }

  get pageHeight(): number {
    return this.doc.page.height;
  }

  /** Where the content of a page ends. */
  get floor(): number {
    return this.bottom;
  }

  page(): void {
    this.doc.addPage();
    this.pages += 1;
    this.y = this.onPage(this.pages === 1);
  }

  /** Goes on to the next page unless so much fits on this one. Whether it did. */
  need(height: number): boolean {
    if (this.y + height <= this.bottom) return false;
    this.page();
    return true;
  }

  /** Of so many lines, each with the space under it. */
  height(text: string, width: number, style: TextStyle = {}): number {
    return this.lines(text, width, style).length * this.lineHeight(style);
  }

  widthOf(text: string, style: TextStyle = {}): number {
    const weight = style.font ?? 'regular';
    return this.measure(writable(text, weight), weight) * ((style.size ?? 10) / measured);
  }

  /** At a place, without moving the cursor. Its height. */
  put(text: string, x: number, y: number, width: number, style: TextStyle = {}): number {
    const lines = this.lines(text, width, style);
    this.show(lines, x, y, width, style);
    return lines.length * this.lineHeight(style);
  }

  /** Text of any length from the cursor on, line by line over as many pages as it takes. */
  flow(text: string, x: number, width: number, style: TextStyle = {}): void {
    const height = this.lineHeight(style);
    let lines = this.lines(text, width, style);
    while (lines.length > 0) {
      const fit = this.fitting(lines.length, height);
      this.show(lines.slice(0, fit), x, this.y, width, style);
      this.y += fit * height;
      lines = lines.slice(fit);
      if (lines.length > 0) this.page();
    }
  }

  /** How many of so many lines go on this page: never one alone here, nor one alone on the next. */
  private fitting(count: number, height: number): number {
    const room = Math.floor((this.bottom - this.y) / height + 0.001);
    if (room >= count) return count;
    const fit = count - room === 1 ? room - 1 : room;
    // Where not even that goes, a page that has only begun takes what it can.
    return fit > 1 ? fit : this.y < this.bottom / 2 ? Math.max(1, room) : 0;
  }

  /** On one line: what is too long ends in an ellipsis. */
  clip(text: string, width: number, style: TextStyle = {}): string {
    const plain = text.replaceAll('\n', ' ');
    if (this.widthOf(plain, style) <= width) return plain;
    const [signs, room] = [signsOf(plain), width - this.widthOf('…', style)];
    let [kept, used] = ['', 0];
    for (const sign of signs) {
      used += this.widthOf(sign, style);
      if (used > room) break;
      kept += sign;
    }
    return `${kept.trimEnd()}…`;
  }

  rule(y: number, x = this.left, width = this.width, colour = hair, thickness = 0.6): void {
    this.doc.addContent(`q ${thickness} w ${rgb(colour)} RG ${short(x)} ${short(y)} m ${short(x + width)} ${short(y)} l S Q`);
  }

  box(x: number, y: number, width: number, height: number, colour: string): void {
    this.doc.addContent(`q ${rgb(colour)} rg ${short(x)} ${short(y)} ${short(width)} ${short(height)} re f Q`);
  }

  /** Broken between words, and within one that is wider than its place. */
  private lines(text: string, width: number, style: TextStyle): readonly string[] {
    const weight = style.font ?? 'regular';
    const room = (width * measured) / (style.size ?? 10);
    return broken[weight].of(room, text, () => this.broken(writable(text, weight), weight, room));
  }

  private broken(text: string, weight: Weight, room: number): string[] {
    const space = this.measure(' ', weight);
    return text.split('\n').flatMap((paragraph) => {
      const out: string[] = [];
      let line = '';
      let used = 0;
      for (const word of paragraph.split(' ').flatMap((each) => this.pieces(each, weight, room))) {
        const size = this.measure(word, weight);
        if (line !== '' && used + space + size > room) {
          out.push(line);
          line = '';
        }
        used = line === '' ? size : used + space + size;
        line = line === '' ? word : `${line} ${word}`;
      }
      return [...out, line];
    });
  }

  private pieces(word: string, weight: Weight, room: number): string[] {
    if (this.measure(word, weight) <= room) return [word];
    const out: string[] = [];
    let piece = '';
    let used = 0;
    for (const sign of signsOf(word)) {
      const size = this.measure(sign, weight);
      if (piece !== '' && used + size > room) {
        out.push(piece);
        piece = '';
        used = 0;
      }
      piece += sign;
      used += size;
    }
    return [...out, piece];
  }

  /** Lines under each other, each on one base line whatever fonts it takes. */
  private show(lines: readonly string[], x: number, y: number, width: number, style: TextStyle): void {
    const { size = 10, align = 'left', colour = ink, font: weight = 'regular' } = style;
    const height = this.lineHeight(style);
    const top = y + metricsOf(chains[weight][0]).ascent * size;
    const block = new TextBlock(size, rgb(colour), height);
    lines.forEach((line, index) => {
      let left = x + (align === 'left' || line === '' ? 0 : (width - this.widthOf(line, style)) * (align === 'right' ? 1 : 0.5));
      for (const { text, font: name } of line === '' ? [] : runsOf(line, weight)) {
        const font = this.font(name);
        const laid = font.write(text);
        for (const piece of laid.pieces) block.put(font.id, piece, left, top + index * height);
        left += (laid.width * size) / measured;
      }
    });
    this.doc.addContent(block.toString());
  }

  /** Begun by the first text that is written in it: some are large, and most documents do without. */
  private font(name: FontName): WrittenFont {
    const font = this.fonts.get(name) ?? new WrittenFont(this.doc, name, `F${this.fonts.size + 1}`);
    this.fonts.set(name, font);
    return font;
  }

  private lineHeight({ font = 'regular', size = 10, gap = 2 }: TextStyle): number {
    return metricsOf(chains[font][0]).height * size + gap;
  }

  private measure(text: string, weight: Weight): number {
    return kept(widths[weight], text, 20_000, () => runsOf(text, weight).reduce((sum, run) => sum + laidIn(run.font, run.text).width, 0));
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    for (const font of this.fonts.values()) font.embed();
    this.doc.end();
    const chunks: Buffer[] = [];
    for await (const chunk of this.doc) chunks.push(chunk as Buffer);
    // Bytes of its own memory can be handed to another thread without being copied.
    return new Uint8Array(Buffer.concat(chunks));
  }
}

/** In thousandths of the size. Most words come again, in this document or the next, and so do lines of what is always said. */
const measured = 1_000;
const widths: Readonly<Record<Weight, Map<string, number>>> = { regular: new Map(), bold: new Map() };

/** Texts in lines, by the room that they have. */
class BrokenTexts {
  private readonly rooms = new Map<number, Map<string, readonly string[]>>();
  private count = 0;

  of(room: number, text: string, make: () => readonly string[]): readonly string[] {
    const known = this.rooms.get(room)?.get(text);
    if (known !== undefined) return known;
    const made = make();
    if (++this.count > 5_000) {
      this.rooms.clear();
      this.count = 1;
    }
    const there = this.rooms.get(room) ?? new Map<string, readonly string[]>();
    this.rooms.set(room, there.set(text, made));
    return made;
  }
}

const broken: Readonly<Record<Weight, BrokenTexts>> = { regular: new BrokenTexts(), bold: new BrokenTexts() };

const colours = new Map<string, string>();

/** `#0b5d5e` in the parts that a page is told it in. */
function rgb(colour: string): string {
  return kept(colours, colour, 1_000, () => {
    const number = Number.parseInt(colour.slice(1), 16);
    return [number >> 16, (number >> 8) & 0xff, number & 0xff].map((part) => short(part / 255)).join(' ');
  });
}
