import { exponentOf, type ListingStatus } from '@autobroker/kernel';
import type { Location, Price, VehicleFacts } from '../facts';
import { mileageKm } from '../units';
import { isNamed, isSilent, silentListing, vehicleFactsOf, type Doubt, type ListingFacts, type ListingField, type NamedListing, type Provenance } from './listing-facts';
import { isSuspiciousMileage } from './mileage';
import { isSuspiciousPrice } from './price';
import { usualPrice } from './usual-price';

/** A listing as far as the car is composed from it. */
export interface Part {
  readonly id: string;
  readonly source: string;
  readonly status: ListingStatus;
  readonly facts: ListingFacts;
  readonly provenance: Provenance;
  readonly doubts: readonly Doubt[];
  readonly detailed: boolean;
  /** When it last said something new. */
  readonly saidAt: Date;
  readonly referencePrice: Price | null;
}

/** What a car is called by. */
export type CarName = Pick<NamedListing, 'make' | 'model' | 'year'>;

export interface Composition {
  readonly facts: VehicleFacts;
  readonly referencePrice: Price | null;
  /** The listing that the price is from. */
  readonly pricedBy: string | null;
  readonly sources: readonly string[];
  readonly doubts: readonly Doubt[];
}

export const isLive = (status: ListingStatus): boolean => status === 'active' || status === 'reserved';

/** A listing that is out of line with the others about the same car: found only where there are others. */
export function outliers(parts: readonly Part[]): Map<string, Doubt[]> {
  const found = new Map<string, Doubt[]>();
  const say = (id: string, doubt: Doubt): void => void found.set(id, [...(found.get(id) ?? []), doubt]);
  const prices = parts.flatMap((part) => (part.referencePrice === null || part.doubts.includes('price_is_bid') ? [] : [{ part, value: part.referencePrice.amount }]));
  const [one, two] = prices;
  if (prices.length === 2 && one !== undefined && two !== undefined) {
    const odd = oddOfTwo(one, two);
    if (odd !== null) say(odd.part.id, 'price_outlier');
  } else for (const { part, ratio } of againstOthers(prices)) if (ratio > 2.5 || ratio < 0.4) say(part.id, 'price_outlier');
  const distances = parts.flatMap((part) => (part.facts.mileage === null ? [] : [{ part, value: Math.max(1, mileageKm(part.facts.mileage)) }]));
  for (const { part, ratio } of againstOthers(distances)) if (ratio > 1.3 || ratio < 0.7) say(part.id, 'mileage_differs');
  return found;
}

interface Measured {
  readonly part: Part;
  readonly value: number;
}

/**
 * Of only two that differ, the one that such cars never cost; where that does not tell, the lower: an offer that is too good
 * is the commoner lie.
 */
function oddOfTwo(a: Measured, b: Measured): Measured | null {
  const [low, high] = a.value < b.value ? [a, b] : [b, a];
  if (low.value === 0 || high.value / low.value <= 2.5) return high.value === 0 || low.value > 0 ? null : low;
  const { make, year } = isNamed(high.part.facts) ? high.part.facts : low.part.facts;
  const currency = low.part.referencePrice?.currency;
  const usual = make === null || year === null || currency === undefined ? null : usualPrice(make, year, high.part.saidAt);
  if (usual === null || currency === undefined) return low;
  const off = ({ value }: Measured): number => Math.abs(Math.log(Math.max(1, value / 10 ** exponentOf(currency)) / usual));
  return off(high) > off(low) + clearly ? high : low;
}

/** As a logarithm: so much further off tells. */
const clearly = 0.4;

/** Each value by the middle: of three or more it is nobody's slip. Of two each is held against the other. */
function againstOthers(values: readonly Measured[]): { part: Part; ratio: number }[] {
  if (values.length < 2) return [];
  return values.map(({ part, value }) => {
    const others = values.filter((one) => values.length > 2 || one.part.id !== part.id).map((one) => one.value).sort((a, b) => a - b);
    const middle = others[Math.floor(others.length / 2)] ?? value;
    return { part, ratio: middle === 0 ? 1 : value / middle };
  });
}

