import { LRUCache } from 'lru-cache';
import { parseQueryString, type ParsedQuery } from './query-string';
import type { Checked } from './validator';

export type QueryReader = (text: string) => Checked;

const rememberedMax = 4_000;
/** Longer ones are rare, and strangers must not fill the memory with them. */
const rememberedLength = 1_000;

/**
 * From the text after the question mark to what the route's schema makes of it. On hot routes the same few texts come
 * again and again: what they were read as is remembered, and is then the very same object, which nobody may change.
 */
export function queryReader(check: (query: ParsedQuery) => Checked, options: { readonly remember: boolean }): QueryReader {
  const read: QueryReader = (text) => check(parseQueryString(text));
  if (!options.remember) return read;
  const known = new LRUCache<string, Checked>({ max: rememberedMax });
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const checked = read(text);
    if (checked.ok && text.length <= rememberedLength) {
      freeze(checked.value);
      known.set(text, checked);
    }
    return checked;
  };
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}
