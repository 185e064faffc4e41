import type { z } from 'zod';

/** A language model that thinks aloud may write braces before it answers. */
const thoughts = /<think>[\s\S]*?<\/think>/giu;
const mostCandidates = 50;

/** The first JSON object in a text that is what was asked for, whatever is written around it; null when there is none. */
export function jsonInProse<T>(text: string, schema: z.ZodType<T>): T | null {
  const plain = text.replaceAll(thoughts, '');
  let tried = 0;
  for (let from = plain.indexOf('{'); from !== -1 && tried < mostCandidates; from = plain.indexOf('{', from + 1)) {
    tried += 1;
    const until = endOfObject(plain, from);
    if (until === null) continue;
    const read = schema.safeParse(parsed(plain.slice(from, until)));
    if (read.success) return read.data;
  }
  return null;
}

/** Where the object that begins here ends, strings in it taken as such. */
function endOfObject(text: string, from: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === '\\') at += 1;
      else if (sign === '"') quoted = false;
      continue;
    }
    if (sign === '"') quoted = true;
    else if (sign === '{') depth += 1;
    else if (sign === '}' && (depth -= 1) === 0) return at + 1;
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A comma before the closing brace is the slip that is made most.
    try {
      return JSON.parse(text.replaceAll(/,\s*([}\]])/gu, '$1'));
    } catch {
      return undefined;
    }
  }
}
