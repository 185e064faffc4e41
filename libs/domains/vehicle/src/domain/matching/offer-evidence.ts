import { distanceKm } from '@autobroker/vocabulary';
import { kmPerMile } from '../units';
import { clamp, evidence, nothing, type Evidence } from './evidence';
import type { MatchFacts } from './match';

/** Whether the two stand at one place: what a dealer's cars have in common then says less. */
export type Nearness = 'same' | 'near' | 'far' | 'unknown';

/** A car that has only been delivered has about the same on the clock as all the others that have. */
const deliveryKm = 250;

export const asNew = (a: MatchFacts, b: MatchFacts): boolean => a.mileageKm !== null && b.mileageKm !== null && Math.max(a.mileageKm, b.mileageKm) <= deliveryKm;

/** Cars of one age spread over about so much of their reading, which is what chance agreement is reckoned from. */
const spread = 0.8;

/** Two cars of one model and year seldom have the same reading, the less so the finer it was written. */
export function mileageEvidence(a: MatchFacts, b: MatchFacts, near: Nearness): Evidence {
  if (a.mileageKm === null || b.mileageKm === null) return evidence(near === 'far' || near === 'near' ? -0.9 : near === 'same' ? -0.8 : -0.3, 'a mileage is missing');
  const most = Math.max(a.mileageKm, b.mileageKm);
  const apart = Math.abs(a.mileageKm - b.mileageKm);
  if (asNew(a, b)) return deliveryEvidence(a, b, apart);
  const step = Math.max(roundedBy(a), roundedBy(b));
  // Changing miles to kilometres and back costs up to one of them.
  if (apart <= sameKm) return evidence(unlikely(step > 1 ? step : sameKm, most), 'the same mileage');
  const rounding = roundingEvidence(a, b, most);
  if (rounding !== null) return rounding;
  const apartness = driven(apart, most, step, near);
  const slip = slipEvidence(a.mileageKm, b.mileageKm, step);
  return slip !== null && slip.weight > apartness.weight ? slip : apartness;
}

const sameKm = 1.7;
const leastMost = 1_000;

/** How much two readings within so many kilometres of each other say, where most cars have one that is no reading of another. */
const unlikely = (withinKm: number, most: number): number => clamp(Math.log(0.85 / Math.min(0.5, withinKm / (spread * Math.max(most, leastMost)))), 0.3, 8);

/** Two miles that are one apart are not the same reading of a car that has only been delivered; none at all is what a form asks for. */
function deliveryEvidence(a: MatchFacts, b: MatchFacts, apart: number): Evidence {
  const loosely = [a, b].some((one) => one.mileageKm === 0 || roundedBy(one) > 1);
  if (apart <= 1 && a.mileageKm !== 0) return evidence(1.8, 'the same delivery mileage');
  return loosely ? evidence(-0.4, 'both are said to be new') : evidence(-1.2, 'both as good as new');
}

/** Nobody rounds to the ten: every tenth reading ends so. */
const roundedBy = ({ mileageStepKm }: MatchFacts): number => (mileageStepKm === null || mileageStepKm < 100 ? 1 : mileageStepKm);

/** Cut off sooner than rounded; and to the ten thousands, which few do. */
const cutOff = 1.2;
const veryCoarseKm = 3_500;
const veryCoarse = 1;

/** Whether the coarser reading is the finer one rounded or cut off; null when it is not. */
function roundingEvidence(a: MatchFacts, b: MatchFacts, most: number): Evidence | null {
  const [fine, coarse] = roundedBy(a) <= roundedBy(b) ? [a, b] : [b, a];
  const step = roundedBy(coarse);
  if (step === 1 || fine.mileageKm === null || coarse.mileageKm === null) return null;
  const above = fine.mileageKm - coarse.mileageKm;
  if (above < -(step / 2 + sameKm) || above > step) return null;
  const cost = (above > step / 2 + sameKm ? cutOff : 0) + (step > veryCoarseKm ? veryCoarse : 0);
  return evidence(Math.max(0, unlikely(2 * step, most) - cost), 'the same mileage but for rounding');
}

