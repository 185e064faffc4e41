import { z } from 'zod';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Turns zod's schemas into those of an OpenAPI document; what has a `meta({ id })` becomes a component. */
export class Schemas {
  readonly components: JsonObject = {};

  output(schema: z.ZodType, where: string): JsonObject {
    return this.convert(schema, 'output', where);
  }

  input(schema: z.ZodType, where: string): JsonObject {
    return this.convert(schema, 'input', where);
  }

  /** Follows a reference into the components. */
  resolve(schema: JsonObject): JsonObject {
    const { $ref } = schema;
    if (typeof $ref !== 'string') return schema;
    const target = this.components[$ref.slice('#/components/schemas/'.length)];
    return isObject(target) ? this.resolve(target) : schema;
  }

  add(name: string, schema: JsonObject): JsonObject {
    this.components[name] = schema;
    return { $ref: `#/components/schemas/${name}` };
  }

  private convert(schema: z.ZodType, io: 'input' | 'output', where: string): JsonObject {
    // Inside of an object a named schema is always a reference, never spelled out.
    const made = z.toJSONSchema(z.strictObject({ it: schema }), {
      target: 'draft-2020-12',
      io,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => tidy(zodSchema, jsonSchema, io),
    });
    const plain = toJson(made);
    if (!isObject(plain)) throw new Error(`${where}: no JSON schema`);
    const { $defs: defs, properties } = plain;
    const names = this.register(isObject(defs) ? defs : {}, where);
    const it = isObject(properties) ? properties.it : undefined;
    const renamed = rename(it ?? {}, names);
    return isObject(renamed) ? renamed : {};
  }

  /** What a client sends and what it gets may differ under one name (defaults, unknown members): then there are two. */
  private register(defs: JsonObject, where: string): Map<string, string> {
    const names = new Map<string, string>();
    for (const name of Object.keys(defs)) {
      const anonymous = name.startsWith('__');
      names.set(name, anonymous ? `${where}${name.replace('__schema', 'Part')}` : name);
    }
    for (const [name, def] of Object.entries(defs)) {
      const chosen = names.get(name) ?? name;
      const existing = this.components[chosen];
      if (existing !== undefined && JSON.stringify(existing) !== JSON.stringify(rename(def, names))) {
        names.set(name, `${chosen}Input`);
      }
    }
    for (const [name, def] of Object.entries(defs)) this.components[names.get(name) ?? name] = rename(def, names);
    return names;
  }
}

function rename(value: Json, names: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map((item) => rename(item, names));
  if (!isObject(value)) return value;
  const renamed: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$id' || key === '$schema' || key === 'id') {
      if (key !== 'id' || typeof inner !== 'string') renamed[key] = rename(inner, names);
    } else if (key === '$ref' && typeof inner === 'string') {
      const name = inner.replace('#/$defs/', '');
      renamed.$ref = `#/components/schemas/${names.get(name) ?? name}`;
    } else {
      renamed[key] = rename(inner, names);
    }
  }
  return renamed;
}

const maxSafe = Number.MAX_SAFE_INTEGER;

function tidy(zodSchema: z.core.$ZodType, json: z.core.JSONSchema.BaseSchema, io: 'input' | 'output'): void {
  if (json.format !== undefined) delete json.pattern;
  if (json.maximum === maxSafe) delete json.maximum;
  if (json.minimum === -maxSafe) delete json.minimum;
  const strict = zodSchema instanceof z.ZodObject && zodSchema.def.catchall === undefined && io === 'input';
  if (strict) json.additionalProperties = false;
}

export function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

const byFormat: Readonly<Record<string, string>> = {
  uuid: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a',
  'date-time': '2026-11-20T12:00:00.000Z',
  date: '2026-11-20',
  email: 'anna@example.org',
  uri: 'https://example.org/',
};

/** A value that fits a schema: its own example where it has one. For readers, not for tests. */
export function exampleOf(schema: JsonObject, resolve: (schema: JsonObject) => JsonObject, depth = 0): Json {
  const at = resolve(schema);
  if (at.example !== undefined) return at.example;
  if (Array.isArray(at.examples) && at.examples[0] !== undefined) return at.examples[0];
  if (at.const !== undefined) return at.const;
  if (at.default !== undefined) return at.default;
  if (Array.isArray(at.enum)) return at.enum[0] ?? null;
  if (depth > 6) return null;
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const options = at[key];
    const first = Array.isArray(options) ? options[0] : undefined;
    if (isObject(first)) return exampleOf(first, resolve, depth + 1);
  }
  return byType(at, resolve, depth);
}

function byType(at: JsonObject, resolve: (schema: JsonObject) => JsonObject, depth: number): Json {
  const type = Array.isArray(at.type) ? at.type[0] : at.type;
  switch (type) {
    case 'object': {
      const made: JsonObject = {};
      if (isObject(at.properties)) {
        for (const [name, inner] of Object.entries(at.properties))
          if (isObject(inner)) made[name] = exampleOf(inner, resolve, depth + 1);
      }
      return made;
    }
    case 'array':
      return isObject(at.items) ? [exampleOf(at.items, resolve, depth + 1)] : [];
    case 'integer':
    case 'number':
      return typeof at.minimum === 'number' ? at.minimum : 1;
    case 'boolean':
      return true;
    case 'string':
      return typeof at.format === 'string' ? (byFormat[at.format] ?? 'text') : 'text';
    default:
      return null;
  }
}
