import type { Body, CurrencyCode, Fuel, Gearbox } from '@autobroker/kernel';
import type { Coordinates, MarketCar } from './market-car';
import { nameKey } from './market/grade';
import { effectiveSize, summaryOf, withoutOutliers, type PriceSummary } from './market/robust';

/** As much of a car as tells whether it can be compared. */
export interface Candidate {
  readonly vehicleId: string;
  /** Minor units of the currency that is asked about. */
  readonly price: number;
  readonly year: number;
  readonly mileageKm: number | null;
  readonly trimKey: string | null;
  readonly fuel: Fuel | null;
  readonly gearbox: Gearbox | null;
  readonly body: Body | null;
  readonly coordinates: Coordinates | null;
  readonly listedAt: Date;
  readonly leftAt: Date | null;
  readonly sold: boolean;
  /** Of another country or currency: taken only where the own market has nothing. */
  readonly foreign: boolean;
}

export type Subject = Pick<Candidate, 'vehicleId' | 'year' | 'mileageKm' | 'trimKey' | 'fuel' | 'gearbox' | 'body' | 'coordinates'>;

export const subjectOf = ({ vehicleId, facts }: MarketCar): Subject => ({
  vehicleId,
  year: facts.year,
  mileageKm: facts.mileageKm,
  trimKey: facts.trim === null ? null : nameKey(facts.trim),
  fuel: facts.fuel,
  gearbox: facts.gearbox,
  body: facts.body,
  coordinates: facts.coordinates,
});

/** How far one looks: the narrowest that finds enough is taken. */
export interface Rung {
  readonly trim: boolean;
  readonly years: number;
  /** Share of the mileage. */
  readonly mileage: number;
  /** Null is the whole country. */
  readonly radiusKm: number | null;
  /** Whether fuel, gearbox and body are alike, where both are known. */
  readonly alike: boolean;
  readonly foreign: boolean;
}

export interface Picked extends Candidate {
  /** 0 to 1. */
  readonly weight: number;
  /** The price, had it the year and mileage of the car that is asked about. */
  readonly adjusted: number;
  readonly distanceKm: number | null;
}

export interface Choice {
  readonly picked: readonly Picked[];
  readonly rung: string | null;
  /** Kish's: how many of equal weight would tell as much. */
  readonly effective: number;
  readonly outliers: number;
  readonly summary: PriceSummary | null;
}

/** What a car is compared with, as whole cars. */
export interface Comparables extends Omit<Choice, 'picked'> {
  readonly cars: readonly { readonly vehicleId: string; readonly car: MarketCar; readonly weight: number; readonly price: number; readonly adjusted: number; readonly distanceKm: number | null }[];
  readonly currency: CurrencyCode;
}

/** Fewer than these, weighted, and one looks further. */
export const enough = 8;
const mostPicked = 60;
const dayMs = 86_400_000;

export const rungName = ({ trim, years, mileage, radiusKm, alike, foreign }: Rung): string =>
  [foreign ? 'abroad' : trim ? 'trim' : 'model', `${years}y`, `${mileage * 100}%`, radiusKm === null ? 'country' : `${radiusKm}km`, ...(alike ? [] : ['unlike'])].join('/');

/** From the narrowest to the widest: distance gives way first, then mileage, then the year, the trim last. */
export const ladder: readonly Rung[] = [
  ...[true, false].flatMap((trim) =>
    [1, 2].flatMap((years) =>
      [0.2, 0.5].flatMap((mileage) => [100, 500, null].map((radiusKm): Rung => ({ trim, years, mileage, radiusKm, alike: true, foreign: false }))),
    ),
  ),
  { trim: false, years: 2, mileage: 0.5, radiusKm: null, alike: false, foreign: false },
  { trim: false, years: 2, mileage: 0.5, radiusKm: null, alike: true, foreign: true },
];

/** The rungs that say something of this car: without a trim or a place of its own, those that ask for one say nothing. */
const rungsFor = (car: Subject): Rung[] => ladder.filter((rung) => (!rung.trim || car.trimKey !== null) && (rung.radiusKm === null || car.coordinates !== null));

