import { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Framed, type Wire } from '../reply/wire';
import { acceptedEncoding, compressed, isCompressible } from './compress';
import type { HttpCore } from './core';
import type { RequestState } from './request-state';
import { isPlainValue, WholeResponse } from './whole-response';

/** Writes an answer. Small ones leave at once; compression happens off the main thread. */
export function sendWire(core: HttpCore, request: FastifyRequest, reply: FastifyReply, wire: Wire): void {
  if (reply.sent) return;
  if (isCompressible(wire, core.config.compressAbove)) {
    request.platform?.addVary('Accept-Encoding');
    const encoding = acceptedEncoding(request.headers['accept-encoding']);
    if (encoding !== null && request.raw.method !== 'HEAD') {
      compressed(wire, encoding).then(
        (smaller) => write(core, request, reply, smaller),
        () => write(core, request, reply, wire),
      );
      return;
    }
  }
  write(core, request, reply, wire);
}

/**
 * Header by header through Fastify's reply and then through node's checks costs more than all our hooks together, so an
 * answer that is whole goes to node's response in one call. Streams take the ordinary way, for its clean-up.
 */
function write(core: HttpCore, request: FastifyRequest, reply: FastifyReply, wire: Wire): void {
  if (reply.sent) return;
  const state = request.platform;
  const own = wire.headers.vary;
  if (own !== undefined) state?.addVary(own);
  if (wire.body instanceof Readable) writeStream(reply, state, wire, wire.body);
  else writeWhole(core, reply, state, wire, wire.body);
  // Fastify's own hook for this moment would put listeners on every response.
  if (isGone(reply.raw)) core.finish(request, reply.raw.statusCode);
  else reply.raw.once('close', () => core.finish(request, reply.raw.statusCode));
}

type WholeBody = Exclude<Wire['body'], Readable>;

function writeWhole({ config }: HttpCore, reply: FastifyReply, state: RequestState | null, wire: Wire, body: WholeBody): void {
  reply.hijack();
  const { raw } = reply;
  if (body === null || state === null || !beginWhole(raw, state, wire, lengthOf(body), config.keepAliveMs)) beginByLines(raw, state, wire, body);
  if (body === null) raw.end();
  else if (body instanceof Framed) endFramed(raw, body);
  else raw.end(body);
}

/** Nothing more will happen to it: all of it is with the operating system, or there is nobody left to send it to. */
const isGone = (raw: ServerResponse): boolean =>
  raw.closed || raw.destroyed || (raw.writableEnded && raw.socket !== null && (raw.socket.destroyed || raw.socket.writableLength === 0));

const lengthOf = (body: string | Buffer | Framed): number => (body instanceof Framed ? body.length : Buffer.byteLength(body));

/** The usual head, as one text. */
function beginWhole(raw: ServerResponse, state: RequestState, { status, headers }: Wire, length: number, keepAliveMs: number): boolean {
  if (!(raw instanceof WholeResponse)) return false;
  let text = state.headText();
  if (text === null) return false;
  for (const name in headers) {
    if (name === 'vary') continue;
    const value = headers[name];
    if (value === undefined) continue;
    if (!isPlainValue(value)) return false;
    text += `${name}: ${value}\r\n`;
  }
  return raw.begin(status, `${text}content-length: ${length}\r\n`, keepAliveMs);
}

function beginByLines(raw: ServerResponse, state: RequestState | null, wire: Wire, body: WholeBody): void {
  const { status } = wire;
  const lines = headerLines(state, wire);
  if (body !== null) lines.push('content-length', String(lengthOf(body)));
  else if (status !== 204 && status !== 304) lines.push('content-length', '0');
  if (raw instanceof WholeResponse) {
    raw.writeHead(status, lines);
    return;
  }
  // `inject` stands in for node's response and shows only headers that were set one by one.
  for (let i = 0; i + 1 < lines.length; i += 2) raw.setHeader(lines[i] ?? '', lines[i + 1] ?? '');
  raw.writeHead(status);
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

function headerLines(state: RequestState | null, { headers }: Wire): string[] {
  const lines = state === null ? [] : state.takeLines();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && (name !== 'vary' || state === null)) lines.push(name, value);
  }
  return lines;
}
