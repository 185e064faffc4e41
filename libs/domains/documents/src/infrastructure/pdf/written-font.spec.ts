import { inflateSync } from 'node:zlib';
import { documentKinds } from '@autobroker/kernel';
import { languages } from '../../domain/paper/paper';
import { consentFor } from '../../domain/signing/consent';
import { textOf } from '../../testing/read-pdf';
import { renderSample } from '../../testing/render-sample';
import { newFont } from './glyphs';
import { laidIn } from './laid-out';
import { Sheet } from './sheet';

const at = new Date('2026-11-25T10:15:00Z');

async function written(...texts: readonly string[]): Promise<Buffer> {
  const sheet = new Sheet({ size: 'A4', title: 'Probe', author: 'Isar', subject: '', language: 'de', at, colour: '#0b5d5e' });
  sheet.page();
  for (const text of texts) sheet.flow(text, 56, 480);
  return Buffer.from(await sheet.bytes());
}

/** What stands in a file of ours under an object's number. */
function objectIn(pdf: Buffer, id: string | undefined): { readonly head: string; readonly body: Buffer } {
  const text = pdf.toString('latin1');
  const from = text.indexOf(`\n${id ?? '?'} 0 obj\n`);
  const [head = ''] = text.slice(from, text.indexOf('endobj', from)).split('stream\n');
  const start = from + head.length + 'stream\n'.length;
  const size = Number(/\/Length (\d+)/u.exec(head)?.[1] ?? 0);
  return { head, body: size === 0 ? Buffer.alloc(0) : inflateSync(pdf.subarray(start, start + size)) };
}

/** The first font of a file: its outlines, and where each sign stands among them. */
function fontIn(pdf: Buffer) {
  const head = /\/CIDToGIDMap (\d+) 0 R/u.exec(pdf.toString('latin1'));
  const [descendant = ''] = pdf.toString('latin1').match(/<<[^>]*\/Subtype \/CIDFontType2(?:.|\n)*?endobj/u) ?? [];
  const descriptor = objectIn(pdf, /\/FontDescriptor (\d+) 0 R/u.exec(descendant)?.[1]);
  return { places: objectIn(pdf, head?.[1]).body, outlines: objectIn(pdf, /\/FontFile2 (\d+) 0 R/u.exec(descriptor.head)?.[1]).body, descendant };
}

/** By its own tables (OpenType: `hhea`, `hmtx`). */
function widthIn(outlines: Buffer, place: number): number {
  const tables = new Map(Array.from({ length: outlines.readUInt16BE(4) }, (_, index) => [outlines.toString('latin1', 12 + index * 16, 16 + index * 16), outlines.readUInt32BE(20 + index * 16)]));
  expect(place).toBeLessThan(outlines.readUInt16BE((tables.get('hhea') ?? 0) + 34));
  return outlines.readUInt16BE((tables.get('hmtx') ?? 0) + place * 4);
}

describe('a font in a file', () => {
  it.each([
    ['the usual signs', 'Größe 1.899,00 € – offiziell fl\u00fcssig'],
    ['signs that few papers have', 'Łukasz Ďuriš ½'],
  ])('has %s as the whole font has them, each under its number there', async (_, text) => {
    const { places, outlines, descendant } = fontIn(await written(text));
    const font = newFont('regular');
    const widths = new Map([...(/\/W \[(.*)\]/u.exec(descendant)?.[1] ?? '').matchAll(/(\d+) \[([\d. ]+)\]/gu)].flatMap(([, first = '', row = '']) => row.split(' ').map((width, index) => [Number(first) + index, Number(width)] as const)));
    const { signs } = laidIn('regular', text);
    expect(signs.length).toBeGreaterThan(9);
    for (const { id } of signs) {
      const { advanceWidth } = font.getGlyph(id);
      expect([id, widthIn(outlines, places.readUInt16BE(2 * id)), widths.get(id)]).toEqual([id, advanceWidth, advanceWidth]);
    }
  });

  it('is the same part for all that is written with the usual signs, and one of its own where there is another', async () => {
    const [one, other, rare] = [fontIn(await written('Kaufvertrag')), fontIn(await written('Quittung Nr. 7')), fontIn(await written('Łukasz'))];
    expect(one.outlines.equals(other.outlines)).toBe(true);
    expect(one.places.equals(other.places)).toBe(true);
    expect(rare.outlines.length).toBeLessThan(one.outlines.length);
  });

  it('is that part in whatever we say by ourselves, in each language', async () => {
    const sizesOf = (pdf: Buffer): string[] => [...pdf.toString('latin1').matchAll(/\/Length1 (\d+)/gu)].map(([, size = '']) => size);
    const found = new Set<string>();
    for (const language of languages) {
      for (const kind of documentKinds) for (const size of sizesOf((await renderSample(kind, { language, ...(kind === 'prepayment_invoice' ? { case: 'standard' } : {}) })).pdf)) found.add(size);
      for (const size of sizesOf(await written(consentFor({ kind: 'mandate', number: 'M-2026-000001', sha256: 'ab', language })))) found.add(size);
    }
    // The regular one and the bold one.
    expect(found.size).toBe(2);
  });

  it('tells who copies what was written, line by line', async () => {
    const lines = ['Größmann & Söhne · 1.899,00 €', 'offiziell, Łukasz Ďuriš', 'Käufer: 王堃 김철수', 'Δημήτρης Ковальчук'];
    expect(textOf(await written(lines.join('\n'))).split('\n').join('')).toBe(lines.join(''));
  });
});
