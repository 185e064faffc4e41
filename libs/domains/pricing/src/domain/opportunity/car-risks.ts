import type { DamageType, TitleStatus } from '@autobroker/kernel';
import { ageInYears } from '../age';
import type { CarFacts } from '../market-car';
import { capsAt, excludes, weighs, type RiskFactor, type RiskQuestion } from './risk';

/** Titles that were branded: how much they weigh and how high such a deal may score. Null is no deal for anybody. */
const brands: Readonly<Partial<Record<TitleStatus, readonly [weight: number, cap: number | null]>>> = {
  salvage: [0.7, 30],
  rebuilt: [0.45, 40],
  lemon: [0.4, 45],
  export_only: [0.8, null],
  parts_only: [0.95, null],
};

const damages: Readonly<Partial<Record<DamageType, readonly [weight: number, cap: number]>>> = {
  flood: [0.85, 15],
  fire: [0.9, 10],
  all_over: [0.7, 25],
  front: [0.45, 40],
  rear: [0.4, 40],
  side: [0.4, 40],
  mechanical: [0.45, 40],
  vandalism: [0.3, 45],
  hail: [0.25, 45],
  other: [0.4, 40],
};

/** Where a wreck keeps a mark on its papers, a seller who says nothing of them leaves something open. */
export const branding = new Set(['US', 'CA']);

export const isBranded = ({ titleStatus }: Pick<CarFacts, 'titleStatus'>): boolean => brands[titleStatus] !== undefined;

export const isDamaged = ({ damageType, condition }: Pick<CarFacts, 'damageType' | 'condition'>): boolean =>
  damages[damageType] !== undefined || condition === 'damaged' || condition === 'not_running';

export const titleIsOpen = ({ titleStatus, country }: Pick<CarFacts, 'titleStatus' | 'country'>): boolean =>
  titleStatus === 'unknown' && country !== null && branding.has(country);

export function titleRisk({ car: { facts } }: RiskQuestion): RiskFactor[] {
  const { titleStatus } = facts;
  const brand = brands[titleStatus];
  if (brand !== undefined) {
    const [weight, cap] = brand;
    const factor = { code: 'title_branded' as const, weight, reason: `The title is branded: ${titleStatus}.`, facts: { title_status: titleStatus } };
    return [cap === null ? excludes(factor) : capsAt(cap, factor)];
  }
  if (!titleIsOpen(facts)) return [];
  return [weighs({ code: 'title_unknown', weight: 0.12, reason: 'Nobody says whether the title is clean, in a country where titles are branded.', facts: { country: facts.country } })];
}

export function damageRisk({ car: { facts } }: RiskQuestion): RiskFactor[] {
  const { damageType, condition } = facts;
  const known = damages[damageType] ?? (isDamaged(facts) ? ([0.5, 40] as const) : undefined);
  if (known === undefined) return damageType === 'unknown' ? [weighs({ code: 'damage_unknown', weight: 0.04, reason: 'No source says that the car is undamaged.' })] : [];
  const [weight, cap] = known;
  const stands = condition === 'not_running';
  return [capsAt(stands ? Math.min(cap, 30) : cap, { code: 'damaged', weight: stands ? Math.min(0.95, weight + 0.15) : weight, reason: 'The car is damaged.', facts: { damage_type: damageType, condition } })];
}

/** Kilometres a year, as people drive there. */
const yearlyKm: Readonly<Record<string, number>> = { US: 20_000, CA: 18_000, GB: 12_500, IT: 12_500, FR: 13_000, JP: 9_000 };
const elsewhereKm = 13_500;
/** A new car has stood, or is driven in a hurry: its mileage says nothing of its age. */
const newYears = 0.5;
/** Up to there a car may have stood at its dealer's for most of its time. */
const youngYears = 2;
/** Driven so much more than others, a car is probably older than its offer says. */
const hardDriven = 2.3;

export const expectedKm = (facts: CarFacts, at: Date): number => ageInYears(facts, at) * (yearlyKm[facts.country ?? ''] ?? elsewhereKm);

