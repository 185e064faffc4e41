import type { Body, Colour, Condition, DamageType, Drivetrain, Fuel, Gearbox, TitleStatus } from '@autobroker/kernel';
import type { Car, Instant, Seller } from './car';
import { offered, type ModelSpec } from './catalogue';
import { Dice, mix } from './dice';
import { engineOf } from './engine';
import { auctionSeller, privateSeller, type Sellers } from './sellers';
import { type MarketCountry, placesOfSale } from './sources';
import type { CarFault } from './types';
import { yearlyKm } from './value';

const countryShares: readonly (readonly [MarketCountry, number])[] = [['US', 44], ['DE', 30], ['GB', 13], ['IT', 6], ['FR', 7]];
const paints: readonly (readonly [Colour, number])[] = [
  ['black', 20], ['white', 19], ['grey', 20], ['silver', 12], ['blue', 12], ['red', 8], ['green', 3], ['brown', 2.2], ['beige', 1.6], ['orange', 1.4], ['yellow', 1.1], ['gold', 0.6], ['purple', 0.5],
];
const interiors: readonly (readonly [Colour, number])[] = [['black', 62], ['grey', 18], ['beige', 12], ['brown', 6], ['red', 2]];
const wrecks: readonly (readonly [DamageType, number])[] = [
  ['front', 38], ['rear', 16], ['side', 15], ['all_over', 6], ['hail', 6], ['flood', 6], ['fire', 2], ['mechanical', 7], ['vandalism', 3], ['other', 2],
];
/** What is left of the value. */
const left: Readonly<Record<DamageType, number>> = {
  none: 1, unknown: 0.9, front: 0.44, rear: 0.5, side: 0.48, all_over: 0.32, hail: 0.66, flood: 0.3, fire: 0.16, mechanical: 0.45, vandalism: 0.55, other: 0.5,
};

/** What cars of one arrival have in common: for a single car, everything that is decided first. */
export interface Arrival {
  readonly country: MarketCountry;
  readonly kind: Seller['kind'];
  readonly seller: Seller;
  readonly spec: ModelSpec;
  readonly year: number;
  readonly seed: number;
  readonly fleet: number;
}

/** The share of auction cars among what stands there is smaller than among what arrives: they go sooner. */
export function makeArrival(seed: number, first: number, at: Instant, sellers: Sellers, auctionShare: number): Arrival {
  const own = mix(seed, 0xa221, first);
  const dice = new Dice(own);
  const country = dice.weighted(countryShares);
  const kind = country === 'US' && dice.chance(auctionShare) ? 'auction' : dice.chance(country === 'US' ? 0.68 : 0.74) ? 'dealer' : 'private';
  const seller = kind === 'auction' ? auctionSeller(first, dice) : kind === 'dealer' ? sellers.dealer(country, dice) : privateSeller(country, first, dice);
  const meanAge = kind === 'dealer' ? 4.6 : kind === 'private' ? 9.5 : 8.5;
  const thisYear = new Date(at).getUTCFullYear();
  const fleet = kind === 'dealer' && dice.chance(0.035) ? dice.int(2, 4) : 1;
  const age = fleet > 1 ? dice.int(0, 3) : Math.min(33, Math.floor(dice.wait(meanAge / 2) + dice.wait(meanAge / 2)));
  const { spec, year } = modelOf(country, thisYear - age, thisYear, dice);
  return { country, kind, seller, spec, year, seed: own, fleet };
}

interface Chooser {
  readonly specs: readonly ModelSpec[];
  readonly sums: readonly number[];
}
const choosers = new Map<string, Chooser>();

/** A model that was sold there in that year; where there is none, in the nearest later year. */
function modelOf(country: MarketCountry, wanted: number, latest: number, dice: Dice): { spec: ModelSpec; year: number } {
  for (let year = wanted; year <= latest; year += 1) {
    const chooser = chooserOf(country, year);
    const total = chooser.sums.at(-1) ?? 0;
    if (total === 0) continue;
    const mark = dice.next() * total;
    let low = 0;
    let high = chooser.sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((chooser.sums[middle] ?? 0) > mark) high = middle;
      else low = middle + 1;
    }
    const spec = chooser.specs[low];
    if (spec !== undefined) return { spec, year };
  }
  throw new RangeError(`Nothing is sold in ${country} in ${latest}`);
}

function chooserOf(country: MarketCountry, year: number): Chooser {
  const key = `${country}${year}`;
  const known = choosers.get(key);
  if (known !== undefined) return known;
  const sold = offered[country].filter(([spec]) => spec.from <= year && (spec.to ?? year) >= year);
  let sum = 0;
  const made = { specs: sold.map(([spec]) => spec), sums: sold.map(([, weight]) => (sum += weight)) };
  choosers.set(key, made);
  return made;
}

