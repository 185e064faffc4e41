import PDFDocument = require('pdfkit');
import { chains, type FontName } from './fonts';
import { ascentOf } from './glyphs';
import { fontFor } from './laid-out';
import { runsOf, signsOf, type Weight, writable } from './letters';

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
  readonly doc: PDFKit.PDFDocument;
  readonly left = 56;
  readonly width: number;
  readonly colour: string;
  y = 0;
  private readonly bottom: number;
  /** Runs whenever a page begins, and says where its content begins. */
  onPage: (first: boolean) => number = () => 60;
  private pages = 0;
  private readonly faces = new Set<FontName>();

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
    return this.measureLine(writable(text, weight), weight) * ((style.size ?? 10) / measured);
  }

  /** At a place, without moving the cursor. Its height. */
  put(text: string, x: number, y: number, width: number, style: TextStyle = {}): number {
    const lines = this.lines(text, width, style);
    const height = this.lineHeight(style);
    lines.forEach((line, index) => this.putLine(line, x, y + index * height, width, style));
    return lines.length * height;
  }

  /** Text of any length from the cursor on, line by line over as many pages as it takes. */
  flow(text: string, x: number, width: number, style: TextStyle = {}): void {
    const height = this.lineHeight(style);
    let lines = this.lines(text, width, style);
    while (lines.length > 0) {
      const fit = this.fitting(lines.length, height);
      for (const line of lines.slice(0, fit)) {
        this.putLine(line, x, this.y, width, style);
        this.y += height;
      }
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
    this.doc.save().lineWidth(thickness).strokeColor(colour).moveTo(x, y).lineTo(x + width, y).stroke().restore();
  }

  box(x: number, y: number, width: number, height: number, colour: string): void {
    this.doc.save().rect(x, y, width, height).fill(colour).restore();
  }

  /** Broken between words, and within one that is wider than its place. */
  private lines(text: string, width: number, style: TextStyle): string[] {
    const weight = style.font ?? 'regular';
    const clean = writable(text, weight);
    const room = (width * measured) / (style.size ?? 10);
    const space = this.measureLine(' ', weight);
    return clean.split('\n').flatMap((paragraph) => {
      const out: string[] = [];
      let line = '';
      let used = 0;
      for (const word of paragraph.split(' ').flatMap((each) => this.pieces(each, weight, room))) {
        const size = this.measureLine(word, weight);
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
    if (this.measureLine(word, weight) <= room) return [word];
    const out: string[] = [];
    let piece = '';
    let used = 0;
    for (const sign of signsOf(word)) {
      const size = this.measureLine(sign, weight);
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

  private putLine(line: string, x: number, y: number, width: number, style: TextStyle): void {
    if (line === '') return;
    const { size = 10, align = 'left', colour = ink, font: weight = 'regular' } = style;
    let left = x + (align === 'left' ? 0 : (width - this.widthOf(line, style)) * (align === 'right' ? 1 : 0.5));
    // On one base line, whatever fonts it takes.
    const base = y + ascentOf(chains[weight][0]) * size;
    const runs = runsOf(line, weight);
    runs.forEach(({ text, font }, index) => {
      this.face(font).fontSize(size).fillColor(colour).text(text, left, base, asItIs);
      if (index < runs.length - 1) left += this.measure(text, font) * (size / measured);
    });
  }

  /** Read by the first text that is written in it: some are large, and most documents do without. */
  private face(name: FontName): PDFKit.PDFDocument {
    // The library takes fonts that were read before; its types do not know.
    if (!this.faces.has(name)) Reflect.apply(this.doc.registerFont, this.doc, [name, fontFor(name)]);
    this.faces.add(name);
    return this.doc.font(name);
  }

  private lineHeight({ font = 'regular', size = 10, gap = 2 }: TextStyle): number {
    return this.face(chains[font][0]).fontSize(size).currentLineHeight(true) + gap;
  }

  private measureLine(text: string, weight: Weight): number {
    const known = widths[weight].get(text);
    if (known !== undefined) return known;
    const width = runsOf(text, weight).reduce((sum, run) => sum + this.measure(run.text, run.font), 0);
    if (widths[weight].size > 20_000) widths[weight].clear();
    widths[weight].set(text, width);
    return width;
  }

  private measure(text: string, font: FontName): number {
    return this.face(font).fontSize(measured).widthOfString(text);
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const chunks: Buffer[] = [];
    this.doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    const done = new Promise<void>((resolve, reject) => void this.doc.on('end', resolve).on('error', reject));
    this.doc.end();
    await done;
    // Bytes of its own memory can be handed to another thread without being copied.
    return new Uint8Array(Buffer.concat(chunks));
  }
}

/** In a size that is only measured in: most words come again, in this document or the next. */
const measured = 100;
const widths: Readonly<Record<Weight, Map<string, number>>> = { regular: new Map(), bold: new Map() };
/** No line of ours is broken, linked or underlined by the library: it need not measure it first. */
const asItIs = { lineBreak: false, baseline: 'alphabetic', textWidth: 0, wordCount: 1 } as const;
