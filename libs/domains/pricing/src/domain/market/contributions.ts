import type { CarFacts } from '../market-car';
import { gradeOf, kindOfCar, nameKey, type CarKind } from './grade';
import { bucketOf } from './price-sketch';
import type { HeardCar } from './projection';

/** What is counted together: cars of one model year, in one country and currency. */
export interface Segment {
  /** `ZZ` where nobody says which. */
  readonly country: string;
  /** `XXX` without a price. */
  readonly currency: string;
  readonly make: string;
  readonly model: string;
  readonly year: number;
  readonly kind: CarKind;
  readonly grade: number;
}

/** What is counted, and what `x` and `y` mean of it. */
export const measures = {
  /** On the market at a price that can be believed; x: price bucket. */
  stock: 1,
  /** On the market without such a price. */
  unpriced: 2,
  /** x: day on which it came. */
  listed: 3,
  /** x: day on which it left, y: 1 sold, 2 withdrawn. */
  left: 4,
  /** A price was named; x: day, y: price bucket. */
  named: 5,
  /** How long it was there; x: days, y: 1 sold, 2 withdrawn. */
  life: 6,
  /** On the market since; x: day. */
  since: 7,
  /** With a source: on the market; x: how complete, in per cent. */
  offered: 8,
  /** With a source: x is the price bucket. */
  offeredAt: 9,
  /** With a source: a relist, a contradiction of the VIN, a doubtful price; x: 1, 2, 3. */
  faults: 10,
} as const;

export interface Count {
  readonly segment: Segment;
  /** Empty where it is not of a source. */
  readonly source: string;
  readonly measure: number;
  readonly x: number;
  readonly y: number;
  readonly n: number;
}

const dayMs = 86_400_000;
export const dayOf = (at: Date): number => Math.floor(at.getTime() / dayMs);
export const dateOfDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const longestLife = 730;
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Everything that a car adds to the statistics, from what is kept of it alone: when it changes, its old part is taken away
 * and its new one added. What is counted is then always the sum over all cars, whatever the order of the events.
 */
export function contributionsOf(car: HeardCar): Count[] {
  const { known, left } = car;
  if (known === null || car.ownerTenantId !== null || left?.reason === 'deleted') return [];
  const { facts } = known;
  const segment: Segment = {
    country: facts.country ?? 'ZZ',
    currency: car.price?.currency ?? 'XXX',
    make: nameKey(facts.make),
    model: nameKey(facts.model),
    year: clamp(facts.year, 0, 9_999),
    kind: kindOfCar(facts),
    grade: gradeOf(facts),
  };
  const found: Count[] = [];
  const add = (measure: number, x: number, y = 0, source = ''): void => void found.push({ segment, source, measure, x, y, n: 1 });
  const believed = car.price !== null && car.doubt === null ? bucketOf(car.price.amount) : null;
  add(measures.listed, dayOf(known.listedAt));
  for (const { at, price } of car.moments) {
    if (believed !== null && price.currency === segment.currency) add(measures.named, dayOf(at), bucketOf(price.amount));
  }
  if (left !== null) {
    const how = left.reason === 'sold' ? 1 : 2;
    add(measures.left, dayOf(left.at), how);
    add(measures.life, clamp(dayOf(left.at) - dayOf(known.listedAt), 0, longestLife), how);
    return found;
  }
  if (believed === null) add(measures.unpriced, 0);
  else add(measures.stock, believed);
  add(measures.since, dayOf(known.listedAt));
  for (const source of new Set(known.sources)) {
    add(measures.offered, completenessOf(facts), 0, source);
    if (believed !== null) add(measures.offeredAt, believed, 0, source);
    if (known.relistCount > 0) add(measures.faults, 1, 0, source);
    if (known.vinFlags.length > 0) add(measures.faults, 2, 0, source);
    if (car.price !== null && believed === null) add(measures.faults, 3, 0, source);
  }
  return found;
}

const told: readonly (keyof CarFacts)[] = ['trim', 'firstRegistration', 'mileageKm', 'fuel', 'gearbox', 'drivetrain', 'body', 'powerKw', 'engineCc', 'doors', 'seats', 'colour', 'ownersCount', 'country', 'city'];

/** How much of what a buyer asks is answered, in per cent. */
export function completenessOf(facts: CarFacts): number {
  const asked = facts.fuel === 'electric' ? told.filter((name) => name !== 'engineCc') : told;
  const filled = asked.filter((name) => facts[name] !== null).length + (facts.features.length > 0 ? 1 : 0);
  return Math.round((filled / (asked.length + 1)) * 100);
}

const keyOf = ({ segment: s, source, measure, x, y }: Count): string => [s.country, s.currency, s.make, s.model, s.year, s.kind, s.grade, source, measure, x, y].join('\u0000');

/** What changes in the counts; what is taken away and added again is not among it. */
export function changeOf(before: readonly Count[], after: readonly Count[]): Count[] {
  const sums = new Map<string, Count>();
  const count = (one: Count, sign: number): void => {
    const key = keyOf(one);
    sums.set(key, { ...one, n: (sums.get(key)?.n ?? 0) + sign * one.n });
  };
  for (const one of before) count(one, -1);
  for (const one of after) count(one, 1);
  return [...sums.values()].filter(({ n }) => n !== 0);
}