/** How far a car is driven while it is on offer, to the workshop or lent out, and how often: counted over real cars that stand on two sites. */
const drives: readonly (readonly [km: number, often: number, most: Readonly<Record<'here' | 'elsewhere', number>>, says: string])[] = [
  [10, 0.06, { here: 2.2, elsewhere: 2.8 }, 'a mileage a few kilometres apart'],
  [40, 0.03, { here: 1, elsewhere: 1.6 }, 'a mileage a test drive apart'],
  [120, 0.015, { here: -0.2, elsewhere: 1 }, 'a mileage some drives apart'],
];
/** A dealer's cars of one delivery are so much nearer each other than any two. */
const batched = 3;

function driven(apart: number, most: number, step: number, near: Nearness): Evidence {
  const share = apart / most;
  const here = near === 'same' ? 'here' : 'elsewhere';
  // Whoever writes the same reading on two sites may round it, but not further than it differs.
  const fine = step * 1.5 < apart;
  if (share <= 0.01) {
    const drive = drives.find(([km]) => apart <= km);
    const further = fine ? (here === 'here' ? -2.4 : apart <= 400 ? 0.3 : -0.5) : 1;
    if (drive === undefined) return evidence(further, 'a mileage within 1 %');
    const [km, often, atMost, says] = drive;
    if (!fine) return evidence(Math.max(1, atMost[here]), says);
    const byChance = ((here === 'here' ? batched : 1) * 2 * km) / (spread * most);
    return evidence(clamp(Math.log(often / byChance), -2.4, atMost[here]), says);
  }
  if (share <= 0.03) return evidence(fine ? (here === 'here' ? -4 : -1.8) : -0.8, 'a mileage within 3 %');
  if (share <= 0.1) return evidence(fine ? -4.5 : -2.8, 'a mileage within 10 %');
  return evidence(share <= 0.3 ? -5 : -6.5, `mileages ${Math.round(share * 100)} % apart`);
}

/** How often somebody mistypes a reading in just one of the ways that are looked for. */
const mistyped = 0.0007;

/** A digit too many or too few, two neighbours swapped, or kilometres taken for miles: the less so the more readings would do. */
function slipEvidence(a: number, b: number, step: number): Evidence | null {
  // Exact but for the change of units: so many slips are tried that a wider mesh finds one between any two.
  const within = Math.max(1, step);
  const [least, most] = a < b ? [a, b] : [b, a];
  const explained = [1, kmPerMile].some((unit) => [least, most].some((one) => slipsOf(one / unit).some((slip) => Math.abs(slip * unit - (one === least ? most : least)) <= within)));
  if (!explained) return null;
  const byChance = Math.min(0.5, (2 * within) / (spread * least));
  return evidence(clamp(Math.log(mistyped / byChance), -3, 3), 'mileages that a slip could explain');
}

/** A digit too many (or, seen from the other one, too few), miles taken for kilometres, neighbours swapped. */
function slipsOf(reading: number): number[] {
  const digits = String(Math.round(reading));
  if (digits.length < 4) return [];
  const swapped = Array.from({ length: digits.length - 1 }, (_, at) => Number(digits.slice(0, at) + digits.charAt(at + 1) + digits.charAt(at) + digits.slice(at + 2)));
  return [Math.floor(Math.round(reading) / 10), reading / kmPerMile, ...swapped.filter((value) => value !== Math.round(reading))];
}

/** A dealer asks the same for each car of a batch, and a list price is the same in every town. */
const sameAsked: Readonly<Record<Nearness, number>> = { same: 2, near: 3, far: 2.4, unknown: 3.4 };

