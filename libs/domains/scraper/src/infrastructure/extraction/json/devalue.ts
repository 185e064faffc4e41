import { limits } from '../limits';
import { isArray, isObject, own, type Json } from './types';

const wrappers = new Set(['Reactive', 'ShallowReactive', 'Ref', 'ShallowRef', 'EmptyRef', 'EmptyShallowRef', 'NuxtError', 'Island']);

/** A flat list in which numbers point to other places of the list: how Nuxt 3 and SvelteKit write a state. Anything else stays as it is. */
export const fromDevalue = (document: Json): Json => {
  if (!isArray(document) || document.length < 3 || !document.every((value) => !Array.isArray(value) || value.every((part) => typeof part === 'number' || typeof part === 'string'))) return document;
  const root = document[0];
  if (!(isArray(root) && typeof root[0] === 'string' && wrappers.has(root[0])) && !(isObject(root) && Object.values(root).every((value) => typeof value === 'number'))) return document;
  let budget = limits.jsonValues;
  const at = (index: Json | undefined, depth: number): Json => {
    budget -= 1;
    if (typeof index !== 'number' || index < 0 || depth > 40 || budget < 0) return null;
    const value = document[index];
    if (isArray(value)) {
      const [kind, inner] = value;
      if (typeof kind === 'string') return wrappers.has(kind) ? at(inner, depth + 1) : kind === 'Date' ? (inner ?? null) : null;
      return value.map((part) => at(part, depth + 1));
    }
    if (!isObject(value)) return value ?? null;
    const object = Object.create(null) as Record<string, Json>;
    for (const key of Object.keys(value)) object[key] = at(own(value, key), depth + 1);
    return object;
  };
  return at(0, 0);
};