/** A reading that was corrected from ten times as much was a slip of a figure, and not a car that was turned back. */
const isSlip = (from: number, to: number): boolean => from / Math.max(1, to) > 9 && from / Math.max(1, to) < 11.2;

export function odometerRisk({ car: { facts }, highestMileage, at }: RiskQuestion): RiskFactor[] {
  const { mileageKm } = facts;
  if (mileageKm === null) return [capsAt(45, { code: 'mileage_unknown', weight: 0.25, reason: 'Nobody says how far the car has been driven.' })];
  const expected = expectedKm(facts, at);
  const found: RiskFactor[] = [];
  if (highestMileage !== null) {
    const { km } = highestMileage;
    const fell = km - mileageKm > 2_000 && mileageKm < km * 0.95;
    const corrected = isSlip(km, mileageKm) && km > expected * 2.5;
    if (fell && !corrected) {
      found.push(excludes({ code: 'odometer_fell', weight: 0.95, reason: 'The car was offered with a higher mileage before.', facts: { mileage_km: mileageKm, highest_km: km, highest_at: highestMileage.at.toISOString() } }));
    }
  }
  return [...found, ...againstAge(facts, mileageKm, expected, ageInYears(facts, at))];
}

function againstAge({ condition }: CarFacts, mileageKm: number, expected: number, age: number): RiskFactor[] {
  if (age < newYears || condition === 'new' || condition === 'demonstration') return [];
  const share = mileageKm / expected;
  const facts = { mileage_km: mileageKm, expected_km: Math.round(expected) };
  const low = { code: 'mileage_low' as const, facts };
  if (age >= youngYears && share < 0.15) return [excludes({ code: 'mileage_implausibly_low', weight: 0.8, reason: 'No car of its age has been driven so little: a slip of a figure, or an odometer that was turned back.', facts })];
  if (share < (age < youngYears ? 0.2 : 0.33)) return [capsAt(35, { ...low, weight: 0.4, reason: 'The mileage is far below that of cars of its age, and the value rests on it: it has to be proved.' })];
  if (share < 0.45) return [weighs({ ...low, weight: 0.15, reason: 'The mileage is low for the age.' })];
  if (share > hardDriven && age < 6) return [capsAt(60, { code: 'mileage_high', weight: 0.2, reason: 'The mileage is far beyond that of cars of its age: the car may be older than it is said to be.', facts })];
  return [];
}

/** Model years begin before the calendar's, and cars stand before they are registered. */
export function yearRisk({ car: { facts } }: RiskQuestion): RiskFactor[] {
  const registered = facts.firstRegistration === null ? null : Number(facts.firstRegistration.slice(0, 4));
  const told = { year: facts.year, production_year: facts.productionYear, first_registration: facts.firstRegistration };
  const produced = facts.productionYear !== null && (facts.productionYear > facts.year || facts.productionYear < facts.year - 1);
  const late = registered !== null && (registered < facts.year - 1 || registered > facts.year + 2);
  return produced || late ? [capsAt(40, { code: 'year_conflict', weight: 0.4, reason: 'The years that are told of the car contradict each other.', facts: told })] : [];
}

const vinCaps: Readonly<Record<string, readonly [weight: number, cap: number | null]>> = {
  model_year_differs: [0.5, 35],
  make_differs: [0.6, 30],
  check_digit_wrong: [0.15, null],
  serial_wrong: [0.15, null],
};

export function vinRisk({ car: { vin, vinFlags } }: RiskQuestion): RiskFactor[] {
  if (vin === null) return [weighs({ code: 'vin_missing', weight: 0.05, reason: 'No source shows the VIN, so that its history can’t be looked up yet.' })];
  const flags = vinFlags.map((flag) => vinCaps[flag] ?? ([0.15, null] as const));
  if (flags.length === 0) return [];
  const weight = Math.max(...flags.map(([one]) => one));
  const caps = flags.flatMap(([, cap]) => (cap === null ? [] : [cap]));
  const factor = { code: 'vin_conflict' as const, weight, reason: 'The VIN contradicts what is told of the car.', facts: { vin_flags: vinFlags.join(', ') } };
  return [caps.length === 0 ? weighs(factor) : capsAt(Math.min(...caps), factor)];
}