const twinFault: readonly CarFault[] = ['twin'];
const noFault: readonly CarFault[] = [];

/** The `nth` car of an arrival. Cars of a fleet share model, year, trim, engine and colour, and differ in what a dealer's list differs in. */
export function makeCar(arrival: Arrival, nth: number, index: number, marketSeed: number, life: Pick<Car, 'born' | 'leaves' | 'sold'>): Car {
  const { country, spec, year, seller } = arrival;
  const shared = new Dice(arrival.seed, 1);
  const own = new Dice(arrival.seed, 2, nth);
  const twin = arrival.fleet > 1;
  const trims = (country === 'US' ? (spec.make.trims.us ?? spec.make.trims.eu) : (spec.make.trims.eu ?? spec.make.trims.us))?.split('|') ?? ['Base'];
  const level = Math.floor(trims.length * shared.next());
  const fuel = fuelOf(spec, country, year, shared);
  const body = shared.pick(spec.bodies);
  const engine = engineOf(spec, fuel, year, country, shared);
  const registered = registration(year, life.born, country, twin ? shared : own);
  const ageYears = Math.max(0.08, (life.born - Date.UTC(registered.year, registered.month - 1, 1)) / 31_557_600_000);
  const driven = ageYears * yearlyKm[country] * Math.exp(0.36 * shared.normal() - 0.06) * (fuel === 'diesel' ? 1.3 : fuel === 'electric' ? 0.9 : 1);
  const spread = twin ? nth * own.between(180, 2_600) : 0;
  const { unit, currency } = placesOfSale[country];
  const perUnit = unit === 'mi' ? 1.609344 : 1;
  const odometer = Math.round(Math.min(470_000, Math.max(12, driven + spread)) / perUnit);
  const colour = shared.weighted(paints);
  const state = conditionOf(arrival, own, odometer * perUnit);
  return {
    index,
    seed: mix(arrival.seed, 3, nth),
    country,
    currency,
    spec,
    trim: trims[level] ?? 'Base',
    trimFactor: 0.92 + (0.26 * level) / Math.max(1, trims.length - 1),
    badge: engine.badge,
    engineFactor: engine.factor,
    year,
    productionYear: own.chance(0.8) ? year : year - 1,
    registered,
    odometer,
    mileageKm: Math.round(odometer * perUnit),
    fuel,
    body,
    gearbox: gearboxOf(fuel, year, engine.kw, country, shared),
    drivetrain: drivetrainOf(spec, body, shared),
    powerKw: engine.kw,
    displacementCc: engine.cc,
    cylinders: engine.cylinders,
    doors: doorsOf(body, shared),
    seats: seatsOf(body, spec.price, shared),
    colour,
    interiorColour: shared.weighted(interiors),
    ...state,
    owners: Math.max(1, Math.min(7, Math.round(0.6 + ageYears / 4.2 + 0.6 * own.normal()))),
    seller,
    place: seller.place,
    // Seven and a million have no common factor, so a million cars have a million numbers; those of a fleet are near.
    serial: (mix(marketSeed) + index * 7) % 1_000_000,
    ...life,
    planted: twin ? twinFault : noFault,
  };
}

function registration(year: number, born: Instant, country: MarketCountry, dice: Dice): { year: number; month: number } {
  const month = dice.int(1, 12);
  const now = new Date(born);
  const early = country === 'US' && month >= 10 ? { year: year - 1, month } : { year, month };
  if (early.year < now.getUTCFullYear()) return early;
  const latest = now.getUTCMonth() + 1;
  return { year: now.getUTCFullYear(), month: Math.min(month, latest) };
}

function fuelOf(spec: ModelSpec, country: MarketCountry, year: number, dice: Dice): Fuel {
  const weights: readonly (readonly [Fuel, number])[] = spec.fuels.map((fuel) => [fuel, fuelWeight(fuel, country, year)] as const);
  return dice.weighted(weights.some(([, weight]) => weight > 0) ? weights : spec.fuels.map((fuel) => [fuel, 1] as const));
}

