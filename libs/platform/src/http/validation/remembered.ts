import { deepFreeze, Seen } from '@autobroker/kernel';
import { LRUCache } from 'lru-cache';
import type { Checked } from './validator';

const rememberedMax = 4_000;
/** Longer ones are rare, and strangers must not fill the memory with them. */
const rememberedLength = 1_000;

/**
 * Remembers what texts of requests were read as when they come a second time: on hot routes the same ones come again and
 * again, others never. What was read is then the very same object for everybody, and nobody may change it, the first time
 * neither. `textOf` gives what the whole answer depends on; where that is no text, nothing is remembered.
 */
export function remembering<In>(read: (input: In) => Checked, textOf: (input: In) => unknown): (input: In) => Checked {
  const known = new LRUCache<string, Checked>({ max: rememberedMax });
  const seen = new Seen(rememberedMax);
  return (input) => {
    const text = textOf(input);
    if (typeof text !== 'string') return read(input);
    const before = known.get(text);
    if (before !== undefined) return before;
    const checked = read(input);
    if (!checked.ok || text.length > rememberedLength) return checked;
    deepFreeze(checked.value);
    if (seen.again(text)) known.set(text, checked);
    return checked;
  };
}
