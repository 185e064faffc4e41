import type { Colour, DamageType } from '@autobroker/kernel';
import { keyOf } from '@autobroker/vocabulary';

/** What two cars are compared by. Null is not known, or not asked about: no points come from it. */
export interface Likeness {
  readonly make: string;
  readonly model: string;
  readonly year: number;
  readonly mileageKm: number | null;
  readonly damageType: DamageType | null;
  readonly colour: Colour | null;
}

export interface Similarity {
  /** 0 to 100. */
  readonly score: number;
  readonly parts: { readonly make: number; readonly model: number; readonly year: number; readonly mileage: number; readonly damage: number; readonly colour: number };
}

const yearsNear = 2;
/** Of the mileage that is asked about. */
const mileageSteps = [
  { within: 0.1, points: 25 },
  { within: 0.25, points: 15 },
  { within: 0.5, points: 5 },
] as const;

/** How alike a car is to what is wanted: make 20, model 20, year 20 or 10, mileage 25, 15 or 5, damage 10, colour 5. */
export function similarity(wanted: Likeness, car: Likeness): Similarity {
  const make = keyOf(wanted.make) === keyOf(car.make) ? 20 : 0;
  const apart = Math.abs(wanted.year - car.year);
  const parts = {
    make,
    // A model's name alone means nothing: an 86 is not an 86 of another make.
    model: make > 0 && keyOf(wanted.model) === keyOf(car.model) ? 20 : 0,
    year: apart === 0 ? 20 : apart <= yearsNear ? 10 : 0,
    mileage: mileagePoints(wanted.mileageKm, car.mileageKm),
    damage: wanted.damageType !== null && wanted.damageType === car.damageType ? 10 : 0,
    colour: wanted.colour !== null && wanted.colour === car.colour ? 5 : 0,
  };
  return { score: Object.values(parts).reduce((sum, points) => sum + points, 0), parts };
}

function mileagePoints(wanted: number | null, own: number | null): number {
  if (wanted === null || own === null) return 0;
  const apart = Math.abs(own - wanted);
  return mileageSteps.find(({ within }) => apart <= wanted * within)?.points ?? 0;
}
