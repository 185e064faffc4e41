import { LRUCache } from 'lru-cache';

const rememberedMax = 4_000;
/** Longer ones are rare, and strangers must not fill the memory with them. */
const rememberedLength = 1_000;

export interface Remembered<T> {
  get(text: string): T | undefined;
  /** `value` becomes the very same object for everybody, which nobody may change. */
  keep(text: string, what: T, value: unknown): void;
}

/** What texts of requests were read as: on hot routes the same ones come again and again. */
export function remembered<T extends object>(): Remembered<T> {
  const known = new LRUCache<string, T>({ max: rememberedMax });
  return {
    get: (text) => known.get(text),
    keep: (text, what, value) => {
      if (text.length > rememberedLength) return;
      freeze(value);
      known.set(text, what);
    },
  };
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}
