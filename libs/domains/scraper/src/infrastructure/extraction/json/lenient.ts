import { limits } from '../limits';
import { endsString, type Place } from './quotes';
import { type Json } from './types';

/** Thrown and caught in here only. */
class NotJson extends Error {}

const endings: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' };
const spaces = /[\s\u00a0\ufeff]/u;
const wordStart = /[A-Za-z_$]/u;
const wordPart = /[\w$]/u;

/**
 * What people call JSON: comments, trailing and missing commas, single quotes, bare keys, raw line breaks in strings, values of
 * JavaScript (`undefined`, `!0`, `new Date(…)`, `JSON.parse("…")`), and an end that is missing. One pass, bounded depth.
 */
class Reader {
  at: number;
  private readonly names: ReadonlyMap<string, Json>;
  /** The input ended before the value did. */
  cut = false;

  constructor(
    private readonly text: string,
    start: number,
    names: ReadonlyMap<string, Json> = new Map(),
  ) {
    this.at = start;
    this.names = names;
  }

  value(depth = 0, place: Place = 'item'): Json {
    if (depth > limits.jsonDepth) throw new NotJson();
    this.space();
    const char = this.text[this.at];
    if (char === undefined) throw new NotJson();
    if (char === '{') return this.object(depth);
    if (char === '[') return this.array(depth);
    if (char === '"' || char === "'" || char === '`') return this.string(place);
    if (/[-+.\d]/u.test(char)) return this.number();
    if (char === '!') {
      this.at += 1;
      return this.value(depth + 1) === 0;
    }
    return this.word(depth);
  }

  private space(): void {
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined) return;
      if (spaces.test(char) || char < ' ') this.at += 1;
      else if (char === '/' && this.text[this.at + 1] === '*') this.skipTo('*/');
      else if (char === '/' && this.text[this.at + 1] === '/') this.skipTo('\n');
      else return;
    }
  }

  private skipTo(end: string): void {
    const found = this.text.indexOf(end, this.at + 2);
    this.at = found === -1 ? this.text.length : found + end.length;
  }

  private object(depth: number): Json {
    const object = Object.create(null) as Record<string, Json>;
    this.at += 1;
    for (;;) {
      this.space();
      const char = this.text[this.at];
      if (char === undefined) {
        this.cut = true;
        return object;
      }
      if (char === '}') {
        this.at += 1;
        return object;
      }
      if (char === ',') {
        this.at += 1;
        continue;
      }
      const key = char === '"' || char === "'" ? this.string('key') : this.bareKey();
      this.space();
      if (this.text[this.at] !== ':') {
        if (this.text[this.at] === undefined) {
          this.cut = true;
          return object;
        }
        throw new NotJson();
      }
      this.at += 1;
      const value = this.member(depth, 'member');
      if (value === undefined) return object;
      object[key] = value;
    }
  }

  private array(depth: number): Json {
    const array: Json[] = [];
    this.at += 1;
    for (;;) {
      this.space();
      const char = this.text[this.at];
      if (char === undefined) {
        this.cut = true;
        return array;
      }
      if (char === ']') {
        this.at += 1;
        return array;
      }
      if (char === ',') {
        this.at += 1;
        continue;
      }
      const value = this.member(depth, 'item');
      if (value === undefined) return array;
      array.push(value);
    }
  }

  /** A value inside something; undefined when the text ends where it should stand. */
  private member(depth: number, place: Place): Json | undefined {
    this.space();
    if (this.at >= this.text.length) {
      this.cut = true;
      return undefined;
    }
    return this.value(depth + 1, place);
  }

  private string(place: Place): string {
    const quote = this.text[this.at] ?? '"';
    let value = '';
    this.at += 1;
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined) {
        // Half a text, like half a number, is worse than none.
        this.cut = true;
        return '';
      }
      this.at += 1;
      if (char === quote) {
        if (quote === '`' || endsString(this.text, this.at, place)) return value;
        value += char;
      } else if (char === '\\') value += this.escape();
      else value += char;
    }
  }

  private escape(): string {
    const char = this.text[this.at] ?? '';
    this.at += 1;
    if (char === 'u' || char === 'x') {
      const braces = /^\{([0-9a-f]{1,6})\}/iu.exec(this.text.slice(this.at, this.at + 8));
      const hex = braces?.[1] ?? this.text.slice(this.at, this.at + (char === 'u' ? 4 : 2));
      if (!/^[0-9a-f]+$/iu.test(hex)) return '';
      this.at += braces === null ? hex.length : braces[0].length;
      const code = parseInt(hex, 16);
      return code > 0x10ffff ? '' : code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code);
    }
    return char === '\n' ? '' : (endings[char] ?? char);
  }

  private number(): Json {
    const found = /^[-+]?(?:0x[0-9a-f]+|(?:\d[\d_]{0,400}(?:\.\d{0,400})?|\.\d{1,400})(?:e[-+]?\d{1,4})?)n?/iu.exec(this.text.slice(this.at, this.at + 820));
    if (found === null) throw new NotJson();
    this.at += found[0].length;
    if (this.at >= this.text.length) {
      this.cut = true;
      return null;
    }
    const value = Number(found[0].replace(/[_n]/gu, ''));
    return Number.isFinite(value) ? value : null;
  }

  private bareKey(): string {
    const start = this.at;
    while (this.at < this.text.length && this.at - start < 200 && /[\w$.\u00c0-\uffff-]/u.test(this.text[this.at] ?? '')) this.at += 1;
    if (this.at === start) throw new NotJson();
    return this.text.slice(start, this.at);
  }

  private word(depth: number): Json {
    const start = this.at;
    if (!wordStart.test(this.text[this.at] ?? '')) throw new NotJson();
    while (this.at < this.text.length && this.at - start < 100 && (wordPart.test(this.text[this.at] ?? '') || this.text[this.at] === '.')) this.at += 1;
    const word = this.text.slice(start, this.at);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null' || word === 'undefined' || word === 'NaN' || word === 'Infinity') return null;
    if (word === 'void' || word === 'new' || word === 'typeof') return this.value(depth + 1);
    const named = this.names.get(word);
    if (named !== undefined) return named;
    this.space();
    if (this.text[this.at] === '(') return this.call(word, depth);
    if (/^(?:function|return|if|for|var|let|const|class|async)$/u.test(word) || this.text[this.at] === '=') throw new NotJson();
    return null;
  }

  /** `JSON.parse("…")` is what it parses to, `Date("…")` and the like what they are made of. */
  private call(word: string, depth: number): Json {
    this.at += 1;
    this.space();
    const inner = this.text[this.at] === ')' ? null : this.value(depth + 1);
    for (;;) {
      this.space();
      const char = this.text[this.at];
      if (char === ')') break;
      if (char !== ',') throw new NotJson();
      this.at += 1;
      this.value(depth + 1);
    }
    this.at += 1;
    if (word === 'JSON.parse' && typeof inner === 'string') return parseJson(inner) ?? null;
    if (/decodeURIComponent|unescape/u.test(word) && typeof inner === 'string') return decoded(inner);
    return inner;
  }
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export interface LenientValue {
  readonly value: Json;
  /** Where it ends in the text. */
  readonly end: number;
  readonly cut: boolean;
}

