import { type ServerResponse, validateHeaderValue } from 'node:http';
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
  try {
    if (wire.body instanceof Readable) writeStream(reply, state, wire, wire.body);
    else writeWhole(core, reply, state, wire, wire.body);
  } catch (error) {
    // A value that no header may have. What is said about that has none of the route's headers.
    if (wire.status === 500) reply.raw.destroy();
    else return core.fail(request, reply, error);
  }
  // Fastify's own hook for this moment would put listeners on every response.
  if (isGone(reply.raw)) core.finish(request, reply.raw.statusCode);
  else reply.raw.once('close', () => core.finish(request, reply.raw.statusCode));
}

type WholeBody = Exclude<Wire['body'], Readable>;

function writeWhole({ config }: HttpCore, reply: FastifyReply, state: RequestState | null, wire: Wire, body: WholeBody): void {
  const { raw } = reply;
  const text = body !== null && state !== null && raw instanceof WholeResponse && raw.isUsual(config.keepAliveMs) ? plainHead(state, wire, wire.length ?? lengthOf(body)) : null;
  if (text !== null && raw instanceof WholeResponse) {
    reply.hijack();
    raw.begin(wire.status, text, config.keepAliveMs);
  } else {
    const lines = checkedLines(state, wire, body);
    reply.hijack();
    beginByLines(raw, wire.status, lines);
  }
  if (body === null) raw.end();
  else if (body instanceof Framed) endFramed(raw, body);
  else raw.end(body);
}

/** Nothing more will happen to it: all of it is with the operating system, or there is nobody left to send it to. */
const isGone = (raw: ServerResponse): boolean =>
  raw.closed || raw.destroyed || (raw.writableEnded && raw.socket !== null && (raw.socket.destroyed || raw.socket.writableLength === 0));

const lengthOf = (body: string | Buffer | Framed): number => (body instanceof Framed ? body.length : Buffer.byteLength(body));

/** The usual head, as one text. */
function plainHead(state: RequestState, { headers }: Wire, length: number): string | null {
  const usual = state.headText();
  const own = ownLines(headers);
  return usual === null || own === null ? null : `${usual}${own}content-length: ${length}\r\n`;
}

const keptLines = new WeakMap<Wire['headers'], string | null>();

/** Frozen headers are those of an answer that is given again and again. */
function ownLines(headers: Wire['headers']): string | null {
  if (!Object.isFrozen(headers)) return linesOf(headers);
  let lines = keptLines.get(headers);
  if (lines === undefined) keptLines.set(headers, (lines = linesOf(headers)));
  return lines;
}

function linesOf(headers: Wire['headers']): string | null {
  let text = '';
  for (const name in headers) {
    if (name === 'vary') continue;
    const value = headers[name];
    if (value === undefined) continue;
    if (!isPlainValue(value)) return null;
    text += `${name}: ${value}\r\n`;
  }
  return text;
}

function beginByLines(raw: ServerResponse, status: number, lines: string[]): void {
  if (raw instanceof WholeResponse) {
    raw.writeHead(status, lines);
    return;
  }
  // `inject` stands in for node's response and shows only headers that were set one by one.
  for (let i = 0; i + 1 < lines.length; i += 2) raw.setHeader(lines[i] ?? '', lines[i + 1] ?? '');
  raw.writeHead(status);
}

/** Refused before anything is begun: nothing could be said afterwards. */
function checkedLines(state: RequestState | null, wire: Wire, body: WholeBody): string[] {
  const lines = headerLines(state, wire);
  if (body !== null) lines.push('content-length', String(lengthOf(body)));
  else if (wire.status !== 204 && wire.status !== 304) lines.push('content-length', '0');
  for (let i = 0; i + 1 < lines.length; i += 2) validateHeaderValue(lines[i] ?? '', lines[i + 1] ?? '');
  return lines;
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
