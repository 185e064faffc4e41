import { keyOf } from '../text/fold';

/**
 * The notation of data/makes:
 *
 *     =Make; alias, alias        `!` before an alias (or before the first, for the name): an everyday word, a make only where
 *                                a model follows or the text starts; `+`: the words are part of the model («Range Rover»)
 *     @pattern                   generation marks of the make («F30», «B8»)
 *     Model: alias, alias        `+` behind an alias: it says more than the model, so it stays in the trim («Golf GTI»);
 *                                `~`: only where nothing better is found («Sport» for a Land Rover); `#` behind the model:
 *                                its generations are numbered («Golf 7»)
 *     Words > Make/Model         sold under another make
 */
export interface ModelEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  /** Its generations are numbered: «Golf 7», «Golf VII». */
  readonly numbered: boolean;
}

export interface MakeEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly models: readonly ModelEntry[];
}

/** What a run of words means within a make. */
export interface ModelKey {
  readonly model: string | null;
  /** Sold under this make instead. */
  readonly elsewhere: string | null;
  readonly canonical: boolean;
  readonly keep: boolean;
  readonly fallback: boolean;
  readonly numbered: boolean;
}

export interface MakeKey {
  readonly make: string;
  readonly canonical: boolean;
  readonly weak: boolean;
  readonly keep: boolean;
}

/** What is looked up while a title is read. */
export interface MakeIndex {
  readonly models: ReadonlyMap<string, ModelKey>;
  readonly generation: RegExp | null;
}

export interface ParsedMake {
  readonly entry: MakeEntry;
  readonly names: () => ReadonlyMap<string, MakeKey>;
  readonly index: () => MakeIndex;
}

const list = (text: string): string[] => text.split(',').map((part) => part.trim()).filter((part) => part !== '');

/** «Prius+» is another car than «Prius»: a plus at the end counts. */
const modelKeyOf = (name: string): string => keyOf(name) + (name.endsWith('+') ? 'plus' : '');

export function parseMakes(text: string): ParsedMake[] {
  return text
    .split(/^=/mu)
    .slice(1)
    .map((block) => parseMake(block.split('\n').map((line) => line.trim()).filter((line) => line !== '')));
}

function parseMake([head = '', ...lines]: readonly string[]): ParsedMake {
  const [name = '', written = ''] = head.split(';').map((part) => part.trim());
  const rows = lines.filter((line) => !line.startsWith('@') && !line.includes(' > ')).map(parseModel);
  const aliases = list(written).map((alias) => alias.replace(/^[!+]+/u, '')).filter((alias) => alias !== name);
  let index: MakeIndex | undefined;
  return {
    entry: { name, aliases, models: rows.map(({ entry }) => entry) },
    names: () => namesOf(name, written),
    index: () => (index ??= indexOf(lines, rows)),
  };
}

function namesOf(name: string, written: string): Map<string, MakeKey> {
  const names = new Map<string, MakeKey>([[keyOf(name), { make: name, canonical: true, weak: false, keep: false }]]);
  for (const alias of list(written)) {
    const flags = /^[!+]*/u.exec(alias)?.[0] ?? '';
    const key = keyOf(alias.slice(flags.length));
    names.set(key, { make: name, canonical: key === keyOf(name), weak: flags.includes('!'), keep: flags.includes('+') });
  }
  return names;
}

interface ModelRow {
  readonly entry: ModelEntry;
  /** As written, with their flags. */
  readonly written: readonly string[];
}

function parseModel(line: string): ModelRow {
  const colon = line.search(/:(?= |$)/u);
  const head = colon < 0 ? line : line.slice(0, colon);
  const numbered = head.endsWith('#');
  const written = colon < 0 ? [] : list(line.slice(colon + 1));
  return { entry: { name: numbered ? head.slice(0, -1) : head, aliases: written.map((alias) => alias.replace(/[+~]+$/u, '')), numbered }, written };
}

function indexOf(lines: readonly string[], rows: readonly ModelRow[]): MakeIndex {
  const models = new Map<string, ModelKey>();
  const put = (key: string, meaning: ModelKey): void => void (models.has(key) || models.set(key, meaning));
  // Names go before aliases, whatever the order of the lines.
  for (const { entry, written } of rows) {
    put(modelKeyOf(entry.name), { model: entry.name, elsewhere: null, canonical: true, keep: false, fallback: written.includes(`${entry.name}~`), numbered: entry.numbered });
  }
  for (const { entry, written } of rows) {
    for (const alias of written) {
      const flags = /[+~]*$/u.exec(alias)?.[0] ?? '';
      const key = keyOf(alias.slice(0, alias.length - flags.length));
      put(key, { model: entry.name, elsewhere: null, canonical: false, keep: flags !== '', fallback: flags.includes('~'), numbered: entry.numbered });
    }
  }
  for (const line of lines) {
    const [words = '', target] = line.split(' > ');
    if (target === undefined) continue;
    const [make = '', ...model] = target.split('/');
    put(keyOf(words), { model: model.length === 0 ? null : model.join('/'), elsewhere: make, canonical: false, keep: false, fallback: false, numbered: false });
  }
  const pattern = lines.find((line) => line.startsWith('@'));
  return { models, generation: pattern === undefined ? null : new RegExp(`^(?:${pattern.slice(1)})$`, 'u') };
}
