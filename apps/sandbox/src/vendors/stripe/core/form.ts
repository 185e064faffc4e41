/** What a form says before anybody has asked what it means. */
export type Raw = string | readonly Raw[] | RawHash;
export interface RawHash {
  readonly [name: string]: Raw;
}

interface Branch extends Map<string, string | Branch> {
  readonly size: number;
}

const deepest = 12;

/** `a[b][c]=1`, `a[]=1` and `a[0][x]=1`, in a body or in a query. */
export function readForm(text: string): RawHash {
  const root: Branch = new Map();
  for (const [key, value] of new URLSearchParams(text)) place(root, pathOf(key), value);
  return hashOf(root);
}

const pathOf = (key: string): readonly string[] => {
  const open = key.indexOf('[');
  if (open <= 0) return [key];
  return [key.slice(0, open), ...[...key.slice(open).matchAll(/\[([^[\]]*)\]/gu)].map((match) => match[1] ?? '')].slice(0, deepest);
};

function place(root: Branch, path: readonly string[], value: string): void {
  let at = root;
  path.forEach((part, depth) => {
    const name = part === '' ? String(at.size) : part;
    if (depth === path.length - 1) {
      at.set(name, value);
      return;
    }
    const known = at.get(name);
    const next: Branch = known instanceof Map ? known : new Map();
    at.set(name, next);
    at = next;
  });
}

/** The keys of metadata are its caller's own, be they numbers. */
const hashOf = (branch: Branch): RawHash => Object.fromEntries([...branch].map(([name, value]) => [name, typeof value === 'string' ? value : name === 'metadata' ? hashOf(value) : grown(value)]));

/** Names that are all numbers are the places of a list. */
const grown = (branch: Branch): Raw => {
  const names = [...branch.keys()];
  if (!names.every((name) => /^\d+$/u.test(name))) return hashOf(branch);
  return names
    .sort((a, b) => Number(a) - Number(b))
    .map((name) => branch.get(name) ?? '')
    .map((value) => (typeof value === 'string' ? value : grown(value)));
};

export const isHash = (raw: Raw | undefined): raw is RawHash => typeof raw === 'object' && !Array.isArray(raw);
