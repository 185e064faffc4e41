import { gunzipSync, inflateSync, zstdDecompressSync, constants } from 'node:zlib';
import { limits } from './limits';

export interface Decoded {
  readonly text: string;
  readonly reasons: readonly string[];
}

/** What a stream that ends too early gave until then is worth reading. */
const lenient = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: limits.feedBytes };

const unpackers: readonly (readonly [string, (head: Buffer) => boolean, (body: Buffer) => Buffer])[] = [
  ['gzip', (head) => head[0] === 0x1f && head[1] === 0x8b, (body) => gunzipSync(body, lenient)],
  ['zstd', (head) => head.readUInt32LE(0) === 0xfd2fb528, (body) => zstdDecompressSync(body, { maxOutputLength: limits.feedBytes })],
  ['zlib', (head) => head[0] === 0x78 && ((head[0] << 8) | (head[1] ?? 0)) % 31 === 0 && head[1] !== 0x20, (body) => inflateSync(body, lenient)],
];

/** Unpacks what is packed, as its first bytes say; a body that does not unpack stays as it is. */
export const unpack = (body: Buffer): { readonly body: Buffer; readonly reasons: readonly string[] } => {
  if (body.length < 8) return { body, reasons: [] };
  for (const [name, is, open] of unpackers) {
    if (!is(body)) continue;
    try {
      return { body: open(body), reasons: [] };
    } catch {
      return { body: name === 'zlib' ? body : Buffer.alloc(0), reasons: name === 'zlib' ? [] : ['not_unpacked'] };
    }
  }
  return { body, reasons: [] };
};

const decoderFor = (label: string | undefined) => {
  if (label === undefined) return null;
  try {
    return new TextDecoder(label.trim());
  } catch {
    return null;
  }
};

const fromMark = (body: Buffer) => {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  // Text of a Western script whose every second byte is zero is UTF-16 that forgot to say so.
  const head = body.subarray(0, 200);
  const zeros = [0, 1].map((odd) => head.filter((byte, at) => at % 2 === odd && byte === 0).length);
  if (head.length < 20) return undefined;
  if ((zeros[1] ?? 0) > head.length * 0.35 && zeros[0] === 0) return 'utf-16le';
  if ((zeros[0] ?? 0) > head.length * 0.35 && zeros[1] === 0) return 'utf-16be';
  return undefined;
};

const fromDeclaration = (body: Buffer) => {
  const head = body.subarray(0, 4_096).toString('latin1');
  const found = /<\?xml[^>]{0,200}?encoding\s*=\s*["']?([\w:-]+)/iu.exec(head) ?? /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:-]+)/iu.exec(head);
  // A page that could say so in ASCII is not UTF-16.
  return found?.[1] !== undefined && /^utf-?16/iu.test(found[1]) ? 'utf-8' : found?.[1];
};

/** Valid but for a slip here and there: nothing else looks like UTF-8. */
const isUtf8 = (body: Buffer) => {
  const text = new TextDecoder('utf-8').decode(body.subarray(0, 1_000_000), { stream: true });
  const wrong = text.split('\uFFFD').length - 1;
  return wrong === 0 || wrong * 5 < (text.match(/[^\x00-\x7f]/gu)?.length ?? 0);
};

/** Marks first; then valid UTF-8 is UTF-8 whatever it claims to be (nothing else looks like it), then what was declared, then the West's. */
const charsetOf = (body: Buffer, contentType: string | null | undefined) => {
  const marked = fromMark(body);
  if (marked !== undefined) return marked;
  if (isUtf8(body)) return 'utf-8';
  const declared = [/charset\s*=\s*["']?([\w:-]+)/iu.exec(contentType ?? '')?.[1], fromDeclaration(body)];
  const usable = declared.find((label) => label !== undefined && !/^utf-?8$/iu.test(label) && decoderFor(label) !== null);
  return usable ?? 'windows-1252';
};

/** NUL and its like carry no meaning in a text and stop some readers. */
const withoutNul = (text: string) => (text.includes('\0') ? text.replaceAll('\0', '') : text);

const looksBinary = (body: Buffer) => {
  const head = body.subarray(0, 1_000);
  if (/^(?:\x89PNG|\xff\xd8\xff|GIF8|%PDF|PK\x03\x04|RIFF)/u.test(head.subarray(0, 8).toString('latin1'))) return true;
  const odd = head.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length;
  return head.length > 0 && odd > head.length * 0.2 && fromMark(body) === undefined;
};

/** Bytes or text of any kind become text; never fails. */
export const decodeBody = (written: Buffer | string, contentType?: string | null, most: number = limits.pageBytes): Decoded => {
  if (typeof written === 'string') {
    const text = written.startsWith('\uFEFF') ? written.slice(1) : written;
    return text.length > most ? { text: withoutNul(text.slice(0, most)), reasons: ['body_truncated'] } : { text: withoutNul(text), reasons: [] };
  }
  const unpacked = unpack(written);
  const reasons = [...unpacked.reasons];
  let body = unpacked.body;
  if (body.length > most) {
    body = body.subarray(0, most);
    reasons.push('body_truncated');
  }
  if (looksBinary(body)) return { text: '', reasons: [...reasons, 'binary'] };
  const text = (decoderFor(charsetOf(body, contentType)) ?? new TextDecoder('windows-1252')).decode(body);
  return { text: withoutNul(text), reasons };
};
