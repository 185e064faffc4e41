import type { FieldRefusal } from '@autobroker/kernel';
import { exponentOf } from '@autobroker/kernel';
import { contradictions } from '../facts';
import { isNamed, vehicleFactsOf, type Doubt, type ListingFacts } from './listing-facts';
import { weaker } from './consistent';
import { isPossibleMileage, mileageDoubts } from './mileage';
import { priceDoubts } from './price';
import type { Trusted } from './listing';
import type { Said } from './sighting-merge';

/** Why a listing can't be taken in: what would have to be known, or told better, first. */
export const quarantineReasons = ['make_unknown', 'model_unknown', 'year_unknown', 'facts_contradict', 'vehicle_deleted'] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

export interface Complaint {
  readonly reason: QuarantineReason;
  readonly detail: string;
}

/**
 * Whether a listing, with all that was ever said of it, can stand for a car. Empty when it can. One that is of a known car
 * need not name the year.
 */
export function complaints(facts: ListingFacts, now: Date, ofKnownCar = false): Complaint[] {
  const found: Complaint[] = [];
  if (facts.make === null) found.push({ reason: 'make_unknown', detail: 'No maker was named, or none that we know' });
  if (facts.model === null) found.push({ reason: 'model_unknown', detail: 'No model was named' });
  if (facts.year === null && !ofKnownCar) found.push({ reason: 'year_unknown', detail: 'Neither a year nor a first registration was named' });
  if (found.length > 0 || !isNamed(facts)) return found;
  return contradictions(vehicleFactsOf(facts), now).map(contradiction);
}

const contradiction = ({ pointer, detail }: FieldRefusal): Complaint => ({ reason: 'facts_contradict', detail: `${pointer.slice(1)}: ${detail}` });

/** What a list and a detail page say together may be more than can be true. */
function consistent(said: Said, now: Date): Said {
  const dropped = isNamed(said.facts) ? weaker(said.facts, now) : [];
  if (dropped.length === 0) return said;
  const silent = Object.fromEntries(dropped.map(([field]) => [field, null]));
  return { ...said, facts: { ...said.facts, ...silent }, doubts: [...new Set([...said.doubts, ...dropped.map(([, doubt]) => doubt)])] };
}

/** A listing after this sighting, with what is to be doubted in it; `before` is what it said that could be believed. */
export function withDoubts(heard: Said, before: Trusted | null, auction: boolean, now: Date): Said {
  const said = consistent(heard, now);
  const { facts } = said;
  const doubts = new Set<Doubt>(said.doubts);
  const damaged = facts.condition === 'damaged' || facts.condition === 'not_running' || facts.titleStatus === 'salvage' || facts.titleStatus === 'parts_only';
  if (facts.price !== null) {
    const previous = before?.price ?? null;
    for (const doubt of priceDoubts({ price: facts.price, minorPerWhole: 10 ** exponentOf(facts.price.currency), damaged, auction, previous })) doubts.add(doubt);
  }
  if (facts.mileage !== null && !isPossibleMileage(facts.mileage)) doubts.add('mileage_too_high');
  if (facts.mileage !== null) {
    const previous = before?.mileage ?? null;
    for (const doubt of mileageDoubts({ mileage: facts.mileage, year: facts.year, isNew: facts.condition === 'new', previous, now })) doubts.add(doubt);
  }
  return { ...said, doubts: [...doubts].sort() };
}
