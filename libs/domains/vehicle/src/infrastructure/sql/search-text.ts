const maxTerms = 8;

/** What people type or write, cut into comparable words: 'Škoda Octavia RS-230' → skoda octavia rs 230. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, 60));
}

/** A tsquery in which every word is wanted, each as the beginning of one; `null` when there is no word at all. */
export function searchTerms(q: string): string | null {
  const words = [...new Set(wordsOf(q))].slice(0, maxTerms);
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(' & ');
}

/** The text that `search` is made of, ready for to_tsvector('simple', …). */
export const searchText = (parts: readonly (string | null)[]): string =>
  [...new Set(parts.flatMap((part) => (part === null ? [] : wordsOf(part))))].join(' ');

/** What makers and models are compared by. */
export const nameKey = (name: string): string => name.toLowerCase();
