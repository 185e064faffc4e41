import { randomFillSync } from 'node:crypto';

/** The part of a trace that travels: W3C Trace Context, version 00. */
export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;
}

const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const noTrace = '0'.repeat(32);
const noSpan = '0'.repeat(16);

/** Null for anything that is not a usable traceparent; the specification says to start a new trace then. */
export function parseTraceparent(header: string | null | undefined): TraceContext | null {
  if (header === null || header === undefined || header.length < 55 || header.length > 512) return null;
  const match = pattern.exec(header);
  if (match === null) return null;
  const [, version, traceId, spanId, flags, rest] = match;
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  if (version === 'ff' || (version === '00' && rest !== undefined)) return null;
  if (traceId === noTrace || spanId === noSpan) return null;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export const formatTraceparent = (trace: TraceContext): string =>
  `00-${trace.traceId}-${trace.spanId}-${trace.sampled ? '01' : '00'}`;

// One system call fills ids for a few hundred requests, and one turns them into text: asking for each would cost more than
// the rest of the hook.
const pool = Buffer.allocUnsafe(8_192);
let digits = '';
let used = 0;

function randomHex(bytes: number): string {
  const end = used + bytes * 2;
  if (end > digits.length) {
    digits = randomFillSync(pool).toString('hex');
    used = 0;
    return randomHex(bytes);
  }
  const text = digits.slice(used, end);
  used = end;
  return text;
}

export const newTraceId = (): string => randomHex(16);
export const newSpanId = (): string => randomHex(8);
