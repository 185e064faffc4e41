import type { Colour, DamageType, MileageUnit } from '@autobroker/kernel';
import { canonicalCar, colourOf, damageOf, keyOf, tidy } from '@autobroker/vocabulary';

/** What somebody asks the price of, in their own words. */
export interface AskedFilters {
  readonly make: string;
  readonly model: string;
  readonly year: number;
  readonly mileage: number | null;
  readonly mileageUnit: MileageUnit;
  readonly color: string | null;
  readonly damageType: string | null;
  readonly productionYear: number | null;
  readonly country: string | null;
}

/** The same in ours. */
export interface NormalizedFilters {
  readonly make: string;
  readonly model: string;
  readonly trim: string | null;
  readonly makeKey: string;
  readonly modelKey: string;
  /** Whether the catalogue has this make and model: of others little can be known. */
  readonly recognised: boolean;
  readonly year: number;
  readonly mileageKm: number | null;
  readonly color: Colour | null;
  readonly damageType: DamageType | null;
  readonly productionYear: number | null;
  readonly country: string | null;
  /** Words of the question that say nothing to us, and were left out of it. */
  readonly unrecognised: readonly ('color' | 'damage_type')[];
}

const kmInMile = 1.609344;
const firstCar = 1886;

export function normalise(asked: AskedFilters): NormalizedFilters {
  const car = canonicalCar({ make: asked.make, model: asked.model, year: asked.year });
  const make = car.make ?? tidy(asked.make);
  const model = car.model ?? tidy(asked.model);
  const color = colourOf(asked.color);
  const damageType = damageOf(asked.damageType);
  return {
    make,
    model,
    trim: car.trim,
    makeKey: keyOf(make),
    modelKey: keyOf(model),
    recognised: car.how !== 'unknown' && car.make !== null && car.model !== null,
    year: asked.year,
    mileageKm: asked.mileage === null ? null : Math.round(asked.mileage * (asked.mileageUnit === 'mi' ? kmInMile : 1)),
    color,
    damageType,
    productionYear: asked.productionYear,
    country: asked.country,
    unrecognised: [...(asked.color !== null && color === null ? (['color'] as const) : []), ...(asked.damageType !== null && damageType === null ? (['damage_type'] as const) : [])],
  };
}

/** Whether such a car can be anywhere: nobody looks for one of a year that had none. */
export const canExist = ({ year }: NormalizedFilters, now: Date): boolean => year >= firstCar && year <= now.getUTCFullYear() + 2;

/** Two questions with the same text here are the same question. */
export const canonicalText = (filters: NormalizedFilters): string =>
  JSON.stringify([filters.makeKey, filters.modelKey, filters.trim === null ? null : keyOf(filters.trim), filters.year, filters.mileageKm, filters.color, filters.damageType, filters.productionYear, filters.country]);

/** `price:make:model:year:color:damage`: what an average price is kept under. */
export const priceKey = ({ makeKey, modelKey, year, color, damageType }: NormalizedFilters): string => `price:${makeKey}:${modelKey}:${year}:${color ?? ''}:${damageType ?? ''}`;

/** Only a question that the key says whole may be answered from under it. */
export const isPlain = ({ mileageKm, country, productionYear }: NormalizedFilters): boolean => mileageKm === null && country === null && productionYear === null;
