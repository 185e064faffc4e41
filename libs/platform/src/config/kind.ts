import { z } from 'zod';

/** What a text (an environment variable, a query parameter) should become before its schema judges it. */
export type Kind =
  | { readonly is: 'text' }
  | { readonly is: 'number' }
  | { readonly is: 'boolean' }
  | { readonly is: 'bigint' }
  | { readonly is: 'list'; readonly of: Kind };

const text: Kind = { is: 'text' };
const number: Kind = { is: 'number' };

/** What a schema of optional, default, nullable and the like is about; undefined when it stands for itself. */
export function wrappedBy(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  return schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNonOptional ||
    schema instanceof z.ZodCatch ||
    schema instanceof z.ZodReadonly
    ? schema.def.innerType
    : undefined;
}

/** Looks through optional, default, nullable, readonly and the input side of pipes. */
export function kindOf(schema: z.core.$ZodType): Kind {
  if (schema instanceof z.ZodNumber || schema instanceof z.ZodNumberFormat) return number;
  if (schema instanceof z.ZodBoolean) return { is: 'boolean' };
  if (schema instanceof z.ZodBigInt) return { is: 'bigint' };
  if (schema instanceof z.ZodArray) return { is: 'list', of: kindOf(schema.element) };
  if (schema instanceof z.ZodTuple || schema instanceof z.ZodSet) return { is: 'list', of: text };
  const wrapped = wrappedBy(schema);
  if (wrapped !== undefined) return kindOf(wrapped);
  if (schema instanceof z.ZodPipe) return kindOf(schema.def.in);
  if (schema instanceof z.ZodLiteral) {
    const [value] = schema.def.values;
    if (typeof value === 'number') return number;
    if (typeof value === 'boolean') return { is: 'boolean' };
  }
  if (schema instanceof z.ZodUnion) {
    // A text stays a text when the union takes one: `z.union([z.int(), z.string()])` is the string's own business.
    const kinds = schema.options.map((option) => kindOf(option));
    const [first] = kinds;
    if (first !== undefined && kinds.every((kind) => kind.is === first.is)) return first;
  }
  return text;
}

const decimal = /^-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?$/;
const integer = /^-?(?:0|[1-9][0-9]{0,40})$/;

/** A text that is no such thing stays a text, so that the schema's own message names what was expected. */
export function coerceText(value: string, kind: Kind): unknown {
  switch (kind.is) {
    case 'number':
      // Not Number(): it takes '', ' 1 ', '0x10' and '1e999'. A schema that coerces for itself gets NaN, never zero.
      return decimal.test(value) ? Number(value) : Number.NaN;
    case 'bigint':
      return integer.test(value) ? BigInt(value) : value;
    case 'boolean':
      if (value === 'true') return true;
      if (value === 'false') return false;
      return value;
    case 'list':
    case 'text':
      return value;
  }
}
