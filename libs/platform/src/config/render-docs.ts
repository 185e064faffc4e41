import { z } from 'zod';
import type { ConfigField, ConfigSpec } from './define-config';
import { wrappedBy } from './kind';

/** docs/configuration.md: the same specifications always give the same text. */
export function renderConfigDocs(specs: readonly ConfigSpec[]): string {
  const sections = [...specs]
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map((spec) => renderSpec(spec));
  return [
    '# Configuration',
    '',
    'Every setting is an environment variable, read and checked once when the process starts; all that is wrong is',
    'listed at once. An empty variable counts as not set. `npm run config:docs` writes this page from the code.',
    '',
    ...sections,
  ].join('\n');
}

function renderSpec(spec: ConfigSpec): string {
  const rows = Object.values(spec.fields).map((field) => {
    const cells = [`\`${field.env}\``, cell(typeOf(field.schema)), defaultOf(field), cell(field.description)];
    return `| ${cells.join(' | ')} |`;
  });
  return [`## ${spec.name}`, '', '| variable | type | default | what it does |', '|---|---|---|---|', ...rows, ''].join(
    '\n',
  );
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function defaultOf(field: ConfigField): string {
  if (field.default === undefined || field.default === null) {
    if (field.schema.safeParse(undefined).success) return 'none';
    return 'required';
  }
  if (field.secret === true) return field.default === '' ? 'none' : 'a development value, refused in production';
  const value: unknown = field.default;
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : `\`${cell(value.map(String).join(','))}\``;
  if (value === '') return 'empty';
  if (typeof value === 'number' && kindText(field.schema) === 'duration') return `\`${duration(value)}\``;
  return `\`${cell(String(value))}\``;
}

function duration(ms: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
  ];
  const fit = units.find(([, size]) => ms >= size && ms % size === 0);
  return fit === undefined ? `${ms}ms` : `${ms / fit[1]}${fit[0]}`;
}

function kindText(schema: z.core.$ZodType): string | undefined {
  const { kind } = z.globalRegistry.get(schema) ?? {};
  return typeof kind === 'string' ? kind : undefined;
}

function typeOf(schema: z.core.$ZodType): string {
  const named = kindText(schema);
  if (named !== undefined) return named;
  const wrapped = wrappedBy(schema);
  if (wrapped !== undefined) return typeOf(wrapped);
  if (schema instanceof z.ZodPipe) return typeOf(schema.def.in);
  if (schema instanceof z.ZodEnum) return `one of ${schema.options.map(String).join(', ')}`;
  if (schema instanceof z.ZodArray) return 'list';
  if (schema instanceof z.ZodNumber || schema instanceof z.ZodNumberFormat) return numberText(schema);
  if (schema instanceof z.ZodBoolean) return 'boolean';
  return 'text';
}

function numberText(schema: z.ZodNumber | z.ZodNumberFormat): string {
  const name = schema.format === 'safeint' ? 'integer' : 'number';
  const { minValue, maxValue } = schema;
  const low = minValue !== null && Number.isSafeInteger(minValue) && minValue !== Number.MIN_SAFE_INTEGER;
  const high = maxValue !== null && Number.isSafeInteger(maxValue) && maxValue !== Number.MAX_SAFE_INTEGER;
  if (low && high) return `${name}, ${minValue} to ${maxValue}`;
  if (low) return `${name} ≥ ${minValue}`;
  if (high) return `${name} ≤ ${maxValue}`;
  return name;
}
