import { evidence, nothing, type Evidence } from './evidence';
import type { MatchFacts } from './match';

/** Colours that people see differently. */
const alike: readonly ReadonlySet<string>[] = [new Set(['grey', 'silver']), new Set(['black', 'grey']), new Set(['brown', 'beige', 'gold']), new Set(['red', 'orange', 'brown']), new Set(['white', 'beige', 'silver']), new Set(['blue', 'purple']), new Set(['blue', 'green']), new Set(['blue', 'black'])];

export function colourEvidence(a: MatchFacts, b: MatchFacts): Evidence {
  if (a.colour === null || b.colour === null || a.colour === 'other' || b.colour === 'other') return nothing;
  if (a.colour === b.colour) return evidence(1, 'the same colour');
  const near = alike.some((set) => set.has(a.colour ?? '') && set.has(b.colour ?? ''));
  return near ? evidence(-0.7, 'colours that are told alike') : evidence(-3.5, 'different colours');
}

/** Sites know different finenesses: a hybrid is sold as petrol, E85 as flexible fuel. */
const related: readonly ReadonlySet<string>[] = [new Set(['petrol', 'hybrid', 'plug_in_hybrid', 'lpg', 'cng', 'ethanol']), new Set(['diesel', 'hybrid', 'plug_in_hybrid']), new Set(['electric', 'plug_in_hybrid'])];

export function fuelEvidence(a: MatchFacts, b: MatchFacts): Evidence {
  if (a.fuel === null || b.fuel === null || a.fuel === 'other' || b.fuel === 'other') return nothing;
  if (a.fuel === b.fuel) return evidence(0.2, 'the same fuel');
  return related.some((set) => set.has(a.fuel ?? '') && set.has(b.fuel ?? '')) ? evidence(-1.2, 'fuels that are told alike') : evidence(-4, 'different fuels');
}

export function gearboxEvidence(a: MatchFacts, b: MatchFacts): Evidence {
  if (a.gearbox === null || b.gearbox === null) return nothing;
  if (a.gearbox === b.gearbox) return evidence(0.2, 'the same gearbox');
  const automated = a.gearbox !== 'manual' && b.gearbox !== 'manual';
  return automated ? evidence(-0.2, 'gearboxes that are told alike') : evidence(-2.5, 'different gearboxes');
}

export function bodyEvidence(a: MatchFacts, b: MatchFacts): Evidence {
  if (a.body === null || b.body === null || a.body === 'other' || b.body === 'other') return nothing;
  return a.body === b.body ? evidence(0.2, 'the same body') : evidence(-0.7, 'different bodies');
}

export const powerEvidence = (a: MatchFacts, b: MatchFacts): Evidence => sizes(a.powerKw, b.powerKw, 0.02, 0.08, 'power');
export const displacementEvidence = (a: MatchFacts, b: MatchFacts): Evidence => sizes(a.displacementCc, b.displacementCc, 0.035, 0.08, 'displacement');

function sizes(a: number | null, b: number | null, same: number, near: number, what: string): Evidence {
  if (a === null || b === null || a === 0 || b === 0) return nothing;
  const share = Math.abs(a - b) / Math.max(a, b);
  if (share <= same) return evidence(0.5, `the same ${what}`);
  return share <= near ? evidence(-0.5, `nearly the same ${what}`) : evidence(-2.5, `another ${what}`);
}

export function doorsEvidence(a: MatchFacts, b: MatchFacts): Evidence {
  if (a.doors === null || b.doors === null || a.doors === b.doors) return nothing;
  // The tailgate counts as a door in one country and not in the next.
  return Math.abs(a.doors - b.doors) === 1 ? nothing : evidence(-1.2, 'another number of doors');
}
