import { createHash } from 'node:crypto';
import { type SigningKey, signDetached } from './cms';

export interface SealDetails {
  readonly at: Date;
  readonly reason: string;
  readonly by: string;
}

const reserved = 16_384;
const gap = '          ';

/**
 * Puts a signature into a PDF as an incremental update (ISO 32000, PAdES baseline B): all that was there stays byte for byte,
 * and every byte but the signature itself is signed. The field can't be seen, which PDF/A-3 allows.
 */
export function signPdf(pdf: Buffer, { at, reason, by }: SealDetails, key: SigningKey): Buffer {
  const file = readPdf(pdf);
  const [field, signature] = [file.size, file.size + 1];
  const changed = new Map<number, string>([
    [file.root, inserted(file.objectText(file.root), `/AcroForm <</SigFlags 3 /Fields [${field} 0 R]>>`, '/AcroForm')],
    [file.firstPage, inserted(file.objectText(file.firstPage), `/Annots [${field} 0 R]`, '/Annots')],
    [field, `<</Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /F 132 /Rect [0 0 0 0] /P ${file.firstPage} 0 R /V ${signature} 0 R>>`],
    [signature, `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 ${gap} ${gap} ${gap}] /Contents <${'0'.repeat(reserved * 2)}> /M (${pdfDate(at)}) /Reason ${textString(reason)} /Name ${textString(by)}>>`],
  ]);
  const update = writeUpdate(pdf, file, changed);
  const whole = Buffer.concat([pdf, update]);
  const marker = whole.indexOf('/Contents <000', pdf.length) + '/Contents '.length;
  const after = marker + reserved * 2 + 2;
  const range = whole.indexOf(`/ByteRange [0 ${gap}`, pdf.length);
  const numbers = [marker, after, whole.length - after].map((each) => String(each).padEnd(gap.length)).join(' ');
  whole.write(`/ByteRange [0 ${numbers}]`, range, 'latin1');
  const digest = createHash('sha256').update(whole.subarray(0, marker)).update(whole.subarray(after)).digest();
  const cms = signDetached(digest, key);
  if (cms.length > reserved) throw new Error(`a signature of ${cms.length} bytes does not fit: the chain of certificates is too long`);
  whole.write(cms.toString('hex'), marker + 1, 'latin1');
  return whole;
}

interface PdfFile {
  readonly size: number;
  readonly root: number;
  readonly firstPage: number;
  readonly info: string;
  readonly id: string;
  readonly startxref: number;
  objectText(id: number): string;
}

/** What has to be known of a file that we wrote ourselves: a plain table of objects, and none within others. */
function readPdf(pdf: Buffer): PdfFile {
  const text = pdf.toString('latin1');
  const startxref = Number(lastMatch(text, /startxref\s+(\d+)\s+%%EOF/gu));
  const trailer = text.slice(text.lastIndexOf('trailer'));
  const [, first, count] = /^xref\s+(\d+) (\d+)\s/u.exec(text.slice(startxref)) ?? [];
  if (first !== '0' || count === undefined) throw new Error('the PDF has no plain table of objects');
  const entries = startxref + text.slice(startxref).indexOf('\n', 5) + 1;
  const objectText = (id: number): string => {
    const at = Number(text.slice(entries + id * 20, entries + id * 20 + 10));
    const [head = ''] = /^\d+ 0 obj\s/u.exec(text.slice(at, at + 30)) ?? [];
    if (head === '') throw new Error(`the PDF has no object ${id}`);
    return text.slice(at + head.length, text.indexOf('endobj', at)).trim();
  };
  const root = Number(/\/Root (\d+) 0 R/u.exec(trailer)?.[1]);
  const pages = Number(/\/Pages (\d+) 0 R/u.exec(objectText(root))?.[1]);
  const firstPage = Number(/\/Kids \[\s*(\d+) 0 R/u.exec(objectText(pages))?.[1]);
  return {
    size: Number(/\/Size (\d+)/u.exec(trailer)?.[1]),
    root,
    firstPage,
    info: /\/Info \d+ 0 R/u.exec(trailer)?.[0] ?? '',
    id: /\/ID \[\s*(<[0-9a-fA-F]+>)/u.exec(trailer)?.[1] ?? '<00>',
    startxref,
    objectText,
  };
}

const lastMatch = (text: string, pattern: RegExp): string | undefined => [...text.slice(-2_000).matchAll(pattern)].at(-1)?.[1];

function inserted(dictionary: string, entry: string, name: string): string {
  if (dictionary.includes(name)) throw new Error(`the PDF has ${name} already`);
  return `${dictionary.slice(0, dictionary.lastIndexOf('>>'))}${entry}\n>>`;
}

function writeUpdate(pdf: Buffer, { size, root, info, id, startxref }: PdfFile, objects: ReadonlyMap<number, string>): Buffer {
  const parts: string[] = [pdf.at(-1) === 0x0a ? '' : '\n'];
  let at = pdf.length + (parts[0] ?? '').length;
  const table: string[] = [];
  for (const [number, text] of [...objects].sort(([a], [b]) => a - b)) {
    const object = `${number} 0 obj\n${text}\nendobj\n`;
    table.push(`${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`);
    parts.push(object);
    at += object.length;
  }
  const next = createHash('sha256').update(pdf).digest('hex').slice(0, 32);
  parts.push(`xref\n${table.join('')}trailer\n<</Size ${size + 2} /Root ${root} 0 R ${info} /ID [${id} <${next}>] /Prev ${startxref}>>\nstartxref\n${at}\n%%EOF\n`);
  return Buffer.from(parts.join(''), 'latin1');
}

const pdfDate = (at: Date): string => `D:${at.toISOString().replaceAll(/[-:T]|\.\d+Z/gu, '')}Z`;
/** In UTF-16, which every reader takes. */
const textString = (text: string): string => `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
