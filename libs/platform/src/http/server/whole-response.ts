import { type IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http';

declare module 'node:http' {
  interface OutgoingMessage {
    /** Node's own place for the finished head: what stands here is sent before the first of the body. */
    _header: string | null;
  }
}

/** Plain ASCII without control characters. Anything else is left to node, which refuses it or knows how to write it. */
const unusual = /[^\t\x20-\x7e]/;
export const isPlainValue = (value: string): boolean => !unusual.test(value);

let dateSecond = -1;
let dateLine = '';

/** The date has no part smaller than a second. */
function dateOf(nowMs: number): string {
  const second = Math.floor(nowMs / 1_000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateLine = `Date: ${new Date(nowMs).toUTCString()}\r\n`;
  }
  return dateLine;
}

const statusLines = new Map<number, string>();

function statusLineOf(status: number): string {
  let line = statusLines.get(status);
  if (line === undefined) {
    line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`;
    statusLines.set(status, line);
  }
  return line;
}

/**
 * Node writes a head line by line, and checks the name and value of each. The platform's own lines are the same for every
 * answer and known to be right, so for the usual answer (it has a body, its connection stays) the head is one text.
 */
export class WholeResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  /** Otherwise node has to write the head: it knows all the cases in which a connection ends. */
  isUsual(keepAliveMs: number): boolean {
    const { method, httpVersionMajor, httpVersionMinor, headers } = this.req;
    const isCurrent = httpVersionMajor === 1 && httpVersionMinor === 1;
    return isCurrent && method !== 'HEAD' && headers.expect === undefined && keepAliveMs > 0 && this.shouldKeepAlive && !this.headersSent;
  }

  /** `lines` have been checked, and end in a line break. */
  begin(status: number, lines: string, keepAliveMs: number): void {
    this.statusCode = status;
    this._header = `${statusLineOf(status)}${lines}${dateOf(Date.now())}Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveMs / 1_000)}\r\n\r\n`;
  }
}
