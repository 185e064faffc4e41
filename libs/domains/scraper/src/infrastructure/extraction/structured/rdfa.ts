import { valueOfElement } from './microdata';
import { addValue, localName, type SchemaNode, type SchemaValue } from './schema-node';
import { all, attr, childrenOf, isElement, type Document, type Element, type Node } from '../html/dom';
import { limits } from '../limits';

const namesIn = (written: string | undefined) => (written ?? '').split(/\s+/u).filter((name) => name !== '').slice(0, 10).map(localName);

class Resources {
  private budget = 100_000;
  readonly taken = new Set<Element>();
  constructor(private readonly base: string | null) {}

  node(element: Element, depth: number): SchemaNode {
    this.taken.add(element);
    const properties = new Map<string, SchemaValue[]>();
    const walk: Node[] = [...childrenOf(element)].reverse();
    while (walk.length > 0 && this.budget > 0) {
      const child = walk.pop();
      if (!isElement(child)) continue;
      this.budget -= 1;
      const names = [...namesIn(attr(child, 'property')), ...namesIn(attr(child, 'rel')).filter((name) => name !== 'nofollow' && name !== 'noopener' && attr(child, 'typeof') !== undefined)];
      const typed = attr(child, 'typeof') !== undefined && depth < 12;
      const value: SchemaValue | null = typed ? this.node(child, depth + 1) : names.length > 0 ? valueOfElement(child, this.base) : null;
      if (value !== null) for (const name of names) addValue(properties, name, value);
      if (!typed) for (const inner of [...childrenOf(child)].reverse()) walk.push(inner);
    }
    return { types: namesIn(attr(element, 'typeof')), properties, id: attr(element, 'resource') ?? attr(element, 'about') ?? null, from: 'rdfa' };
  }
}

/** RDFa Lite, with the prefixes people use: resources that are no property of another. */
export const readRdfa = (root: Document | Element, base: string | null): readonly { readonly node: SchemaNode; readonly element: Element }[] => {
  const reader = new Resources(base);
  const items: { node: SchemaNode; element: Element }[] = [];
  for (const element of all('[typeof]', root)) {
    if (items.length >= limits.listings || reader.taken.has(element)) continue;
    items.push({ node: reader.node(element, 0), element });
  }
  return items;
};
