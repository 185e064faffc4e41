import type { FieldError } from '../errors/problem-error';

/** Texts that no part of the platform can keep or pass on, whatever a schema says. */
export type TextFault = { readonly code: string; readonly detail: string };

const nul: TextFault = { code: 'nul_byte', detail: 'Contains a NUL character, which no text here may.' };
const surrogate: TextFault = { code: 'lone_surrogate', detail: 'Contains half of a surrogate pair, which is no text.' };

/** PostgreSQL keeps neither NUL nor half a character. */
export function textFault(text: string): TextFault | null {
  if (text.includes('\u0000')) return nul;
  return text.isWellFormed() ? null : surrogate;
}

const poisoned = new Set(['__proto__', 'constructor', 'prototype']);
export const isPoisoned = (key: string): boolean => poisoned.has(key);

export const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

const maxDepth = 64;
const maxErrors = 20;

/** Walks parsed JSON for what would only be found deep inside: in a database, or by a prototype. */
export function inspectJson(value: unknown): FieldError[] {
  const errors: FieldError[] = [];
  walk(value, '', 0, errors);
  return errors;
}

function walk(value: unknown, pointer: string, depth: number, errors: FieldError[]): void {
  if (errors.length >= maxErrors) return;
  if (typeof value === 'string') {
    const fault = textFault(value);
    if (fault !== null) errors.push({ pointer, ...fault });
  } else if (typeof value === 'number') {
    // JSON.parse makes Infinity of 1e999.
    if (!Number.isFinite(value))
      errors.push({ pointer, code: 'number_out_of_range', detail: 'This number is too large.' });
  } else if (typeof value === 'object' && value !== null) {
    if (depth >= maxDepth) {
      errors.push({ pointer, code: 'too_deep', detail: `Nests deeper than ${maxDepth} levels.` });
      return;
    }
    if (Array.isArray(value)) value.forEach((item, index) => walk(item, `${pointer}/${index}`, depth + 1, errors));
    else walkObject(value, pointer, depth, errors);
  }
}

function walkObject(value: object, pointer: string, depth: number, errors: FieldError[]): void {
  for (const [key, item] of Object.entries(value)) {
    const fault = textFault(key);
    const at = `${pointer}/${escapePointer(fault === null ? key : key.toWellFormed().replaceAll('\u0000', ''))}`;
    if (fault !== null) errors.push({ pointer: at, ...fault });
    else if (isPoisoned(key))
      errors.push({ pointer: at, code: 'unknown_field', detail: 'This member is not known here.' });
    else walk(item, at, depth + 1, errors);
  }
}