/**
 * The car that its listings describe, field by field: what most trust speaks for, then what the more detailed and the more
 * recent ones say. Only listings that are still on offer count, as long as there are any. Null when none of them names a car
 * and nobody has named it before (`known`).
 */
export function compose(all: readonly Part[], known: CarName | null = null): Composition | null {
  const live = all.filter((part) => isLive(part.status));
  const parts = (live.length > 0 ? live : all).toSorted(byStanding);
  const named = namedOf(parts).length > 0 ? namedOf(parts) : namedOf(all.toSorted(byStanding));
  const names = named.length > 0 ? namesOf(named) : known;
  if (names === null || parts.length === 0) return null;
  const sources = [...new Set(all.map((part) => part.source))].sort();
  const odd = outliers(parts);
  const doubtsOf = (part: Part): readonly Doubt[] => [...part.doubts.filter((doubt) => !jumps.has(doubt) || !confirmed(part, parts)), ...(odd.get(part.id) ?? [])];
  const priced = priceOf(parts, doubtsOf);
  const [only] = parts;
  const facts = parts.length === 1 && only !== undefined ? only.facts : merged(parts, doubtsOf);
  return {
    facts: { ...vehicleFactsOf({ ...facts, make: names.make, model: names.model, year: names.year }), price: priced?.facts.price ?? null },
    referencePrice: priced?.referencePrice ?? null,
    pricedBy: priced?.id ?? null,
    sources,
    doubts: [...new Set(parts.flatMap(doubtsOf))].sort(),
  };
}

/** Doubts about a price that has moved far. */
const jumps: ReadonlySet<Doubt> = new Set<Doubt>(['price_jump', 'price_factor_ten']);

/** Another listing asks about the same: then the price has moved indeed. */
const confirmed = (part: Part, parts: readonly Part[]): boolean =>
  parts.some(({ id, referencePrice }) => {
    if (id === part.id || referencePrice === null || part.referencePrice === null || referencePrice.amount === 0) return false;
    const ratio = part.referencePrice.amount / referencePrice.amount;
    return ratio > 0.75 && ratio < 1.35;
  });

type NamedPart = Part & { readonly facts: NamedListing };

const namedOf = (parts: readonly Part[]): NamedPart[] => parts.filter((part): part is NamedPart => isNamed(part.facts));

/** Make, model and year belong together: they are taken from one listing. */
function namesOf(named: readonly NamedPart[]): CarName {
  const [first] = named;
  if (first === undefined) throw new Error('no listing names the car');
  const keyOf = ({ facts }: Part): string => `${facts.make}\u0000${facts.model}\u0000${facts.year}`;
  const votes = new Map<string, number>();
  for (const part of named) {
    const trust = Math.min(trustOf(part, 'make'), trustOf(part, 'model'), trustOf(part, 'year')) * (part.doubts.includes('model_unverified') ? 0.5 : 1);
    votes.set(keyOf(part), (votes.get(keyOf(part)) ?? 0) + trust);
  }
  const best = named.toSorted((a, b) => (votes.get(keyOf(b)) ?? 0) - (votes.get(keyOf(a)) ?? 0))[0];
  return (best ?? first).facts;
}

/** The more detailed, then the more recent; the id settles what is equal, so that the same listings give the same car. */
const byStanding = (a: Part, b: Part): number =>
  Number(b.detailed) - Number(a.detailed) || b.saidAt.getTime() - a.saidAt.getTime() || (a.id < b.id ? -1 : 1);

const trustOf = (part: Part, field: ListingField): number => (part.provenance[field]?.confidence ?? 0.8) * (part.detailed ? 1 : 0.8);

const voted: readonly ListingField[] = [
  'productionYear', 'firstRegistration', 'mileage', 'fuel', 'gearbox', 'drivetrain', 'body', 'powerKw', 'engineDisplacementCc', 'doors',
  'seats', 'exteriorColour', 'interiorColour', 'damageType', 'titleStatus', 'condition', 'vin', 'ownersCount', 'stockNumber',
];

