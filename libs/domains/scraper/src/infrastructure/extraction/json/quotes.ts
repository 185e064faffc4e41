/** Where a string stands: what may follow it depends on that. */
export type Place = 'key' | 'member' | 'item';
const aKey = /^(?:"(?:\\.|[^"\\\n]){0,500}"|'(?:\\.|[^'\\\n]){0,500}'|[\w$-]{1,100})\s*:/u;
/** After a comma: words, or another quote's end, and then no colon. */
const isText = /^\s*(?:"(?:\\.|[^"\\\n]){0,500}"\s*[^\s:]|(?![\w$-]{1,100}\s*:)[\p{L}\d](?:\\.|[^"'\\\n]){0,500}["'])/u;

const space = /[\s\u00a0\ufeff]/u;
const farthest = 200;

/** A quote that was not escaped ends a string only where a string can end: `"he said "nice" car"` is one. `from` is behind the quote. */
export const endsString = (text: string, from: number, place: Place): boolean => {
  let at = from;
  while (at < text.length && at < from + farthest && space.test(text[at] ?? '')) at += 1;
  const next = text[at];
  if (next === undefined || at >= from + farthest) return true;
  if (next === ':') return place === 'key';
  if (place === 'key') return false;
  if ('}])/;'.includes(next)) return true;
  // Inside an object something with a colon follows; what comes after a comma in a text has none.
  if (next === ',') return place === 'item' || !isText.test(text.slice(at + 1, at + 600));
  if (at === from) return false;
  const follows = (): boolean => aKey.test(text.slice(at, at + 600));
  if (next === '"' || next === "'") return place === 'item' || follows();
  // A comma may be missing at the end of a line.
  return text.slice(from, at).includes('\n') && follows();
};
