import PDFDocument = require('pdfkit');
import { type FontName, fontBytes } from './fonts';
import { fontFor } from './laid-out';

export interface TextStyle {
  readonly font?: 'regular' | 'bold';
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
  readonly doc: PDFKit.PDFDocument;
  readonly left = 56;
  readonly width: number;
  readonly colour: string;
  y = 0;
  private readonly bottom: number;
  /** Runs whenever a page begins, and says where its content begins. */
  onPage: (first: boolean) => number = () => 60;
  private pages = 0;

  constructor(options: SheetOptions) {
    this.doc = new PDFDocument({
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
    // The library takes fonts that were read before; its types do not know.
    for (const name of ['regular', 'bold', 'fallback'] as const) Reflect.apply(this.doc.registerFont, this.doc, [name, fontFor(name)]);
    this.colour = options.colour;
    const [pageWidth, pageHeight] = options.size === 'A4' ? [595.28, 841.89] : [612, 792];
    this.width = pageWidth - 2 * this.left;
    this.bottom = pageHeight - 92;
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
    return this.lines(text, width, style).length * this.lineHeight(text, style);
  }

  widthOf(text: string, style: TextStyle = {}): number {
    const clean = this.writable(text, style);
    return this.measure(clean, this.fontFor(clean, style.font ?? 'regular')) * ((style.size ?? 10) / measured);
  }

  /** At a place, without moving the cursor. Its height. */
  put(text: string, x: number, y: number, width: number, style: TextStyle = {}): number {
    const lines = this.lines(text, width, style);
    const height = this.lineHeight(text, style);
    lines.forEach((line, index) => this.putLine(line, x, y + index * height, width, style));
    return lines.length * height;
  }

  /** Text of any length from the cursor on, line by line over as many pages as it takes. */
  flow(text: string, x: number, width: number, style: TextStyle = {}): void {
    const height = this.lineHeight(text, style);
    for (const line of this.lines(text, width, style)) {
      this.need(height);
      this.putLine(line, x, this.y, width, style);
      this.y += height;
    }
  }

  rule(y: number, x = this.left, width = this.width, colour = hair, thickness = 0.6): void {
    this.doc.save().lineWidth(thickness).strokeColor(colour).moveTo(x, y).lineTo(x + width, y).stroke().restore();
  }

  box(x: number, y: number, width: number, height: number, colour: string): void {
    this.doc.save().rect(x, y, width, height).fill(colour).restore();
  }

  /** Broken between words, and within one that is wider than its place. */
  private lines(text: string, width: number, style: TextStyle): string[] {
    const clean = this.writable(text, style);
    const font = this.fontFor(clean, style.font ?? 'regular');
    const room = (width * measured) / (style.size ?? 10);
    const space = this.measure(' ', font);
    return clean.split('\n').flatMap((paragraph) => {
      const out: string[] = [];
      let line = '';
      let used = 0;
      for (const word of paragraph.split(' ').flatMap((each) => this.pieces(each, font, room))) {
        const size = this.measure(word, font);
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

  private pieces(word: string, font: FontName, room: number): string[] {
    if (this.measure(word, font) <= room) return [word];
    const out: string[] = [];
    let piece = '';
    for (const sign of word) {
      if (piece !== '' && this.measure(piece + sign, font) > room) {
        out.push(piece);
        piece = '';
      }
      piece += sign;
    }
    return [...out, piece];
  }

  private putLine(line: string, x: number, y: number, width: number, style: TextStyle): void {
    if (line === '') return;
    const { size = 10, align = 'left', colour = ink } = style;
    const slack = align === 'left' ? 0 : (width - this.widthOf(line, style)) * (align === 'right' ? 1 : 0.5);
    this.doc.font(this.fontFor(line, style.font ?? 'regular')).fontSize(size).fillColor(colour).text(line, x + slack, y, { lineBreak: false });
  }

  private lineHeight(text: string, style: TextStyle): number {
    this.doc.font(this.fontFor(this.writable(text, style), style.font ?? 'regular')).fontSize(style.size ?? 10);
    return this.doc.currentLineHeight(true) + (style.gap ?? 2);
  }

  /** In a size that is only measured in: most words come again, in this document or the next. */
  private measure(text: string, font: FontName): number {
    const key = `${font} ${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    const width = this.doc.font(font).fontSize(measured).widthOfString(text);
    if (widths.size > 20_000) widths.clear();
    widths.set(key, width);
    return width;
  }

  /** One font for a text: mixed ones look worse than a plainer one. */
  private fontFor(text: string, font: FontName): FontName {
    return this.knows(font, text) ? font : 'fallback';
  }

  /** A sign that no font has would make the file no PDF/A any more. */
  private writable(text: string, { font = 'regular' }: TextStyle): string {
    const clean = text.normalize('NFC').replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, (sign) => (sign === '\n' ? sign : ''));
    if (this.knows(font, clean)) return clean;
    return [...clean].map((sign) => (sign === '\n' || this.knows('fallback', sign) ? sign : '□')).join('');
  }

  private knows(font: FontName, text: string): boolean {
    const known = glyphs(font);
    for (const sign of text) if (sign !== '\n' && !known.has(sign.codePointAt(0) ?? 0)) return false;
    return true;
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const chunks: Buffer[] = [];
    this.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    const done = new Promise<void>((resolve, reject) => void this.doc.on('end', resolve).on('error', reject));
    this.doc.end();
    await done;
    // Bytes of its own memory can be handed to another thread without being copied.
    return Uint8Array.from(Buffer.concat(chunks));
  }
}

const measured = 100;
const widths = new Map<string, number>();
const known = new Map<FontName, ReadonlySet<number>>();

function glyphs(name: FontName): ReadonlySet<number> {
  const found = known.get(name) ?? charactersOf(fontBytes(name));
  known.set(name, found);
  return found;
}

/** The characters that a TrueType font has a sign for, from its own table (`cmap`, formats 4 and 12). */
function charactersOf(font: Buffer): ReadonlySet<number> {
  const tables = font.readUInt16BE(4);
  const found = new Set<number>();
  for (let index = 0; index < tables; index++) {
    const at = 12 + index * 16;
    if (font.toString('latin1', at, at + 4) !== 'cmap') continue;
    const cmap = font.readUInt32BE(at + 8);
    const count = font.readUInt16BE(cmap + 2);
    for (let each = 0; each < count; each++) readSubtable(font, cmap + font.readUInt32BE(cmap + 4 + each * 8 + 4), found);
  }
  return found;
}

function readSubtable(font: Buffer, at: number, found: Set<number>): void {
  const format = font.readUInt16BE(at);
  if (format === 12) {
    const groups = font.readUInt32BE(at + 12);
    for (let group = 0; group < groups; group++) {
      const from = font.readUInt32BE(at + 16 + group * 12);
      const to = font.readUInt32BE(at + 20 + group * 12);
      for (let code = from; code <= to; code++) found.add(code);
    }
  }
  if (format === 4) {
    const segments = font.readUInt16BE(at + 6) / 2;
    for (let segment = 0; segment < segments; segment++) {
      const to = font.readUInt16BE(at + 14 + segment * 2);
      const from = font.readUInt16BE(at + 16 + segments * 2 + segment * 2);
      for (let code = from; code <= to && code < 0xffff; code++) found.add(code);
    }
  }
}
