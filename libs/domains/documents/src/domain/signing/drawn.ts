/** A signature that was drawn, as a line: commands that only move and draw, and numbers. */
export interface DrawnPath {
  readonly kind: 'path';
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

const longest = 20_000;
/** Upper case only, which says where things are and not how far away. */
const token = /[MLQCZ]|-?\d+(?:\.\d+)?/gu;
const counts: Readonly<Record<string, number>> = { M: 2, L: 2, Q: 4, C: 6, Z: 0 };

/**
 * The same line, written anew from nothing but known commands and numbers within its frame: whatever else the text held is not
 * in it. Null where that is no line, or one too short to be somebody's name.
 */
export function cleanPath(text: string, width: number, height: number): DrawnPath | null {
  if (text.length > longest || width < 20 || height < 20 || width > 4_000 || height > 4_000) return null;
  if (text.replaceAll(token, '').replaceAll(/[\s,]/gu, '') !== '') return null;
  const tokens = text.match(token) ?? [];
  const out: string[] = [];
  let drawn = 0;
  for (let at = 0; at < tokens.length; ) {
    const command = tokens[at++] ?? '';
    const count = counts[command];
    if (count === undefined || (out.length === 0 && command !== 'M')) return null;
    const numbers = tokens.slice(at, at + count).map(Number);
    if (numbers.length < count || numbers.some((value) => !Number.isFinite(value))) return null;
    if (numbers.some((value, index) => value < 0 || value > (index % 2 === 0 ? width : height))) return null;
    at += count;
    if (command !== 'M' && command !== 'Z') drawn += 1;
    out.push([command, ...numbers.map((value) => String(Math.round(value * 100) / 100))].join(' '));
  }
  return drawn < 3 ? null : { kind: 'path', path: out.join(' '), width, height };
}
