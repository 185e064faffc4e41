import { evidence, nothing, type Evidence } from './evidence';
import type { MatchFacts } from './match';
import type { Nearness } from './offer-evidence';

/** A dealer's own number is unique to the dealer; by itself it is just a short number. Some feeds number on their own. */
export function stockEvidence(a: MatchFacts, b: MatchFacts, near: Nearness): Evidence {
  if (a.stockNumber === null || b.stockNumber === null) return nothing;
  const same = a.stockNumber.toUpperCase() === b.stockNumber.toUpperCase();
  if (!same) return near === 'same' ? evidence(-1.2, 'different stock numbers at one place') : nothing;
  return evidence(near === 'far' ? 1.5 : 5, 'the same stock number');
}

/** Two pictures this many bits apart show the same scene. */
const alikeBits = 6;

export function pictureEvidence(a: MatchFacts, b: MatchFacts): Evidence {
  if (a.imageHashes.length === 0 || b.imageHashes.length === 0) return nothing;
  const nearest = Math.min(...a.imageHashes.flatMap((left) => b.imageHashes.map((right) => bitsApart(left, right))));
  return nearest <= alikeBits ? evidence(4, 'a picture of both') : evidence(-0.5, 'no picture of both');
}

function bitsApart(a: string, b: string): number {
  if (a.length !== b.length) return 64;
  let bits = 0;
  for (let index = 0; index < a.length; index += 8) {
    let mixed = (Number.parseInt(a.slice(index, index + 8), 16) ^ Number.parseInt(b.slice(index, index + 8), 16)) >>> 0;
    for (; mixed !== 0; mixed &= mixed - 1) bits += 1;
  }
  return bits;
}

const fewest = 12;

/** Dealers paste one text below all their cars, so at one place it says little. */
export function wordsEvidence(a: MatchFacts, b: MatchFacts, near: Nearness): Evidence {
  const [left, right] = [new Set(a.words), new Set(b.words)];
  const smaller = Math.min(left.size, right.size);
  if (smaller < fewest) return nothing;
  let shared = 0;
  for (const word of left) if (right.has(word)) shared += 1;
  const share = shared / smaller;
  if (share >= 0.9) return evidence(near === 'same' ? 0.8 : 2.5, 'the same text');
  if (share >= 0.7) return evidence(near === 'same' ? 0.3 : 1.2, 'much the same text');
  return nothing;
}