/** The narrowest rung with enough comparables that are in line with each other; where none has enough, the one with most. */
export function chooseComparables(car: Subject, candidates: readonly Candidate[], at: Date): Choice {
  const others = candidates.filter(({ vehicleId, price }) => vehicleId !== car.vehicleId && price > 0);
  const homely = others.some(({ foreign }) => !foreign);
  const away = new Map(others.map((one) => [one.vehicleId, distanceOf(car, one)]));
  let best: Choice = { picked: [], rung: null, effective: 0, outliers: 0, summary: null };
  for (const rung of rungsFor(car)) {
    if (rung.foreign && homely) continue;
    const found = others.filter((one) => isOn(rung, car, one, away.get(one.vehicleId) ?? null));
    if (found.length === 0) continue;
    const choice = weigh(rung, car, found, away, at);
    if (choice.effective > best.effective) best = choice;
    if (choice.effective >= enough) return choice;
  }
  return best;
}

function isOn(rung: Rung, car: Subject, one: Candidate, distanceKm: number | null): boolean {
  if (one.foreign !== rung.foreign || Math.abs(one.year - car.year) > rung.years) return false;
  if (rung.trim && one.trimKey !== car.trimKey) return false;
  if (rung.radiusKm !== null && (distanceKm === null || distanceKm > rung.radiusKm)) return false;
  if (rung.alike && !(same(one.fuel, car.fuel) && same(one.gearbox, car.gearbox) && same(one.body, car.body))) return false;
  if (car.mileageKm === null || one.mileageKm === null) return true;
  // A nearly new car would have no neighbours by share alone.
  return Math.abs(one.mileageKm - car.mileageKm) <= Math.max(5_000, car.mileageKm * rung.mileage);
}

const same = (a: string | null, b: string | null): boolean => a === null || b === null || a === b;

function weigh(rung: Rung, car: Subject, found: readonly Candidate[], away: ReadonlyMap<string, number | null>, at: Date): Choice {
  const weighed = found.map((one): Picked => ({
    ...one,
    weight: weightOf(rung, car, one, at),
    adjusted: adjusted(car, one),
    distanceKm: away.get(one.vehicleId) ?? null,
  }));
  const inLine = withoutOutliers(weighed);
  const picked = inLine.toSorted((a, b) => b.weight - a.weight || (a.vehicleId < b.vehicleId ? -1 : 1)).slice(0, mostPicked);
  return {
    picked,
    rung: rungName(rung),
    effective: effectiveSize(picked.map(({ weight }) => weight)),
    outliers: weighed.length - inLine.length,
    summary: summaryOf(picked),
  };
}

/** What is near and recent counts for more; what was only withdrawn has found no buyer at its price. */
function weightOf(rung: Rung, car: Subject, one: Candidate, at: Date): number {
  const year = 1 - Math.abs(one.year - car.year) / (rung.years + 1) / 2;
  const room = Math.max(5_000, (car.mileageKm ?? 0) * rung.mileage);
  const mileage = car.mileageKm === null || one.mileageKm === null ? 0.6 : 1 - Math.abs(one.mileageKm - car.mileageKm) / room / 2;
  const trim = rung.trim || car.trimKey === null ? 1 : one.trimKey === car.trimKey ? 1 : 0.7;
  const days = (date: Date): number => Math.max(0, (at.getTime() - date.getTime()) / dayMs);
  // An offer that nobody takes for months says less of what is paid.
  const time = one.leftAt === null ? Math.max(0.4, 0.5 ** (days(one.listedAt) / 180)) : 0.5 ** (days(one.leftAt) / 30) * (one.sold ? 1 : 0.7);
  return year * Math.max(0.1, mileage) * trim * time * (one.foreign ? 0.5 : 1);
}

/** Common depreciation: enough to hold prices of neighbours against each other, too little to value a car by. */
const perYear = 0.075;
const per10000Km = 0.03;

function adjusted(car: Subject, one: Candidate): number {
  const km = car.mileageKm === null || one.mileageKm === null ? 0 : (one.mileageKm - car.mileageKm) / 10_000;
  return one.price * Math.exp(perYear * (car.year - one.year) + per10000Km * km);
}

function distanceOf({ coordinates: a }: Subject, { coordinates: b }: Candidate): number | null {
  if (a === null || b === null) return null;
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const h = Math.sin(radians(b.lat - a.lat) / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  return 12_742 * Math.asin(Math.min(1, Math.sqrt(h)));
}
