import { readValue, parseJson, unescapeHtml } from './lenient';
import { fromDevalue } from './devalue';
import { isArray, isObject, type Json } from './types';
import { all, attr, elementsOf, rawText, type Document, type Element } from '../html/dom';
import { limits } from '../limits';

/** A piece of JSON that a page carries beside what it shows. */
export interface EmbeddedDocument {
  /** What it was called: a script's id, a variable, an attribute. */
  readonly name: string;
  readonly value: Json;
  /** The element that carried it as an attribute. */
  readonly element?: Element;
}

const worthwhile = (value: Json) => (isObject(value) && Object.keys(value).length > 0) || (isArray(value) && value.length > 0);

/** Variables that are given an object, an array, or text that is JSON. */
const assignment = /(?:^|[\s;,{}(])((?:window|self|globalThis|var|let|const|root)?[\s.]{0,3}[\w$][\w$.]{0,80}(?:\[["'][\w$.:-]{1,80}["']\])?)\s{0,5}=\s{0,5}(?=[[{]|JSON\.parse\s?\(|decodeURIComponent\s?\(|["'][[{\\%]|\(function\s?\()/gu;
const pushed = /\.push\(\s{0,10}(?=[[{])/gu;

const readArguments = (text: string, start: number): readonly Json[] => {
  const values: Json[] = [];
  let at = start;
  while (values.length < 5_000) {
    const read = readValue(text, at);
    if (read === null) break;
    values.push(read.value);
    const comma = /^\s*,/u.exec(text.slice(read.end, read.end + 50));
    if (comma === null) break;
    at = read.end + comma[0].length;
  }
  return values;
};

/** A function that is called at once and returns a state with its arguments put in: how Nuxt writes it. */
const readInvoked = (text: string, start: number): Json | undefined => {
  const head = /^\(function\s?\(([\w$,\s]{0,20000})\)\s?\{(?:[^{}]{0,2000}?)return\s?(?=\{)/u.exec(text.slice(start, start + 24_000));
  if (head === null) return undefined;
  const from = start + head[0].length;
  // Its names only get their values after the body: find where that ends, then read it again.
  const body = readValue(text, from);
  if (body === null) return undefined;
  const call = /^\s*;?\s*\}\s*\)?\s*\(/u.exec(text.slice(body.end, body.end + 200));
  if (call === null) return body.value;
  const values = readArguments(text, body.end + call[0].length);
  const names = new Map((head[1] ?? '').split(',').map((name, at) => [name.trim(), values[at] ?? null]));
  return readValue(text, from, names)?.value;
};

/** Text that is JSON itself is read. */
const opened = (value: Json): Json => {
  if (typeof value !== 'string' || !/^\s*(?:[[{]|%7B|%5B)/iu.test(value)) return value;
  let text = value;
  if (/^\s*%/u.test(value)) {
    try {
      text = decodeURIComponent(value);
    } catch {
      return value;
    }
  }
  return parseJson(text) ?? value;
};

const readAssigned = (code: string, documents: EmbeddedDocument[]): void => {
  // Each attempt may read to the end of the script: together they may read it a few times, not as often as it has assignments.
  let budget = code.length * 2 + 200_000;
  let done = 0;
  for (const found of code.matchAll(assignment)) {
    const start = found.index + found[0].length;
    if (start < done || budget <= 0) continue;
    const name = (found[1] ?? '').replace(/^(?:window|self|globalThis|var|let|const)[\s.]+/u, '').trim();
    const invoked = code.startsWith('(function', start) ? readInvoked(code, start) : undefined;
    const read = invoked === undefined ? readValue(code, start) : null;
    const value = invoked ?? (read === null ? undefined : opened(read.value));
    budget -= (read?.end ?? start + 20_000) - start;
    if (value === undefined || !worthwhile(value)) continue;
    documents.push({ name, value });
    if (read !== null) done = read.end;
  }
};

/** React's flight data: lines of `id:JSON` cut over many pushes. */
const readFlight = (code: readonly string[], documents: EmbeddedDocument[]): void => {
  let text = '';
  for (const script of code) {
    let done = 0;
    for (const found of script.matchAll(pushed)) {
      if (found.index < done || text.length > limits.htmlChars) continue;
      const read = readValue(script, found.index + found[0].length);
      if (read === null || !isArray(read.value)) continue;
      done = read.end;
      if (typeof read.value[1] === 'string') text += read.value[1];
    }
  }
  for (const line of text.split('\n').slice(0, 20_000)) {
    const row = /^[0-9a-f]{1,8}:(?=[[{])/iu.exec(line);
    const value = row === null ? undefined : parseJson(line.slice(row[0].length));
    if (value !== undefined && worthwhile(value)) documents.push({ name: '__next_f', value });
  }
};

const fromScripts = (document: Document): EmbeddedDocument[] => {
  const documents: EmbeddedDocument[] = [];
  const flight: string[] = [];
  for (const script of all('script', document).slice(0, limits.scripts)) {
    const type = attr(script, 'type')?.toLowerCase() ?? '';
    if (type.includes('ld+json')) continue;
    const code = rawText(script);
    if (code.length < 12) continue;
    const name = attr(script, 'id') ?? attr(script, 'data-state') ?? attr(script, 'class') ?? 'script';
    if (type.includes('json') || (/^\s*(?:<!--\s*)?[[{]/u.test(code) && type !== '' && !type.includes('javascript'))) {
      const value = parseJson(code);
      if (value !== undefined && worthwhile(value)) documents.push({ name, value: fromDevalue(value) });
    } else if (code.includes('__next_f')) flight.push(code);
    else if (type === '' || /javascript|ecmascript|module|babel/u.test(type)) readAssigned(code, documents);
  }
  readFlight(flight, documents);
  return documents;
};

const decoded = (written: string): string => {
  if (!/^\s*(?:%7B%22|%5B%7B)/iu.test(written)) return written;
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
};

/** Attributes that hold JSON: how components and list cards get their data. */
export const attributeDocuments = (root: Document | Element): EmbeddedDocument[] => {
  const documents: EmbeddedDocument[] = [];
  for (const element of elementsOf(root)) {
    for (const name in element.attribs) {
      const written = decoded(element.attribs[name] ?? '');
      if (written.length < 20 || !/^\s*(?:\{\s*(?:["'}]|&quot;)|\[\s*(?:\{|\[|&quot;))/u.test(written) || name.startsWith('on') || name === 'style') continue;
      const value = parseJson(written.includes('&quot;') ? unescapeHtml(written) : written);
      if (value !== undefined && worthwhile(value)) documents.push({ name, value, element });
      if (documents.length >= 5_000) return documents;
    }
  }
  return documents;
};

export const embeddedDocuments = (document: Document): readonly EmbeddedDocument[] => [...fromScripts(document), ...attributeDocuments(document)];
