import { z } from 'zod';
import { wrappedBy } from '../../config';

/**
 * Unknown members are refused everywhere. The top level is made strict for the author; a nested `z.object`, which would
 * silently drop what it does not know, stops the boot.
 */
export function strictTop(schema: z.ZodType, where: string): z.ZodType {
  assertStrict(schema, where, true, new Set());
  return schema instanceof z.ZodObject && schema.def.catchall === undefined ? schema.strict() : schema;
}

function assertStrict(schema: z.core.$ZodType, where: string, top: boolean, seen: Set<z.core.$ZodType>): void {
  if (seen.has(schema)) return;
  seen.add(schema);
  const next = (inner: z.core.$ZodType, path = ''): void => assertStrict(inner, `${where}${path}`, false, seen);
  if (schema instanceof z.ZodObject) {
    if (!top && schema.def.catchall === undefined) {
      throw new Error(`${where} takes z.object, which drops unknown members: use z.strictObject (or z.looseObject)`);
    }
    for (const [key, inner] of Object.entries<z.core.$ZodType>(schema.shape)) next(inner, `.${key}`);
  } else if (schema instanceof z.ZodArray) next(schema.element, '[]');
  else if (schema instanceof z.ZodUnion) for (const option of schema.options) next(option);
  else if (schema instanceof z.ZodRecord) next(schema.valueType, '.*');
  else if (schema instanceof z.ZodIntersection) {
    next(schema.def.left);
    next(schema.def.right);
  } else if (schema instanceof z.ZodPipe) assertStrict(schema.def.in, where, top, seen);
  else {
    const wrapped = wrappedBy(schema);
    if (wrapped !== undefined) next(wrapped);
  }
}
