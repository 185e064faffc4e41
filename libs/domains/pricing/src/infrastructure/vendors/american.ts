import type { ValuedCar } from '../../application/external/ports';
import { zipOfState } from '../../domain/external/us-zip';

const kmInMile = 1.609344;

/** The guide books price American cars. */
export const isAmerican = ({ country }: ValuedCar): boolean => country === 'US';
export const milesOf = ({ mileageKm }: ValuedCar): number | null => (mileageKm === null ? null : Math.round(mileageKm / kmInMile));
export const zipOf = ({ region }: ValuedCar, usual: string): string => zipOfState(region) ?? usual;
/** Dollars as a vendor writes them to cents; null for what is no price. */
export const centsOf = (dollars: number | null | undefined): number | null => (dollars === null || dollars === undefined || !Number.isFinite(dollars) || dollars <= 0 ? null : Math.round(dollars * 100));

const wordsOf = (text: string): string[] => text.toLowerCase().split(/[^\p{L}\p{N}.]+/u).filter(Boolean);

/** Of several configurations the one whose name shares most with the trim; the first, as the vendor orders them, when none does. */
export function closestTrim<T>(found: readonly T[], nameOf: (one: T) => string, trim: string | null): T | undefined {
  if (trim === null) return found[0];
  const wanted = new Set(wordsOf(trim));
  const shared = (one: T): number => {
    const words = wordsOf(nameOf(one));
    return words.filter((word) => wanted.has(word)).length / Math.max(1, words.length + wanted.size);
  };
  return [...found].sort((a, b) => shared(b) - shared(a))[0];
}
