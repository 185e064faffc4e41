import type { Body, Fuel, Gearbox } from '@autobroker/kernel';
import { bodyEvidence, colourEvidence, displacementEvidence, doorsEvidence, fuelEvidence, gearboxEvidence, powerEvidence } from './build-evidence';
import { vinLikeness } from '../vin-slip';
import { evidence, type Evidence } from './evidence';
import { nameEvidence, trimEvidence, yearEvidence } from './name-evidence';
import { asNew, mileageEvidence, placeEvidence, priceEvidence, type Nearness } from './offer-evidence';
import { pictureEvidence, stockEvidence, wordsEvidence } from './trace-evidence';

/** What two offers are compared by, in one spelling and one unit; null where an offer is silent. */
export interface MatchFacts {
  readonly vin: string | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly trim: string | null;
  readonly year: number | null;
  readonly mileageKm: number | null;
  /** How coarsely the source wrote it: 48,200 mi is a step of 100 mi, in kilometres. */
  readonly mileageStepKm: number | null;
  /** In the installation's currency, minor units: prices in different currencies compare there. */
  readonly priceRef: number | null;
  /** The currency that it was asked in, and how much of it, in minor units. */
  readonly priceCurrency: string | null;
  readonly priceAsked?: number | null;
  readonly colour: string | null;
  readonly fuel: Fuel | null;
  readonly gearbox: Gearbox | null;
  readonly body: Body | null;
  readonly powerKw: number | null;
  readonly displacementCc: number | null;
  readonly doors: number | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly country: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  /** Whether the coordinates are of the place itself, not of a region or a country. */
  readonly placed: boolean;
  readonly stockNumber: string | null;
  /** Perceptual hashes of pictures, 16 hex digits each. */
  readonly imageHashes: readonly string[];
  /** Words of the description, lowered. */
  readonly words: readonly string[];
}

export interface MatchDecision {
  /** 0 (surely different) to 1 (surely the same car). */
  readonly score: number;
  readonly same: boolean;
  /** What spoke for and against, the weightiest first. */
  readonly why: readonly string[];
}

/** From here on two offers are taken for one car. */
export const sameFrom = 0.5;

/**
 * Of two offers of the same model and year that are set side by side, few are of one car: so much evidence is needed
 * before anything speaks for it.
 */
const doubt = -3;

/**
 * Weighs what two offers say against how often it would agree by chance. Every piece of evidence is the logarithm of how
 * much likelier it is for one car than for two; they add up, and the sum is the odds.
 */
export function decideMatch(a: MatchFacts, b: MatchFacts): MatchDecision {
  if (a.vin !== null && b.vin !== null && a.vin === b.vin) return { score: 1, same: true, why: ['the same VIN'] };
  const place = placeEvidence(a, b);
  const near: Nearness = place.near;
  const build = [
    trimEvidence(a, b),
    colourEvidence(a, b),
    fuelEvidence(a, b),
    gearboxEvidence(a, b),
    bodyEvidence(a, b),
    powerEvidence(a, b),
    displacementEvidence(a, b),
    doorsEvidence(a, b),
  ];
  const said: Evidence[] = [
    ...nameEvidence(a, b),
    yearEvidence(a, b),
    ...build,
    mileageEvidence(a, b, near),
    place.evidence,
    priceEvidence(a, b, near),
    stockEvidence(a, b, near),
    pictureEvidence(a, b),
    wordsEvidence(a, b, near),
    vinEvidence(a, b),
  ];
  const odds = said.reduce((sum, one) => sum + one.weight, doubt) - surplus(build, asNew(a, b) ? mostForNew : mostForBuild[near]);
  const score = Math.round((1 / (1 + Math.exp(-odds))) * 10_000) / 10_000;
  const why = said
    .filter((one) => one.weight !== 0)
    .sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight))
    .map((one) => `${one.says} (${one.weight > 0 ? '+' : '−'}${Math.abs(one.weight).toFixed(1)})`);
  return { score, same: score >= sameFrom, why };
}

/** Cars are built in batches, and dealers buy them so: what a whole batch has in common counts only so much. */
const mostForBuild: Readonly<Record<Nearness, number>> = { same: 2, near: 2.5, far: 2, unknown: 2.2 };
const mostForNew = 1;

const surplus = (build: readonly Evidence[], most: number): number =>
  Math.max(0, build.reduce((sum, one) => sum + Math.max(0, one.weight), 0) - most);

/** Two different VINs are two cars, unless one is a slip of the other. */
function vinEvidence(a: MatchFacts, b: MatchFacts): Evidence {
  if (a.vin === null || b.vin === null) return { weight: 0, says: 'VIN not given' };
  const likeness = vinLikeness(a.vin, b.vin);
  if (likeness === 'slip') return evidence(1.5, 'VINs that differ by a slip');
  // Cars of one delivery have such VINs, too: only the rest can tell.
  return likeness === 'near' ? evidence(-5, 'VINs that differ by one character') : evidence(-12, 'different VINs');
}
