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

export interface ParsedMake {
  readonly entry: MakeEntry;
  readonly names: ReadonlyMap<string, MakeKey>;
  readonly models: ReadonlyMap<string, ModelKey>;
  readonly generation: RegExp | null;
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
  const names = new Map<string, MakeKey>();
  const aliases: string[] = [];
  names.set(keyOf(name), { make: name, canonical: true, weak: false, keep: false });
  for (const alias of list(written)) {
    const flags = /^[!+]*/u.exec(alias)?.[0] ?? '';
    const bare = alias.slice(flags.length);
    const canonical = keyOf(bare) === keyOf(name);
    names.set(keyOf(bare), { make: name, canonical, weak: flags.includes('!'), keep: flags.includes('+') });
    if (!canonical) aliases.push(bare);
  }
  const models: ModelEntry[] = [];
  const keys = new Map<string, ModelKey>();
  let generation: RegExp | null = null;
  const later: (() => void)[] = [];
  for (const line of lines) {
    if (line.startsWith('@')) generation = new RegExp(`^(?:${line.slice(1)})$`, 'u');
    else if (line.includes(' > ')) later.push(redirect(keys, line));
    else models.push(parseModel(keys, line, later));
  }
  // Names go before aliases, whatever the order of the lines.
  later.forEach((step) => step());
  return { entry: { name, aliases, models }, names, models: keys, generation };
}

function parseModel(keys: Map<string, ModelKey>, line: string, later: (() => void)[]): ModelEntry {
  const colon = line.search(/:(?= |$)/u);
  const head = colon < 0 ? line : line.slice(0, colon);
  const numbered = head.endsWith('#');
  const name = numbered ? head.slice(0, -1) : head;
  const aliases = colon < 0 ? [] : list(line.slice(colon + 1));
  const key = modelKeyOf(name);
  if (!keys.has(key)) keys.set(key, { model: name, elsewhere: null, canonical: true, keep: false, fallback: aliases.includes(`${name}~`), numbered });
  later.push(() => {
    for (const alias of aliases) {
      const flags = /[+~]*$/u.exec(alias)?.[0] ?? '';
      const bare = alias.slice(0, alias.length - flags.length);
      const aliasKey = keyOf(bare);
      if (!keys.has(aliasKey)) keys.set(aliasKey, { model: name, elsewhere: null, canonical: false, keep: flags !== '', fallback: flags.includes('~'), numbered });
    }
  });
  return { name, aliases: aliases.map((alias) => alias.replace(/[+~]+$/u, '')), numbered };
}

const redirect = (keys: Map<string, ModelKey>, line: string) => (): void => {
  const [words = '', target = ''] = line.split(' > ');
  const [make = '', ...model] = target.split('/');
  const key = keyOf(words);
  if (!keys.has(key)) keys.set(key, { model: model.length === 0 ? null : model.join('/'), elsewhere: make, canonical: false, keep: false, fallback: false, numbered: false });
};