/** The value that starts at a place in a text; null when none does. */
export const readValue = (text: string, start = 0, names?: ReadonlyMap<string, Json>): LenientValue | null => {
  const reader = new Reader(text, start, names);
  try {
    const value = reader.value();
    return { value, end: reader.at, cut: reader.cut };
  } catch (error) {
    if (error instanceof NotJson || error instanceof RangeError) return null;
    throw error;
  }
};

const entities: Readonly<Record<string, string>> = { quot: '"', '#34': '"', '#x22': '"', apos: "'", '#39': "'", '#x27': "'", lt: '<', gt: '>', amp: '&', '#47': '/', '#x2F': '/', nbsp: ' ' };

/** JSON that went through an escaping for HTML once too often. */
export const unescapeHtml = (text: string): string => text.replace(/&(quot|#34|#x22|apos|#39|#x27|lt|gt|amp|#47|#x2F|nbsp);/giu, (all, name: string) => entities[name] ?? entities[name.toLowerCase()] ?? all);

const strict = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};

/** JSON as it should be, or as it is; undefined when it is neither. */
export const parseJson = (written: string): Json | undefined => {
  const exact = strict(written);
  if (exact !== undefined) return exact;
  const text = written
    .slice(0, limits.jsonChars)
    .replace(/^[\s\ufeff]*(?:\)\]\}',?|for\s*\(;;\);|while\s*\(1\);|\/\*\*\/)?\s*(?:<!--|<!\[CDATA\[|\/\/\s*<!\[CDATA\[|\/\*\s*<!\[CDATA\[\s*\*\/)?/u, '')
    .replace(/(?:\/\/|\/\*)?\s{0,50}(?:-->|\]\]>)(?:\s{0,50}\*\/)?\s{0,50}$/u, '');
  const start = /^\s*[[{]/u.test(text) ? 0 : text.search(/^\s*(?:[\w$.]{1,80}\s*[=(]\s*)?[[{]/u);
  if (start === -1) return undefined;
  const from = text.search(/[[{]/u);
  const repaired = readValue(text, from)?.value;
  if (repaired !== undefined && (typeof repaired !== 'object' || text.indexOf('&quot;') === -1)) return repaired;
  if (!/&(?:quot|#34);/u.test(text)) return repaired;
  const unescaped = unescapeHtml(text);
  return strict(unescaped) ?? readValue(unescaped, unescaped.search(/[[{]/u))?.value ?? repaired;
};
