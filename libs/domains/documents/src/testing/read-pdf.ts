import { inflateSync } from 'node:zlib';

/** What is attached to a PDF under a name: for specs, by its stream. Null where there is none. */
export function attachedXml(pdf: Buffer): string | null {
  for (const { body } of objectsOf(pdf).values()) {
    const text = body?.toString('utf8') ?? '';
    if (text.startsWith('<?xml') && text.includes('CrossIndustryInvoice')) return text;
  }
  return null;
}

interface PdfObject {
  readonly head: string;
  /** Of its stream, unpacked. */
  readonly body: Buffer | null;
}

/** The objects of a file as we write it: none within others, every stream packed or plain. */
function objectsOf(pdf: Buffer): ReadonlyMap<number, PdfObject> {
  const found = new Map<number, PdfObject>();
  const text = pdf.toString('latin1');
  for (const match of text.matchAll(/(?<=^|\n)(\d+) 0 obj\n/gu)) {
    const from = match.index + match[0].length;
    const stream = text.indexOf('stream\n', from);
    const end = text.indexOf('endobj', from);
    if (stream < 0 || stream > end) {
      found.set(Number(match[1]), { head: text.slice(from, end), body: null });
      continue;
    }
    const head = text.slice(from, stream);
    const size = Number(/\/Length (\d+)/u.exec(head)?.[1] ?? 0);
    const body = pdf.subarray(stream + 7, stream + 7 + size);
    found.set(Number(match[1]), { head, body: head.includes('/FlateDecode') ? inflateSync(body) : body });
  }
  return found;
}

/** What a reader of a PDF can select and copy, line by line as it was written; spaces that don't break are plain ones. */
export function textOf(pdf: Buffer): string {
  const objects = objectsOf(pdf);
  const refs = (head: string, pattern: RegExp): number[] => [...head.matchAll(pattern)].map((match) => Number(match[1]));
  const headOf = (id: number | undefined): string => (id === undefined ? '' : (objects.get(id)?.head ?? ''));
  const fonts = new Map<number, ReadonlyMap<string, string>>();
  const fontOf = (id: number): ReadonlyMap<string, string> => {
    const known = fonts.get(id);
    if (known !== undefined) return known;
    const [unicode] = refs(headOf(id), /\/ToUnicode (\d+) 0 R/gu);
    const read = unicodeOf(unicode === undefined ? '' : (objects.get(unicode)?.body?.toString('latin1') ?? ''));
    fonts.set(id, read);
    return read;
  };
  const lines: string[] = [];
  for (const { head } of objects.values()) {
    if (!/\/Type \/Page\b(?!s)/u.test(head)) continue;
    const resources = /\/Resources (\d+) 0 R/u.exec(head) === null ? head : headOf(refs(head, /\/Resources (\d+) 0 R/gu)[0]);
    const names = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/gu)].map((match) => [match[1] ?? '', Number(match[2])]));
    const content = refs(head, /\/Contents (\d+) 0 R/gu).map((id) => objects.get(id)?.body?.toString('latin1') ?? '').join('\n');
    let font: ReadonlyMap<string, string> = new Map();
    for (const match of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[\s\d.-])*)\] TJ/gu)) {
      if (match[1] !== undefined) font = fontOf(names.get(match[1]) ?? -1);
      else lines.push([...(match[2] ?? '').matchAll(/<([0-9a-f]*)>/gu)].flatMap((part) => part[1]?.match(/.{4}/gu) ?? []).map((code) => font.get(code) ?? '?').join(''));
    }
  }
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

/** From the codes of a font to signs, as the file says it itself. */
function unicodeOf(cmap: string): ReadonlyMap<string, string> {
  const signs = new Map<string, string>();
  const signOf = (hex: string): string => String.fromCharCode(...(hex.match(/.{4}/gu) ?? []).map((code) => Number.parseInt(code, 16)));
  for (const match of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/giu)) {
    const first = Number.parseInt(match[1] ?? '0', 16);
    [...(match[2] ?? '').matchAll(/<([0-9a-f ]*)>/giu)].forEach((sign, index) => signs.set((first + index).toString(16).padStart(4, '0'), signOf((sign[1] ?? '').replaceAll(' ', ''))));
  }
  return signs;
}
