import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Wire } from '../reply/wire';
import { acceptedEncoding, compressed, isCompressible } from './compress';

/** Writes an answer. Small ones leave at once; compression happens off the main thread. */
export function sendWire(request: FastifyRequest, reply: FastifyReply, wire: Wire, compressAbove: number): void {
  if (reply.sent) return;
  if (isCompressible(wire, compressAbove)) {
    const vary = reply.getHeader('vary');
    reply.header('vary', typeof vary === 'string' && vary !== '' ? `${vary}, Accept-Encoding` : 'Accept-Encoding');
    const encoding = acceptedEncoding(request.headers['accept-encoding']);
    if (encoding !== null && request.raw.method !== 'HEAD') {
      compressed(wire, encoding).then(
        (smaller) => write(reply, smaller),
        () => write(reply, wire),
      );
      return;
    }
  }
  write(reply, wire);
}

function write(reply: FastifyReply, wire: Wire): void {
  if (reply.sent) return;
  const { headers } = wire;
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined) continue;
    if (name === 'vary') reply.header('vary', merged(reply.getHeader('vary'), value));
    else reply.header(name, value);
  }
  reply.code(wire.status);
  if (wire.body === null) reply.send();
  else reply.send(wire.body);
}

const merged = (before: unknown, more: string): string =>
  typeof before === 'string' && before !== '' ? `${before}, ${more}` : more;
