import { keyOfColumn } from './csv';
import { childrenOf, isElement, Text, type Element, type Node } from '../html/dom';
import { parseXmlTree } from '../html/tree';
import { isArray, isObject, own, scalar, type Json } from '../json/types';

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

/** An element as plain values: attributes and children by their names, text as `#text`; several of a name are a list. */
const valueOf = (element: Element | Node, depth: number): Json => {
  const object = Object.create(null) as Record<string, Json>;
  let text = '';
  const put = (name: string, value: Json) => {
    const known = object[name];
    object[name] = known === undefined ? value : isArray(known) ? [...known, value] : [known, value];
  };
  const many = new Map<string, Json[]>();
  if (isElement(element)) for (const name of Object.keys(element.attribs)) if (!name.startsWith('xmlns')) put(localName(name), element.attribs[name] ?? '');
  for (const child of childrenOf(element)) {
    if (child instanceof Text) text += child.data;
    else if (isElement(child) && depth < 60) {
      const name = localName(child.name);
      const list = many.get(name) ?? [];
      if (list.length === 0) many.set(name, list);
      list.push(valueOf(child, depth + 1));
    }
  }
  for (const [name, list] of many) for (const value of list.length === 1 ? list : [list]) put(name, value);
  const said = text.trim();
  if (Object.keys(object).length === 0) return said;
  if (said !== '') put('#text', said);
  return object;
};

/** The document as plain values; undefined when it is no XML at all. */
export const parseXml = (text: string): Json | undefined => {
  if (!/^\s*<(?:\?xml|[A-Za-z_!])/u.test(text.slice(0, 1_000)) || /<html\b|<!doctype html/iu.test(text.slice(0, 3_000))) return undefined;
  return valueOf(parseXmlTree(text).document, 0);
};

/** Element names in any language become the names of our dictionaries; deep documents are cut. */
export const translated = (value: Json, depth = 0): Json => {
  if (depth > 30) return null;
  if (isArray(value)) return value.map((item) => translated(item, depth + 1));
  if (!isObject(value)) return value;
  const object = Object.create(null) as Record<string, Json>;
  for (const key of Object.keys(value)) {
    const name = key === '#text' ? 'text' : keyOfColumn(key);
    if (!(name in object)) object[name] = translated(own(value, key) ?? null, depth + 1);
  }
  return object;
};

/** An element's own text, with or without attributes beside it. */
export const textIn = (value: Json | undefined): string | null => {
  if (isArray(value)) return textIn(value[0]);
  return isObject(value) ? scalar(own(value, '#text')) : scalar(value);
};

export const listIn = (value: Json | undefined): readonly Json[] => (value === undefined ? [] : isArray(value) ? value : [value]);
