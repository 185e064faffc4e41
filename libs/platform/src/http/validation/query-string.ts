/** A parsed query string: every value of every name, in order; null when it is not validly encoded. */
export type ParsedQuery = ReadonlyMap<string, readonly string[]> | null;

const empty: ReadonlyMap<string, readonly string[]> = new Map();
const maxParameters = 500;

/** Repeated names stay together; nothing else is structure: `a[b]=1` is a parameter of that very name. */
export function parseQueryString(text: string): ParsedQuery {
  if (text === '') return empty;
  const parsed = new Map<string, string[]>();
  const parts = text.split('&');
  if (parts.length > maxParameters) return null;
  for (const part of parts) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = decode(at === -1 ? part : part.slice(0, at));
    const value = at === -1 ? '' : decode(part.slice(at + 1));
    if (name === null || value === null) return null;
    const values = parsed.get(name);
    if (values === undefined) parsed.set(name, [value]);
    else values.push(value);
  }
  return parsed;
}

function decode(text: string): string | null {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
