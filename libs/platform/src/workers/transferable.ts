import type { Transferable } from 'node:worker_threads';

/** Owns its memory: parts of Node's shared pool must be copied. */
const isWhole = (value: unknown): value is Uint8Array<ArrayBuffer> =>
  value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength;

/** The memory of an answer that is handed over instead of copied: of bytes, or of bytes right within an object. */
export function transferable(output: unknown): Transferable[] {
  if (typeof output !== 'object' || output === null) return [];
  // Bytes are looked at as a whole: one by one they would take longer than most tasks.
  const candidates: unknown[] = ArrayBuffer.isView(output) ? [output] : Object.values(output);
  return [...new Set(candidates.filter(isWhole).map(({ buffer }) => buffer))];
}
