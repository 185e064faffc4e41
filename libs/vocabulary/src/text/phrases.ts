import { tokens, type Token } from './fold';

interface Phrase<V> {
  readonly value: V;
  /** The lower, the more it says: «plug-in hybrid» decides over «petrol». */
  readonly rank: number;
}

/** For words that end in what they mean, as German colours do: «Brillantschwarz». */
export interface Endings<V> {
  readonly [ending: string]: V;
}

/** A phrase in a text: the words it covers. */
export interface Hit<V> {
  readonly value: V;
  readonly at: number;
  readonly until: number;
}

interface Found<V> extends Phrase<V>, Hit<V> {}

type Text = string | null | undefined;

const LONGEST = 5;
const MOST_CHARACTERS = 1_000;

/**
 * Finds what a text says in a closed vocabulary. Rows are `[value, 'word, two words, …']`; the earlier row decides where
 * several are found. A phrase is found by looking up runs of up to five words, so the size of the vocabulary costs nothing.
 */
export class Phrasebook<V extends string> {
  private readonly phrases = new Map<string, Phrase<V>>();

  constructor(
    rows: readonly (readonly [value: V, words: string])[],
    private readonly endings: Endings<V> = {},
  ) {
    rows.forEach(([value, words], rank) => {
      for (const phrase of words.split(',')) {
        const key = tokens(phrase).map((token) => token.key).join(' ');
        if (key !== '' && !this.phrases.has(key)) this.phrases.set(key, { value, rank });
      }
    });
  }

  /** What the text says, by the earliest row. */
  find(text: Text): V | null {
    return this.all(text)[0] ?? null;
  }

  /** Everything the text says, the deciding one first. */
  all(text: Text): V[] {
    const found = this.hits(text).sort((a, b) => a.rank - b.rank);
    return [...new Set(found.map((phrase) => phrase.value))];
  }

  /** What the text says first, whatever its row. */
  first(text: Text): Hit<V> | null {
    return this.hits(text)[0] ?? null;
  }

  /** What the first word that ends in a meaning means: «Brillantschwarz». */
  ending(text: Text): V | null {
    for (const { key } of words(text)) {
      for (const [ending, value] of Object.entries(this.endings)) {
        if (key.length > ending.length && key.endsWith(ending)) return value;
      }
    }
    return null;
  }

  private hits(text: Text): Found<V>[] {
    const run = words(text);
    const found: Found<V>[] = [];
    for (let at = 0; at < run.length; ) {
      const hit = this.longestAt(run, at);
      if (hit !== undefined) found.push(hit);
      at = hit?.until ?? at + 1;
    }
    return found;
  }

  private longestAt(run: readonly Token[], at: number): Found<V> | undefined {
    let best: Found<V> | undefined;
    let key = '';
    for (let until = at + 1; until <= run.length && until <= at + LONGEST; until += 1) {
      const word = run[until - 1]?.key ?? '';
      key = key === '' ? word : `${key} ${word}`;
      const phrase = this.phrases.get(key);
      if (phrase !== undefined) best = { ...phrase, at, until };
    }
    return best;
  }
}

const words = (text: Text): Token[] => (text == null || text === '' ? [] : tokens(text, MOST_CHARACTERS));
