import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Answer } from './exchange';

const pack = promisify(gzip);
const packFrom = 2_048;

/** Writes an answer: conditional GET, gzip for whoever takes it. Gives the status that was sent. */
export async function write(response: ServerResponse, answer: Answer, request: { method: string; headers: IncomingHttpHeaders }): Promise<number> {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  const headers: Record<string, string | readonly string[]> = { ...answer.headers };
  const tag = answer.etag === undefined ? null : etagOf(body, answer.etag);
  if (tag !== null) headers['etag'] = tag;
  if (answer.lastModified !== undefined) headers['last-modified'] = answer.lastModified.toUTCString();
  if (answer.status === 200 && notModified(request.headers, tag, answer.lastModified)) {
    response.writeHead(304, headersOf(headers));
    response.end();
    return 304;
  }
  headers['content-type'] = answer.type;
  let sent = body;
  if (body.length >= packFrom && /^(?:text|application)\//u.test(answer.type) && headers['content-encoding'] === undefined && !answer.type.includes('gzip')) {
    headers['vary'] = 'Accept-Encoding';
    if (/\bgzip\b/u.test(String(request.headers['accept-encoding'] ?? ''))) {
      sent = await pack(body, { level: constants.Z_BEST_SPEED });
      headers['content-encoding'] = 'gzip';
    }
  }
  headers['content-length'] = String(sent.length);
  if (response.destroyed) return answer.status;
  response.writeHead(answer.status, headersOf(headers));
  response.end(request.method === 'HEAD' ? undefined : sent);
  return answer.status;
}

const headersOf = (headers: Readonly<Record<string, string | readonly string[]>>): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]));

const etagOf = (body: Buffer, kind: 'strong' | 'weak'): string => {
  const hash = createHash('sha1').update(body).digest('base64url').slice(0, 22);
  return kind === 'weak' ? `W/"${hash}"` : `"${hash}"`;
};

/** RFC 9110: If-None-Match decides alone where it is given. */
const notModified = (headers: IncomingHttpHeaders, tag: string | null, lastModified: Date | undefined): boolean => {
  const known = headers['if-none-match'];
  if (known !== undefined) {
    if (tag === null) return false;
    const bare = tag.replace(/^W\//u, '');
    return known.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//u, '') === bare);
  }
  const since = headers['if-modified-since'];
  if (since === undefined || lastModified === undefined) return false;
  const at = Date.parse(since);
  return Number.isFinite(at) && Math.floor(lastModified.getTime() / 1_000) * 1_000 <= at;
};
