/** The little of XML that is written here: elements in order, with attributes, and text that can hold anything. */
export interface Xml {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children: string | readonly (Xml | null)[];
}

export const xml = (name: string, children: Xml['children'], attributes?: Xml['attributes']): Xml => ({ name, children, ...(attributes === undefined ? {} : { attributes }) });

/** Nothing where there is nothing to say: empty elements are errors in an invoice. */
export const optional = (name: string, text: string | null): Xml | null => (text === null || text.trim() === '' ? null : xml(name, text));

// What XML 1.0 can't hold at all, in whatever way it is written.
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const escapeXml = (text: string): string =>
  text.toWellFormed().replace(forbidden, '\uFFFD').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\r', '&#13;');

export function writeXml(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}`;
}

function write({ name, attributes = {}, children }: Xml, indent: string): string {
  const open = `${indent}<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join('')}>`;
  if (typeof children === 'string') return `${open}${escapeXml(children)}</${name}>\n`;
  const inner = children.map((child) => (child === null ? '' : write(child, `${indent}  `))).join('');
  return `${open}\n${inner}${indent}</${name}>\n`;
}
