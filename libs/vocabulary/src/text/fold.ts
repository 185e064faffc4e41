/** Letters that lose their mark by Unicode decomposition keep their base; these have none to keep. */
const undecomposed: Record<string, string> = { ß: 'ss', ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', đ: 'd', ı: 'i' };
const PLAIN = /^[\u0020-\u007e]*$/u;
const MARKS = /\p{M}+/gu;
const UNDECOMPOSED = /[ßłøæœđı]/gu;
const SPACES = /\s+/gu;

/** Lower case and without marks: what two spellings of a word have in common. «Škoda» and «SKODA» fold to the same. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  return lower.normalize('NFKD').replace(MARKS, '').replace(UNDECOMPOSED, (letter) => undecomposed[letter] ?? letter);
}

/** One line, single blanks. */
export function tidy(text: string): string {
  return text.replace(SPACES, ' ').trim();
}

export interface Token {
  /** Folded; letters and digits only, except the separator within a decimal («1.4»). */
  readonly key: string;
  /** Where it stands in the text it came from. */
  readonly start: number;
  readonly end: number;
}

const WORD = /\d+(?:[.,]\d+)+|[\p{L}\p{N}\p{M}]+/gu;

/** Words and numbers of a text, in order. Reads at most `limit` characters: fields are short, and hostile ones are not. */
export function tokens(text: string, limit = 400): Token[] {
  const found: Token[] = [];
  for (const match of text.slice(0, limit).matchAll(WORD)) {
    const word = match[0];
    found.push({ key: fold(word), start: match.index, end: match.index + word.length });
  }
  return found;
}

/** A text with its words: read once, looked at many times. */
export interface Line {
  readonly text: string;
  readonly words: readonly Token[];
}

export const lineOf = (text: string): Line => ({ text, words: tokens(text) });

/** A text as a key: folded, letters and digits only. «F-150», «F 150» and «f150» have the same. */
export function keyOf(text: string): string {
  let key = '';
  for (const token of tokens(text)) key += token.key;
  return key.replaceAll(/[.,]/gu, '');
}
