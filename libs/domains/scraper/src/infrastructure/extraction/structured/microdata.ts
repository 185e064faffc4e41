import { addValue, localName, type SchemaNode, type SchemaValue } from './schema-node';
import { absolute, all, attr, childrenOf, isElement, textOf, type Document, type Element, type Node } from '../html/dom';
import { limits } from '../limits';

const linkOf: Readonly<Record<string, string>> = { a: 'href', area: 'href', link: 'href', img: 'src', iframe: 'src', embed: 'src', source: 'src', track: 'src', video: 'src', audio: 'src', object: 'data' };

/** The value of a property as its element writes it. */
export const valueOfElement = (element: Element, base: string | null): string => {
  const content = attr(element, 'content');
  if (content !== undefined) return content;
  const link = linkOf[element.name];
  const href = link === undefined ? undefined : (attr(element, link) ?? attr(element, 'data-src'));
  if (href !== undefined) return absolute(href, base) ?? href;
  return attr(element, 'datetime') ?? (element.name === 'data' || element.name === 'meter' ? attr(element, 'value') : undefined) ?? textOf(element, 4_000);
};

class Scopes {
  private budget = 100_000;
  private readonly seen = new Set<Element>();
  constructor(
    private readonly byId: (id: string) => Element | undefined,
    private readonly base: string | null,
  ) {}

  node(scope: Element, depth: number): SchemaNode {
    this.seen.add(scope);
    const properties = new Map<string, SchemaValue[]>();
    const roots: Node[] = [...childrenOf(scope)];
    for (const id of (attr(scope, 'itemref') ?? '').split(/\s+/u).slice(0, 50)) {
      const other = id === '' ? undefined : this.byId(id);
      // What refers to itself would never end.
      if (other !== undefined && !this.seen.has(other) && other !== scope) roots.push(other);
    }
    const walk = roots.reverse();
    while (walk.length > 0 && this.budget > 0) {
      const element = walk.pop();
      if (!isElement(element)) continue;
      this.budget -= 1;
      const names = (attr(element, 'itemprop') ?? '').split(/\s+/u).filter((name) => name !== '');
      const scoped = attr(element, 'itemscope') !== undefined;
      if (names.length > 0 && !(scoped && (depth > 12 || this.seen.has(element)))) {
        const value: SchemaValue = scoped ? this.node(element, depth + 1) : valueOfElement(element, this.base);
        for (const name of names.slice(0, 10)) addValue(properties, localName(name), value);
      }
      if (!scoped) for (const child of [...childrenOf(element)].reverse()) walk.push(child);
    }
    const types = (attr(scope, 'itemtype') ?? '').split(/\s+/u).filter((type) => type !== '').map(localName);
    return { types, properties, id: attr(scope, 'itemid') ?? null, from: 'microdata' };
  }

  isTaken(scope: Element): boolean {
    return this.seen.has(scope);
  }
}

/** Items that are no property of another, with their elements. */
export const readMicrodata = (root: Document | Element, base: string | null): readonly { readonly node: SchemaNode; readonly element: Element }[] => {
  const scopes = all('[itemscope]', root);
  if (scopes.length === 0) return [];
  const ids = new Map<string, Element>();
  for (const element of all('[id]', root)) {
    const id = attr(element, 'id') ?? '';
    if (!ids.has(id)) ids.set(id, element);
  }
  const reader = new Scopes((id) => ids.get(id), base);
  const items: { node: SchemaNode; element: Element }[] = [];
  for (const element of scopes) {
    if (items.length >= limits.listings) break;
    if (attr(element, 'itemprop') !== undefined && reader.isTaken(element)) continue;
    if (!reader.isTaken(element)) items.push({ node: reader.node(element, 0), element });
  }
  return items;
};
