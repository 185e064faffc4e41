import { z } from 'zod';

export interface SortTerm<K extends string = string> {
  readonly key: K;
  readonly descending: boolean;
}

const commaList = (text: string): string[] => text.split(',').map((part) => part.trim());

/** `sort=-price,year` over a closed set of keys. */
export function parseSort<const K extends string>(
  allowed: readonly K[],
  options: { max?: number; default?: string } = {},
) {
  const max = options.max ?? 3;
  const isAllowed = (name: string): name is K => (allowed as readonly string[]).includes(name);
  const read = (text: string, fail: (message: string) => void): SortTerm<K>[] => {
    const terms: SortTerm<K>[] = [];
    for (const part of commaList(text)) {
      const descending = part.startsWith('-');
      const key = descending ? part.slice(1) : part;
      if (!isAllowed(key)) fail(`is not one of ${allowed.join(', ')}, with - before it for descending`);
      else if (terms.some((term) => term.key === key)) fail(`names ${key} twice`);
      else terms.push({ key, descending });
    }
    if (terms.length > max) fail(`takes at most ${max} keys`);
    return terms;
  };
  const schema = z
    .string()
    .max(200)
    .transform((text, ctx) => read(text, (message) => ctx.addIssue(message)))
    .meta({ description: `Order by ${allowed.join(', ')}; \`-\` before a key for descending` });
  const fallback = options.default;
  return fallback === undefined ? schema.optional() : schema.prefault(fallback);
}

/** A comma list of names from a closed set: `fields=id,price` or `include=media`. */
function parseNames<const K extends string>(allowed: readonly K[], what: string) {
  const isAllowed = (name: string): name is K => (allowed as readonly string[]).includes(name);
  return z
    .string()
    .min(1)
    .max(2_000)
    .transform((text, ctx) => {
      const names = new Set<K>();
      for (const name of commaList(text)) {
        if (isAllowed(name)) names.add(name);
        else ctx.addIssue(`names something that is not one of ${allowed.join(', ')}`);
      }
      // In the table's order, so that one choice has one cache key however it was written.
      return allowed.filter((name) => names.has(name));
    })
    .optional()
    .meta({ description: `${what}: comma list of ${allowed.join(', ')}` });
}

export const parseFields = <const K extends string>(allowed: readonly K[]) => parseNames(allowed, 'Only these members');
export const parseInclude = <const K extends string>(allowed: readonly K[]) => parseNames(allowed, 'Also embed');

/** An object with only the chosen members; all of them when nothing was chosen. */
export function pickFields<T extends object>(object: T, fields: readonly string[] | undefined): Partial<T> {
  if (fields === undefined) return object;
  const chosen = new Set(fields);
  return Object.fromEntries(Object.entries(object).filter(([name]) => chosen.has(name))) as Partial<T>;
}
