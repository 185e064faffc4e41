import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type Found = readonly PropertyKey[];

/**
 * What a reader takes of an event, by the schema that its publisher keeps to the letter: fields that this version does not know,
 * at any depth, were written by a newer one, and are left out. Everything else is as wrong as it was.
 */
export function readTolerantly<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> {
  let read = schema.safeParse(value);
  if (read.success) return read;
  const known: unknown = structuredClone(value);
  // What lies behind an unknown field, such as the rules between fields, is only looked at without it.
  while (!read.success && unknownIn(read.error.issues).filter((path) => drop(known, path)).length > 0) read = schema.safeParse(known);
  return read;
}

/** Where the fields are that this version does not know. */
function unknownIn(issues: readonly Issue[], under: Found = []): Found[] {
  return issues.flatMap((issue): Found[] => {
    const path = [...under, ...issue.path];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => [...path, key]);
      case 'invalid_key':
        // The names of a record's fields are a list, and this is not on it.
        return issue.origin === 'record' && issue.issues.every(({ code }) => code === 'invalid_value') ? [path] : [];
      case 'invalid_union': {
        // Of the shapes that it may have, the one that it has but for such fields.
        const shapes = issue.errors.filter((shape) => shape.every((one) => unknownIn([one]).length > 0)).map((shape) => unknownIn(shape, path));
        return shapes.find((shape) => shape.length > 0) ?? [];
      }
      default:
        return [];
    }
  });
}

/** Whether there was something to drop. */
function drop(value: unknown, path: Found): boolean {
  const owner = path.slice(0, -1).reduce<unknown>((at, step) => (isObject(at) ? Reflect.get(at, step) : undefined), value);
  const name = path.at(-1);
  return isObject(owner) && name !== undefined && Object.hasOwn(owner, name) && Reflect.deleteProperty(owner, name);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