function fuelWeight(fuel: Fuel, country: MarketCountry, year: number): number {
  switch (fuel) {
    case 'petrol':
      return 5;
    case 'diesel':
      return country === 'US' ? 0.25 : year < 1997 ? 1.5 : year > 2018 ? 2.6 : 5.5;
    case 'hybrid':
      return year < 1998 ? 0 : year < 2016 ? 1 : 3;
    case 'plug_in_hybrid':
      return year < 2014 ? 0 : 2;
    case 'electric':
      return year < 2011 ? 0 : 3;
    case 'lpg':
    case 'cng':
      return country === 'IT' ? 2 : country === 'US' || country === 'GB' ? 0 : 0.4;
    case 'ethanol':
      return country === 'US' ? 0.8 : 0.1;
    case 'hydrogen':
    case 'other':
      return 0.5;
  }
}

function gearboxOf(fuel: Fuel, year: number, kw: number, country: MarketCountry, dice: Dice): Gearbox {
  if (fuel === 'electric' || fuel === 'hybrid' || fuel === 'plug_in_hybrid' || fuel === 'hydrogen') return 'automatic';
  const automatic = country === 'US' ? 0.94 : Math.min(0.96, Math.max(0.06, 0.1 + (year - 2000) * 0.017 + (kw - 80) * 0.0032));
  if (dice.chance(automatic)) return 'automatic';
  return dice.chance(0.03) ? 'semi_automatic' : 'manual';
}

function drivetrainOf(spec: ModelSpec, body: Body, dice: Dice): Drivetrain {
  if (spec.make.allDriven === true) return 'awd';
  const all = body === 'pickup' ? 0.62 : body === 'suv' ? 0.48 : spec.price > 45_000 ? 0.25 : 0.05;
  if (dice.chance(all)) return 'awd';
  return spec.make.rearDriven === true || body === 'pickup' || (body === 'coupe' && spec.price > 40_000) ? 'rwd' : 'fwd';
}

function doorsOf(body: Body, dice: Dice): number {
  if (body === 'coupe' || body === 'convertible') return 2;
  if (body === 'sedan') return 4;
  if (body === 'pickup') return dice.chance(0.75) ? 4 : 2;
  return body === 'hatchback' && dice.chance(0.2) ? 3 : 5;
}

function seatsOf(body: Body, price: number, dice: Dice): number {
  if (body === 'coupe' || body === 'convertible') return price > 60_000 && dice.chance(0.5) ? 2 : 4;
  if (body === 'minivan') return dice.chance(0.6) ? 7 : 5;
  if (body === 'van') return dice.pick([2, 3, 3, 5]);
  return body === 'suv' && price > 38_000 && dice.chance(0.3) ? 7 : 5;
}

type State = Pick<Car, 'damage' | 'secondaryDamage' | 'titleStatus' | 'condition' | 'conditionFactor' | 'runAndDrive' | 'keys'>;

function conditionOf(arrival: Arrival, dice: Dice, km: number): State {
  const noise = Math.exp(0.035 * dice.normal());
  if (arrival.kind === 'auction') {
    const damage = dice.weighted(wrecks);
    const runs = dice.chance(damage === 'fire' || damage === 'flood' ? 0.1 : damage === 'hail' ? 0.95 : 0.55);
    const titleStatus = dice.weighted<TitleStatus>([['salvage', 66], ['clean', 17], ['parts_only', 7], ['rebuilt', 6], ['export_only', 4]]);
    const paper = titleStatus === 'clean' ? 1.12 : titleStatus === 'parts_only' ? 0.7 : 1;
    const secondaryDamage = dice.chance(0.45) ? dice.weighted(wrecks) : 'none';
    return { damage, secondaryDamage: secondaryDamage === damage ? 'none' : secondaryDamage, titleStatus, condition: runs ? 'damaged' : 'not_running', conditionFactor: left[damage] * paper * (runs ? 1.06 : 0.88) * noise, runAndDrive: runs, keys: dice.chance(0.86) };
  }
  const american = arrival.country === 'US';
  const titleStatus = american ? dice.weighted<TitleStatus>([['clean', 93], ['rebuilt', 3.5], ['salvage', arrival.kind === 'private' ? 2 : 0.5], ['lemon', 0.7]]) : 'clean';
  const damaged = dice.chance(arrival.kind === 'private' ? 0.045 : 0.012);
  const damage = damaged ? dice.weighted(wrecks) : 'none';
  const condition: Condition = damaged ? (dice.chance(0.25) ? 'not_running' : 'damaged') : km < 60 ? 'new' : km < 6_000 && arrival.kind === 'dealer' ? 'demonstration' : 'used';
  const paper = titleStatus === 'clean' ? 1 : titleStatus === 'lemon' ? 0.82 : 0.68;
  return { damage, secondaryDamage: 'none', titleStatus, condition, conditionFactor: (damaged ? Math.min(0.8, left[damage] * 1.3) : 1) * paper * noise, runAndDrive: condition !== 'not_running', keys: true };
}
