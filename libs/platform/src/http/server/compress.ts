import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Framed, type Wire } from '../reply/wire';

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

export type Encoding = 'br' | 'gzip';

/** What the client takes, best first; null for neither. `q=0` refuses. */
export function acceptedEncoding(header: string | undefined): Encoding | null {
  if (header === undefined) return null;
  let best: Encoding | null = null;
  let bestQ = 0;
  for (const part of header.split(',')) {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
    if (name !== 'br' && name !== 'gzip') continue;
    const q = Number(
      parameters.map((text) => /^\s*q=([0-9.]+)\s*$/.exec(text)?.[1]).find((text) => text !== undefined) ?? '1',
    );
    if (q > bestQ || (q === bestQ && q > 0 && name === 'br')) {
      best = name;
      bestQ = q;
    }
  }
  return best;
}

const textual = /^(?:text\/|application\/(?:json|problem\+json|xml|javascript)|image\/svg)/;

export const isCompressible = (wire: Wire, above: number): wire is Wire & { body: string | Buffer | Framed } =>
  (typeof wire.body === 'string' || Buffer.isBuffer(wire.body) || wire.body instanceof Framed) &&
  wire.body.length >= above &&
  wire.headers['content-encoding'] === undefined &&
  textual.test(wire.headers['content-type'] ?? '');

/** The same answer, smaller. Its tag says so, because a strong tag names the bytes. */
export async function compressed(wire: Wire & { body: string | Buffer | Framed }, encoding: Encoding): Promise<Wire> {
  const bytes = wire.body instanceof Framed ? wire.body.toBuffer() : Buffer.from(wire.body);
  const body =
    encoding === 'gzip'
      ? await gzipAsync(bytes, { level: 5 })
      : await brotliAsync(bytes, {
          params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
        });
  const headers: Record<string, string> = { ...wire.headers, 'content-encoding': encoding };
  const { etag } = headers;
  if (etag?.endsWith('"') === true) headers.etag = `${etag.slice(0, -1)}-${encoding}"`;
  return { status: wire.status, headers, body };
}
