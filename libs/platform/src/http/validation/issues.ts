import type { z } from 'zod';
import type { FieldError } from '../errors/problem-error';
import { escapePointer } from './hygiene';

const codes: Readonly<Record<string, string>> = {
  invalid_type: 'invalid_type',
  too_big: 'too_big',
  too_small: 'too_small',
  invalid_format: 'invalid_format',
  not_multiple_of: 'not_multiple_of',
  invalid_value: 'invalid_value',
  invalid_key: 'invalid_key',
  invalid_element: 'invalid_element',
  invalid_union: 'invalid_value',
  custom: 'invalid_value',
};

export const pointerOf = (path: readonly PropertyKey[], base = ''): string =>
  path.reduce<string>((pointer, key) => `${pointer}/${escapePointer(String(key))}`, base);

const maxErrors = 50;

/** zod's findings as entries of `errors[]`. Values of the request are never repeated. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[], base: string, unknownCode: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const issue of issues) {
    if (errors.length >= maxErrors) break;
    const pointer = pointerOf(issue.path, base);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.slice(0, maxErrors)) {
        const at = `${pointer}/${escapePointer(key)}`;
        errors.push({ pointer: at, code: unknownCode, detail: 'This is not known here.' });
      }
    } else if (issue.code === 'invalid_union') {
      errors.push(...unionErrors(issue, pointer, base, unknownCode));
    } else {
      errors.push({ pointer, code: codeOf(issue), detail: sentence(issue) });
    }
  }
  return errors;
}

/** Of a union's branches the one that came closest speaks: the one with the fewest and deepest complaints. */
function unionErrors(
  issue: z.core.$ZodIssueInvalidUnion,
  pointer: string,
  base: string,
  unknownCode: string,
): FieldError[] {
  const branches = issue.errors.filter((branch) => branch.length > 0 && branch.some(({ path }) => path.length > 0));
  const [closest] = branches.sort((a, b) => a.length - b.length);
  if (closest === undefined) return [{ pointer, code: 'invalid_value', detail: sentence(issue) }];
  const placed = closest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
  return fieldErrors(placed, base, unknownCode);
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined && /received undefined/.test(issue.message))
    return 'required';
  if (issue.code === 'custom') {
    const { params } = issue;
    if (typeof params?.code === 'string') return params.code;
  }
  return codes[issue.code] ?? 'invalid_value';
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    if (/received undefined/.test(issue.message)) return 'Is required.';
    return `Must be of type ${issue.expected}.`;
  }
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid ')) {
    return `Must be one of ${issue.values.map(String).join(', ')}.`;
  }
  const text = issue.message;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
