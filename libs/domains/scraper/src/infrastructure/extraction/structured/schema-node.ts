import { type CaptureOrigin } from '@autobroker/contracts';

/** A thing said in schema.org's words, whichever of the three ways a page writes them. */
export interface SchemaNode {
  /** Local names, lower case: `car`, `offer`. */
  readonly types: readonly string[];
  /** Local names, lower case. */
  readonly properties: ReadonlyMap<string, readonly SchemaValue[]>;
  readonly id: string | null;
  readonly from: Extract<CaptureOrigin, 'json_ld' | 'microdata' | 'rdfa'>;
}
export type SchemaValue = string | number | boolean | SchemaNode;

export const isNode = (value: SchemaValue | undefined): value is SchemaNode => typeof value === 'object';

export const localName = (name: string): string => (name.split(/[/#:]/u).filter((part) => part !== '').at(-1) ?? '').toLowerCase();

export const get = (node: SchemaNode, ...names: readonly string[]): readonly SchemaValue[] => names.flatMap((name) => node.properties.get(name) ?? []);

/** A value as text; of a thing its name or value. */
export const textOfValue = (value: SchemaValue | undefined): string | null => {
  if (value === undefined || typeof value === 'boolean') return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  for (const name of ['name', 'value', '@value', 'alternatename']) {
    const inner = value.properties.get(name)?.[0];
    if (inner !== undefined && !isNode(inner)) return textOfValue(inner);
  }
  return null;
};

export const text = (node: SchemaNode, ...names: readonly string[]): string | null => {
  for (const value of get(node, ...names)) {
    const found = textOfValue(value);
    if (found !== null && found.trim() !== '') return found;
  }
  return null;
};

export const nodes = (node: SchemaNode, ...names: readonly string[]): readonly SchemaNode[] => get(node, ...names).filter(isNode);

export const isA = (node: SchemaNode, ...types: readonly string[]): boolean => node.types.some((type) => types.includes(type));

/** One more value of a property; in place, for a page may repeat a property without end. */
export const addValue = (properties: Map<string, SchemaValue[]>, name: string, value: SchemaValue): void => {
  const known = properties.get(name);
  if (known === undefined) properties.set(name, [value]);
  else if (known.length < 2_000) known.push(value);
};
