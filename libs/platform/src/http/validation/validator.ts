import { z } from 'zod';
import { coerceText, kindOf, type Kind } from '../../config';
import { ProblemError, type FieldError } from '../errors/problem-error';
import { strictTop } from '../route/schema';
import { escapePointer, inspectJson, isPoisoned, textFault } from './hygiene';
import { fieldErrors } from './issues';
import type { ParsedQuery } from './query-string';
import { remembering } from './remembered';

export type Checked =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly errors: FieldError[] };

const nothing: Checked = { ok: true, value: Object.freeze({}) };
const maxText = 16_384;

function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  if (schema instanceof z.ZodObject) return schema.shape;
  if (schema instanceof z.ZodPipe) return shapeOf(schema.def.in);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return shapeOf(schema.def.innerType);
  }
  return {};
}

function judge(schema: z.ZodType, value: unknown, base: string, unknownCode: string, before: FieldError[]): Checked {
  const parsed = schema.safeParse(value);
  if (parsed.success && before.length === 0) return { ok: true, value: parsed.data };
  const found = parsed.success ? [] : fieldErrors(parsed.error.issues, base, unknownCode);
  // What was wrong as a text is said once: the schema's own complaint about the same place is only its echo.
  const places = new Set(before.map(({ pointer }) => pointer));
  return { ok: false, errors: [...before, ...found.filter(({ pointer }) => !places.has(pointer))] };
}

/** Makes the check of a route's query parameters, with texts turned into what its schema asks for. */
export function queryValidator(schema: z.ZodType | undefined, where: string): (query: ParsedQuery) => Checked {
  const strict = strictTop(schema ?? z.object({}), where);
  const kinds = new Map<string, Kind>(Object.entries(shapeOf(strict)).map(([name, field]) => [name, kindOf(field)]));
  const blank = strict.safeParse({});
  const whenEmpty: Checked = blank.success
    ? { ok: true, value: blank.data }
    : judge(strict, {}, '/query', 'unknown_parameter', []);
  return (query) => {
    if (query === null) throw new ProblemError('malformed_request', 'The query string is not validly percent-encoded.');
    if (query.size === 0) return whenEmpty;
    const value: Record<string, unknown> = {};
    const errors: FieldError[] = [];
    for (const [name, texts] of query) readParameter(name, texts, kinds.get(name), value, errors);
    return judge(strict, value, '/query', 'unknown_parameter', errors);
  };
}

function readParameter(
  name: string,
  texts: readonly string[],
  kind: Kind | undefined,
  value: Record<string, unknown>,
  errors: FieldError[],
): void {
  const fail = (code: string, detail: string): void => {
    const shown = name.toWellFormed().replaceAll('\u0000', '').slice(0, 200);
    errors.push({ pointer: `/query/${escapePointer(shown)}`, code, detail });
  };
  if (kind === undefined || isPoisoned(name)) return fail('unknown_parameter', 'This is not known here.');
  for (const text of texts) {
    const fault = textFault(text);
    if (fault !== null) return fail(fault.code, fault.detail);
    if (text.length > maxText) return fail('too_big', `Is longer than ${maxText} characters.`);
  }
  if (kind.is === 'list') value[name] = texts.map((text) => coerceText(text, kind.of));
  else if (texts.length > 1) fail('duplicate', 'Is given more than once.');
  else value[name] = coerceText(texts[0] ?? '', kind);
}

/**
 * Path parameters: a place that cannot exist is an answer about the address, so its pointer says `/path/…`. Where the same
 * few come again and again, what the only one of a route was read as is remembered.
 */
export function paramsValidator(schema: z.ZodType | undefined, where: string, { remember = false } = {}): (params: unknown) => Checked {
  if (schema === undefined) return () => nothing;
  const check = paramsCheck(schema, where);
  const [name, ...others] = Object.keys(shapeOf(schema));
  if (!remember || name === undefined || others.length > 0) return check;
  return remembering(check, (params) => (typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined));
}

function paramsCheck(schema: z.ZodType, where: string): (params: unknown) => Checked {
  const strict = strictTop(schema, where);
  const kinds = Object.entries(shapeOf(strict)).map(([name, field]) => ({ name, kind: kindOf(field) }));
  const plainText = kinds.every(({ kind }) => kind.is === 'text');
  return (params) => {
    const errors: FieldError[] = [];
    const given: Record<string, unknown> = {};
    for (const [name, text] of Object.entries(typeof params === 'object' && params !== null ? params : {})) {
      const fault = typeof text === 'string' ? textFault(text) : null;
      if (fault !== null) errors.push({ pointer: `/path/${escapePointer(name)}`, ...fault });
      given[name] = text;
    }
    if (!plainText) {
      for (const { name, kind } of kinds) {
        const text = given[name];
        if (typeof text === 'string') given[name] = coerceText(text, kind);
      }
    }
    return judge(strict, given, '/path', 'unknown_parameter', errors);
  };
}

export function bodyValidator(
  schema: z.ZodType | undefined,
  optional: boolean,
  where: string,
): (body: unknown) => Checked {
  if (schema === undefined) return (body) => (isEmptyBody(body) ? { ok: true, value: undefined } : unexpectedBody);
  const strict = strictTop(schema, where);
  return (body) => {
    if (body === undefined || body === null) {
      if (optional) return { ok: true, value: undefined };
      const accepted = strict.safeParse(undefined);
      return accepted.success
        ? { ok: true, value: accepted.data }
        : body === null
          ? judge(strict, body, '', 'unknown_field', [])
          : missingBody;
    }
    const faults = inspectJson(body);
    // A schema that refers to itself would follow such a body as deep as it goes.
    if (faults.some(({ code }) => code === 'too_deep')) return { ok: false, errors: faults };
    return judge(strict, body, '', 'unknown_field', faults);
  };
}

const isEmptyBody = (body: unknown): boolean =>
  body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0);

const missingBody: Checked = { ok: false, errors: [{ pointer: '', code: 'required', detail: 'A body is required.' }] };
const unexpectedBody: Checked = {
  ok: false,
  errors: [{ pointer: '', code: 'unexpected_body', detail: 'This operation takes no body.' }],
};

export function validationProblem(errors: readonly FieldError[]): ProblemError {
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const place = first?.pointer === '' ? 'The body' : first?.pointer;
  const detail = first === undefined ? undefined : `${place}: ${first.detail}${more}`;
  return new ProblemError('validation_failed', detail, { errors });
}
