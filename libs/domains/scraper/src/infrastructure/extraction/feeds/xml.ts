import { XMLParser } from 'fast-xml-parser';
import { keyOfColumn } from './csv';
import { isArray, isObject, own, scalar, type Json } from '../json/types';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // A document's own entities can grow without end; the five of XML and numbers are replaced by hand.
  processEntities: false,
  htmlEntities: false,
  // Texts of RSS are HTML; they are read later, in their place.
  stopNodes: [],
});

/** The document as plain values; undefined when it is no XML at all. */
export const parseXml = (text: string): Json | undefined => {
  try {
    const parsed: unknown = parser.parse(text.replace(/<!DOCTYPE[^>[]{0,1000}(?:\[[^\]]{0,100000}\])?\s*>/iu, ''));
    return isJson(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
};

const isJson = (value: unknown): value is Json => typeof value === 'object' || typeof value === 'string';

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
