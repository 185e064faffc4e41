import { nameKey } from './market/grade';

/** What two cars are held against each other by; null is what nobody told. */
export interface AlikeFacts {
  readonly make: string | null;
  readonly model: string | null;
  readonly year: number | null;
  readonly mileageKm: number | null;
  readonly damageType: string | null;
  readonly colour: string | null;
}

/** Of 100 in all. */
export interface SimilarityPoints {
  readonly make: number;
  readonly model: number;
  readonly year: number;
  readonly mileage: number;
  readonly damage: number;
  readonly colour: number;
}

export interface Similarity {
  readonly score: number;
  readonly points: SimilarityPoints;
}

/** How far off a mileage may be, in per cent of the one that is asked for, and what it is worth then: the best band alone. */
const mileageBands = [[10, 25], [25, 15], [50, 5]] as const;

/** The rule of the product: what is not known is worth nothing. */
export function similarity(asked: AlikeFacts, other: AlikeFacts): Similarity {
  const points: SimilarityPoints = {
    make: sameName(asked.make, other.make) ? 20 : 0,
    model: sameName(asked.model, other.model) ? 20 : 0,
    year: yearPoints(asked.year, other.year),
    mileage: mileagePoints(asked.mileageKm, other.mileageKm),
    damage: asked.damageType !== 'unknown' && sameName(asked.damageType, other.damageType) ? 10 : 0,
    colour: sameName(asked.colour, other.colour) ? 5 : 0,
  };
  const { make, model, year, mileage, damage, colour } = points;
  return { score: make + model + year + mileage + damage + colour, points };
}

const sameName = (asked: string | null, other: string | null): boolean => asked !== null && other !== null && nameKey(asked) !== '' && nameKey(asked) === nameKey(other);

function yearPoints(asked: number | null, other: number | null): number {
  if (asked === null || other === null) return 0;
  const apart = Math.abs(asked - other);
  return apart === 0 ? 20 : apart <= 2 ? 10 : 0;
}

function mileagePoints(asked: number | null, other: number | null): number {
  if (asked === null || other === null) return 0;
  const apart = Math.abs(asked - other);
  return mileageBands.find(([percent]) => apart * 100 <= asked * percent)?.[1] ?? 0;
}
