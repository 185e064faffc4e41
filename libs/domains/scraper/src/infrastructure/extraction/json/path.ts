import { isArray, isObject, own, type Json } from './types';

type Step = { readonly key: string } | { readonly at: number } | 'all';

const parsed = new Map<string, readonly Step[]>();

/** `$.a.b[0].c`, `a['b.c']`, `list[*].id`, `byId.*`. */
const stepsOf = (path: string): readonly Step[] => {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  const steps: Step[] = [];
  for (const found of path.replace(/^\$\.?/u, '').matchAll(/\[(?:(\d+)|(\*)|"([^"]*)"|'([^']*)')\]|([^.[\]]+)/gu)) {
    const [, index, star, double, single, bare] = found;
    if (index !== undefined) steps.push({ at: Number(index) });
    else if (star !== undefined || bare === '*') steps.push('all');
    else steps.push({ key: double ?? single ?? bare ?? '' });
  }
  if (parsed.size > 5_000) parsed.clear();
  parsed.set(path, steps);
  return steps;
};

const step = (value: Json, way: Step): readonly Json[] => {
  if (way === 'all') return isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  if ('at' in way) {
    const found = isArray(value) ? value[way.at] : undefined;
    return found === undefined ? [] : [found];
  }
  if (isArray(value) && /^\d+$/u.test(way.key)) return step(value, { at: Number(way.key) });
  const found = isObject(value) ? own(value, way.key) : undefined;
  return found === undefined ? [] : [found];
};

/** Everything that a path leads to, in order; nothing when it leads nowhere. */
export const follow = (document: Json, path: string): readonly Json[] => {
  let values: readonly Json[] = [document];
  for (const way of stepsOf(path)) {
    values = values.flatMap((value) => step(value, way)).slice(0, 20_000);
    if (values.length === 0) return [];
  }
  return values;
};