function merged(parts: readonly Part[], doubtsOf: (part: Part) => readonly Doubt[]): ListingFacts {
  const facts: ListingFacts = { ...silentListing };
  for (const field of voted) Object.assign(facts, { [field]: vote(parts, field, doubtsOf) });
  const texts = parts.map((part) => part.facts.description).filter((text) => text !== null);
  return {
    ...facts,
    trim: longest(parts.map((part) => part.facts.trim)),
    features: [...new Set(parts.flatMap((part) => part.facts.features))].sort(),
    description: longest(texts),
    location: placeOf(parts),
    images: [...new Set(parts.flatMap((part) => part.facts.images))].slice(0, 100),
    imageHashes: [...new Set(parts.flatMap((part) => part.facts.imageHashes))],
  };
}

const longest = (texts: readonly (string | null)[]): string | null =>
  texts.reduce<string | null>((best, text) => (text !== null && text.length > (best?.length ?? 0) ? text : best), null);

/** What is heard only where nobody says it better. */
const doubtful: Partial<Record<ListingField, (doubts: readonly Doubt[]) => boolean>> = {
  mileage: isSuspiciousMileage,
  vin: (doubts) => doubts.some((doubt) => doubt.startsWith('vin_')),
};

/** Equal values add up their trust; the first in standing wins a tie. */
function vote(parts: readonly Part[], field: ListingField, doubtsOf: (part: Part) => readonly Doubt[]): unknown {
  const isDoubtful = doubtful[field];
  const sure = isDoubtful === undefined ? parts : parts.filter((part) => !isDoubtful(doubtsOf(part)));
  const speaking = sure.filter((part) => !isSilent(part.facts[field]) && !isEmptyWord(part.facts[field]));
  const heard = speaking.length > 0 ? speaking : parts.filter((part) => !isSilent(part.facts[field]));
  let best: { value: unknown; trust: number } | undefined;
  const sums = new Map<string, { value: unknown; trust: number }>();
  for (const part of heard) {
    const value = part.facts[field];
    const key = voteKey(part.facts, field);
    const sum = sums.get(key) ?? { value, trust: 0 };
    sum.trust += trustOf(part, field);
    sums.set(key, sum);
  }
  for (const sum of sums.values()) if (best === undefined || sum.trust > best.trust) best = sum;
  return best?.value ?? null;
}

/** Saying that one does not know outvotes nobody. */
const isEmptyWord = (value: ListingFacts[ListingField]): boolean => value === 'unknown' || value === 'other';

/** Miles and kilometres of the same distance are one opinion. */
function voteKey(facts: ListingFacts, field: ListingField): string {
  if (field === 'mileage' && facts.mileage !== null) return String(Math.round(mileageKm(facts.mileage) / 10));
  return JSON.stringify(facts[field]);
}

/** The most exact place; its parts belong together and are not mixed. */
function placeOf(parts: readonly Part[]): Location {
  const exactness = ({ facts: { location } }: Part): number =>
    (location.postalCode === null ? 0 : 4) + (location.city === null ? 0 : 2) + (location.coordinates === null ? 0 : 2) + (location.country === null ? 0 : 1);
  const best = parts.reduce((top, part) => (exactness(part) > exactness(top) ? part : top));
  return best.facts.location;
}

/** The lowest price that one can believe, compared in the installation's currency and kept in its own. */
function priceOf(parts: readonly Part[], doubtsOf: (part: Part) => readonly Doubt[]): Part | null {
  const believed = parts.filter((part) => part.facts.price !== null && !isSuspiciousPrice(doubtsOf(part)));
  // What was bid so far is no price to buy at; it is all there is where a car is only in an auction.
  const asked = believed.filter((part) => !part.doubts.includes('price_is_bid'));
  const priced = asked.length > 0 ? asked : believed;
  const comparable = priced.filter((part) => part.referencePrice !== null);
  const [first] = priced;
  if (comparable.length === 0) return first ?? null;
  return comparable.reduce((best, part) => ((part.referencePrice?.amount ?? 0) < (best.referencePrice?.amount ?? 0) ? part : best));
}

/** What all of a car's listings together say of its status: it is for sale as long as one of them is. */
export function statusOfAll(statuses: readonly ListingStatus[]): ListingStatus {
  for (const status of ['active', 'reserved', 'sold'] as const) if (statuses.includes(status)) return status;
  return 'removed';
}