/** Sellers ask the same everywhere, but round figures are asked for many cars. */
export function priceEvidence(a: MatchFacts, b: MatchFacts, near: Nearness): Evidence {
  if (a.priceRef === null || b.priceRef === null || a.priceRef === 0 || b.priceRef === 0) return nothing;
  const most = Math.max(a.priceRef, b.priceRef);
  const share = Math.abs(a.priceRef - b.priceRef) / most;
  const oneCurrency = a.priceCurrency === null || b.priceCurrency === null || a.priceCurrency === b.priceCurrency;
  if (share === 0 && oneCurrency) return evidence(asNew(a, b) ? 1 : sameAsked[near], 'the same price');
  if (share <= (oneCurrency ? 0.02 : 0.04)) return evidence(1, 'about the same price');
  // A number that was put down in the wrong money.
  if (!oneCurrency && a.priceAsked != null && a.priceAsked === b.priceAsked) return evidence(1.5, 'the same number in another currency');
  if (share <= 0.06) return evidence(0.1, 'a price within 6 %');
  if (share <= 0.12) return evidence(-0.8, 'a price within 12 %');
  if (share <= 0.25) return evidence(-1.8, 'a price within 25 %');
  const tenfold = most / Math.min(a.priceRef, b.priceRef);
  if (Math.abs(tenfold - 10) < 0.05) return evidence(-0.5, 'prices that differ by a digit');
  return evidence(-3, `prices ${Math.round(share * 100)} % apart`);
}

export interface Placed {
  readonly near: Nearness;
  readonly evidence: Evidence;
}

export function placeEvidence(a: MatchFacts, b: MatchFacts): Placed {
  if (a.country !== null && b.country !== null && a.country !== b.country) return { near: 'far', evidence: evidence(-5, 'different countries') };
  const [left, right] = [plain(a.postalCode), plain(b.postalCode)];
  if (left !== null && left === right) return { near: 'same', evidence: evidence(2.8, 'the same postal code') };
  if (a.placed && b.placed && a.lat !== null && a.lon !== null && b.lat !== null && b.lon !== null) {
    return byDistance(distanceKm({ lat: a.lat, lon: a.lon }, { lat: b.lat, lon: b.lon }), sameText(a.city, b.city));
  }
  if (a.city !== null && b.city !== null) {
    if (sameText(a.city, b.city)) return { near: 'same', evidence: evidence(2.2, 'the same city') };
    if (a.region !== null && b.region !== null && !sameText(a.region, b.region)) return { near: 'far', evidence: evidence(-3, 'different regions') };
    return { near: 'unknown', evidence: evidence(-1.3, 'different cities') };
  }
  if (a.region !== null && b.region !== null) {
    return sameText(a.region, b.region)
      ? { near: 'unknown', evidence: evidence(0.6, 'the same region') }
      : { near: 'far', evidence: evidence(-2.5, 'different regions') };
  }
  // Among the cars of a whole country there is always one that is alike.
  return { near: 'unknown', evidence: evidence(-1.2, 'no place to compare') };
}

/** A seller's place is told as the dealer's town on one site and as the next large city on another. */
function byDistance(km: number, oneName: boolean): Placed {
  if (km <= 6 || (oneName && km <= 30)) return { near: 'same', evidence: evidence(2.3, 'the same place') };
  if (km <= 25) return { near: 'near', evidence: evidence(1.2, `${Math.round(km)} km apart`) };
  if (km <= 60) return { near: 'near', evidence: evidence(0, `${Math.round(km)} km apart`) };
  if (km <= 150) return { near: 'far', evidence: evidence(-2, `${Math.round(km)} km apart`) };
  return { near: 'far', evidence: evidence(km <= 400 ? -4 : -6, `${Math.round(km)} km apart`) };
}

const plain = (code: string | null): string | null => {
  const text = code?.toUpperCase().replace(/[\s-]+/gu, '') ?? '';
  return text === '' ? null : text;
};

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

const sameText = (a: string | null, b: string | null): boolean => a !== null && b !== null && folded(a) === folded(b);
