import { localName, type SchemaNode, type SchemaValue } from './schema-node';
import { all, attr, rawText, type Document } from '../html/dom';
import { parseJson, readValue } from '../json/lenient';
import { isArray, isObject, own, type Json, type JsonObject } from '../json/types';
import { limits } from '../limits';

const typesOf = (object: JsonObject): readonly string[] => {
  const type = own(object, '@type') ?? own(object, 'type');
  return (isArray(type) ? type : [type ?? null]).filter((name) => typeof name === 'string').map(localName);
};

class Loader {
  private budget = 60_000;
  /** Things by their @id, so that a mere reference is the thing. */
  private readonly byId = new Map<string, JsonObject>();

  index(value: Json, depth = 0): void {
    if (depth > 30 || this.budget-- < 0) return;
    if (isArray(value)) for (const item of value) this.index(item, depth + 1);
    else if (isObject(value)) {
      const id = own(value, '@id');
      if (typeof id === 'string' && Object.keys(value).length > (this.byId.get(id) === undefined ? 1 : Object.keys(this.byId.get(id) ?? {}).length)) this.byId.set(id, value);
      for (const key of Object.keys(value)) this.index(own(value, key) ?? null, depth + 1);
    }
  }

  restart(): void {
    this.budget = 60_000;
  }

  node(written: JsonObject, depth: number): SchemaNode {
    const id = own(written, '@id');
    const object = typeof id === 'string' && Object.keys(written).length <= 2 && depth < 12 ? (this.byId.get(id) ?? written) : written;
    const properties = new Map<string, readonly SchemaValue[]>();
    for (const key of Object.keys(object)) {
      if (key === '@type' || key === '@context') continue;
      const values = this.values(own(object, key) ?? null, depth + 1);
      const name = key.startsWith('@') ? key : localName(key);
      if (values.length > 0) properties.set(name, [...(properties.get(name) ?? []), ...values]);
    }
    return { types: typesOf(object), properties, id: typeof id === 'string' ? id : null, from: 'json_ld' };
  }

  private values(value: Json, depth: number): readonly SchemaValue[] {
    this.budget -= 1;
    if (value === null || depth > 16 || this.budget < 0) return [];
    if (isArray(value)) return value.slice(0, 2_000).flatMap((item) => this.values(item, depth));
    if (isObject(value)) {
      const bare = own(value, '@value');
      return bare === undefined ? [this.node(value, depth)] : this.values(bare, depth);
    }
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [value] : [];
  }
}

/** Several values one after the other, as some pages write them into one script. */
const several = (text: string): readonly Json[] => {
  const found: Json[] = [];
  let at = text.search(/[[{]/u);
  while (at !== -1 && found.length < 200) {
    const read = readValue(text, at);
    if (read === null) break;
    found.push(read.value);
    const next = text.slice(read.end).search(/[[{]/u);
    at = next === -1 ? -1 : read.end + next;
  }
  return found;
};

export const jsonLdDocuments = (document: Document): readonly Json[] =>
  all('script', document)
    .filter((script) => /ld\+json/iu.test(attr(script, 'type') ?? ''))
    .slice(0, limits.scripts)
    .flatMap((script) => {
      const written = rawText(script);
      const whole = parseJson(written);
      if (whole === undefined) return several(written);
      // What the strict reader took is all there is; a repaired one may have a second value behind it.
      return /^\s*[[{]/u.test(written) && /[\]}]\s*;?\s*[[{]/u.test(written) ? [whole, ...several(written).slice(1)] : [whole];
    });

/** The things that stand at the top of the page's JSON-LD: graphs and lists of documents are opened, everything else stays nested. */
export const readJsonLd = (documents: readonly Json[]): readonly SchemaNode[] => {
  const loader = new Loader();
  for (const document of documents) loader.index(document);
  loader.restart();
  const tops: SchemaNode[] = [];
  const open = (value: Json, depth: number): void => {
    if (depth > 6 || tops.length > limits.listings) return;
    if (isArray(value)) for (const item of value) open(item, depth + 1);
    else if (isObject(value)) {
      const graph = own(value, '@graph');
      if (graph !== undefined) open(graph, depth + 1);
      if (graph === undefined || typesOf(value).length > 0) tops.push(loader.node(value, 0));
    }
  };
  for (const document of documents) open(document, 0);
  return tops;
};
