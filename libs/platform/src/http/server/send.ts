import { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Framed, type Wire } from '../reply/wire';
import { acceptedEncoding, compressed, isCompressible } from './compress';
import type { RequestState } from './request-state';

/** Writes an answer. Small ones leave at once; compression happens off the main thread. */
export function sendWire(request: FastifyRequest, reply: FastifyReply, wire: Wire, compressAbove: number): void {
  if (reply.sent) return;
  const state = request.platform;
  if (isCompressible(wire, compressAbove)) {
    state?.addVary('Accept-Encoding');
    const encoding = acceptedEncoding(request.headers['accept-encoding']);
    if (encoding !== null && request.raw.method !== 'HEAD') {
      compressed(wire, encoding).then(
        (smaller) => write(reply, state, smaller),
        () => write(reply, state, wire),
      );
      return;
    }
  }
  write(reply, state, wire);
}

/**
 * Header by header through Fastify's reply and then through node's checks costs more than all our hooks together, so an
 * answer that is whole goes to node's response in one call. Streams take the ordinary way, for its clean-up.
 */
function write(reply: FastifyReply, state: RequestState | null, wire: Wire): void {
  if (reply.sent) return;
  if (wire.body instanceof Readable) return writeStream(reply, state, wire, wire.body);
  const { body, status } = wire;
  const lines = headerLines(state, wire);
  if (body instanceof Framed) lines.push('content-length', String(body.length));
  else if (body !== null) lines.push('content-length', String(Buffer.byteLength(body)));
  else if (status !== 204 && status !== 304) lines.push('content-length', '0');
  reply.hijack();
  if (reply.raw.constructor === ServerResponse) {
    reply.raw.writeHead(status, lines);
  } else {
    // `inject` stands in for node's response and shows only headers that were set one by one.
    for (let i = 0; i + 1 < lines.length; i += 2) reply.raw.setHeader(lines[i] ?? '', lines[i + 1] ?? '');
    reply.raw.writeHead(status);
  }
  if (body === null) reply.raw.end();
  else if (body instanceof Framed) endFramed(reply.raw, body);
  else reply.raw.end(body);
}

/** Its parts leave in one system call. */
function endFramed(raw: ServerResponse, { before, shared, after }: Framed): void {
  raw.cork();
  raw.write(before);
  raw.write(shared);
  raw.end(after);
  raw.uncork();
}

function writeStream(reply: FastifyReply, state: RequestState | null, wire: Wire, body: Readable): void {
  const lines = headerLines(state, wire);
  for (let i = 0; i + 1 < lines.length; i += 2) reply.header(lines[i] ?? '', lines[i + 1] ?? '');
  reply.code(wire.status).send(body);
}

function headerLines(state: RequestState | null, wire: Wire): string[] {
  const { headers } = wire;
  const own = headers.vary;
  if (own !== undefined) state?.addVary(own);
  const lines = state === null ? [] : state.takeLines();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && (name !== 'vary' || state === null)) lines.push(name, value);
  }
  return lines;
}
