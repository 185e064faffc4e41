import { compile, selectAll, selectOne } from 'css-select';
import { type AnyNode, type Document, Element, Text, type ParentNode } from 'domhandler';
import { limits } from '../limits';
import { blocks } from './elements';

export type Node = AnyNode;
export { Element, Text, type Document, type ParentNode };

const silent = new Set(['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'head', 'select', 'datalist', 'textarea']);

export const childrenOf = (node: Node): readonly Node[] => ('children' in node ? node.children : []);
export const isElement = (node: Node | null | undefined): node is Element => node instanceof Element;
export const attr = (element: Element, name: string): string | undefined => (Object.hasOwn(element.attribs, name) ? element.attribs[name] : undefined);

/** White space of every kind is one space. */
export const tidy = (text: string): string => text.replace(/[\s\u00a0\u2000-\u200b\u202f\u2060\ufeff]+/gu, ' ').trim();

/** Two texts that only an inline element's edge parts are words of their own where a person reads them so, whatever the style sheet does about it. */
const parted = (text: string, before: Text | null, next: Text): boolean => {
  const left = /[\p{L}\d]+$/u.exec(text.slice(-40))?.[0] ?? '';
  const right = /^[\p{L}\d]+/u.exec(next.data.slice(0, 40))?.[0] ?? '';
  if (left === '' || right === '' || before === null) return false;
  // `34.850<sup>1</sup>` leads to the small print.
  if (/\d$/u.test(left) && /^\d/u.test(right)) return next.parent instanceof Element && next.parent.name === 'sup' && next.parent !== before.parent;
  const small = [before.parent, next.parent].some((parent) => parent instanceof Element && (parent.name === 'sup' || parent.name === 'sub'));
  if (small) return false;
  // `<span>BMW</span><span>X5</span>`
  if (before.next === null && next.prev === null && before.parent !== next.parent) return left.length > 1 && right.length > 1;
  // `<span>New</span>2012 Honda`; a letter in bold within a word is none.
  return /\p{L}{2}\p{Ll}$/u.test(left) && /^(?:\p{Lu}\p{Ll}|\d{4})/u.test(right);
};

/** The visible text of an element (`without` some elements in it); blocks and line breaks keep words apart. Bounded, and without recursion. */
export const textOf = (root: Node, max: number = limits.textChars, without?: (element: Element) => boolean): string => {
  let text = '';
  const walk: (Node | string)[] = [root];
  // Elements without text cost time, too.
  let looked = 0;
  let before: Text | null = null;
  while (walk.length > 0 && text.length < max && looked < 1_000 + max) {
    const node = walk.pop();
    looked += 1;
    if (node === undefined) break;
    if (typeof node === 'string') text += node;
    else if (node instanceof Text) {
      text += parted(text, before, node) ? ` ${node.data}` : node.data;
      before = node;
    } else if (!(isElement(node) && node !== root && (silent.has(node.name) || without?.(node) === true))) {
      const apart = isElement(node) && (blocks.has(node.name) || node.name === 'br' || node.name === 'img');
      if (apart) {
        text += ' ';
        walk.push(' ');
      }
      const children = childrenOf(node);
      for (let at = children.length - 1; at >= 0; at -= 1) {
        const child = children[at];
        if (child !== undefined) walk.push(child);
      }
    }
  }
  return tidy(text.slice(0, max));
};

/** What stands in an element as it was written (a script's text). */
export const rawText = (element: Element): string => childrenOf(element).map((child) => (child instanceof Text ? child.data : '')).join('');

/** Every element below, in the order of the page; `into` says whether to go on below one. */
export function* elementsOf(root: Node, into: (element: Element) => boolean = () => true): Generator<Element> {
  const walk: Node[] = [root];
  while (walk.length > 0) {
    const node = walk.pop();
    if (node === undefined) break;
    if (isElement(node) && node !== root) yield node;
    if (isElement(node) && node !== root && !into(node)) continue;
    const children = childrenOf(node);
    for (let at = children.length - 1; at >= 0; at -= 1) {
      const child = children[at];
      if (child !== undefined) walk.push(child);
    }
  }
}

const compiled = new Map<string, ((node: Element) => boolean) | null>();

const queryOf = (selector: string) => {
  const known = compiled.get(selector);
  if (known !== undefined) return known;
  let query: ((node: Element) => boolean) | null;
  try {
    query = compile<Node, Element>(selector);
  } catch {
    query = null;
  }
  if (compiled.size > 2_000) compiled.clear();
  compiled.set(selector, query);
  return query;
};

/** A selector that is none finds nothing. */
export const all = (selector: string, root: Node): Element[] => {
  const query = queryOf(selector);
  return query === null ? [] : selectAll<Node, Element>(query, root);
};

export const first = (selector: string, root: Node): Element | null => {
  const query = queryOf(selector);
  return query === null ? null : selectOne<Node, Element>(query, root);
};

/** The nearest element around, the element itself included, that fits. */
export const closest = (from: Element, fits: (element: Element) => boolean): Element | null => {
  for (let node: ParentNode | null = from; node !== null; node = node.parent) if (isElement(node) && fits(node)) return node;
  return null;
};

/** Class, id and test ids: what a site's own people call an element. */
export const marksOf = (element: Element): string =>
  ['class', 'id', 'data-testid', 'data-test', 'data-cmp', 'data-qa', 'data-item-name', 'itemprop', 'aria-label', 'name'].map((name) => attr(element, name) ?? '').join(' ').toLowerCase();

export const absolute = (href: string | null | undefined, base: string | null | undefined): string | null => {
  if (href === null || href === undefined) return null;
  const written = href.trim();
  if (written === '' || written.length > 2_000 || /^(?:#|javascript:|mailto:|tel:|data:|blob:|about:)/iu.test(written)) return null;
  try {
    const url = base === null || base === undefined || base === '' ? new URL(written) : new URL(written, base);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
};
