import { type Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
  readonly code = 'body_too_large';
}

export class EncodingError extends Error {
  override readonly name = 'EncodingError';
  readonly code = 'content_encoding';
}

const unpackers: Readonly<Record<string, () => Transform>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: () => createInflate(),
  br: () => createBrotliDecompress(),
};

/** Somebody who packs a page more often than this is not sending a page. */
const mostLayers = 2;

/**
 * Reads an answer's body, unpacked, and stops as soon as it is larger than allowed: what arrives counts, and what comes
 * out of it counts, so that a small file that unfolds into a huge one gets no further than a huge one.
 */
export async function readBody(stream: Readable, encoding: string | null, length: string | null, maxBytes: number): Promise<Buffer> {
  const layers = (encoding ?? '').split(',').map((one) => one.trim().toLowerCase()).filter((one) => one !== '' && one !== 'identity');
  const refuse = (error: Error): never => {
    stream.on('error', () => undefined).destroy();
    throw error;
  };
  if (length !== null && Number(length) > maxBytes) refuse(tooLarge(maxBytes));
  if (layers.length > mostLayers) refuse(new EncodingError('packed too many times'));
  const steps: (Readable | Transform)[] = [stream, counted(maxBytes)];
  for (const layer of layers.reverse()) {
    const make = unpackers[layer];
    if (make === undefined) return refuse(new EncodingError(`content encoding ${layer} is not known`));
    steps.push(make(), counted(maxBytes));
  }
  const parts: Buffer[] = [];
  const kept = new Writable({
    write(part: Buffer, _encoding, done) {
      parts.push(part);
      done();
    },
  });
  await pipeline([...steps, kept]);
  return Buffer.concat(parts);
}

const tooLarge = (maxBytes: number): BodyTooLargeError => new BodyTooLargeError(`more than ${maxBytes} bytes`);

/** Lets bytes through until there are too many. */
function counted(maxBytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > maxBytes) done(tooLarge(maxBytes));
      else done(null, chunk);
    },
  });
}
