import type { Socket } from 'node:net';
import type { ProblemCode } from '@autobroker/contracts';
import { uuidv7, type Clock } from '@autobroker/kernel';
import { ProblemError } from '../errors/problem-error';
import { problemWire } from '../errors/problem-wire';

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

function codeOf(error: Error): ProblemCode {
  const code: unknown = Reflect.get(error, 'code');
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers_too_large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  return 'malformed_request';
}

/** Bytes that never became a request are answered on the socket itself, in the same words as everything else. */
export const answerClientError =
  (clock: Clock) =>
  (error: Error, socket: Socket): void => {
    if (socket.destroyed || !socket.writable || Reflect.get(error, 'code') === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const problem = new ProblemError(codeOf(error));
    const id = uuidv7();
    const wire = problemWire(problem, id, clock.now().getTime(), undefined);
    const body = Buffer.from(String(wire.body));
    const lines = [
      `HTTP/1.1 ${wire.status} ${reasons[wire.status] ?? 'Bad Request'}`,
      `Content-Type: ${wire.headers['content-type'] ?? 'application/json'}`,
      `Content-Length: ${body.length}`,
      `X-Request-Id: ${id}`,
      'Cache-Control: no-store',
      'Connection: close',
      '',
      '',
    ];
    socket.end(Buffer.concat([Buffer.from(lines.join('\r\n')), body]));
  };
