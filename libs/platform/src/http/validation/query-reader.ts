import { parseQueryString, type ParsedQuery } from './query-string';
import { remembering } from './remembered';
import type { Checked } from './validator';

export type QueryReader = (text: string) => Checked;

/**
 * From the text after the question mark to what the route's schema makes of it. On hot routes the same few texts come
 * again and again: what they were read as is remembered, and is then the very same object, which nobody may change.
 */
export function queryReader(check: (query: ParsedQuery) => Checked, options: { readonly remember: boolean }): QueryReader {
  const read: QueryReader = (text) => check(parseQueryString(text));
  return options.remember ? remembering(read, (text) => text) : read;
}
