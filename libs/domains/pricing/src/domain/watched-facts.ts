import { distributionOfNumbers, distributionOfWords, type Distribution } from './drift';
import type { CarFacts } from './market-car';

/** Numbers and words of a car that tell whether the market is still the one that a model has learned. */
export const watchedFacts: Readonly<Record<string, (facts: CarFacts) => number | string | null>> = {
  make: ({ make }) => make.toLowerCase(),
  year: ({ year }) => year,
  mileage_km: ({ mileageKm }) => mileageKm,
  power_kw: ({ powerKw }) => powerKw,
  fuel: ({ fuel }) => fuel,
  country: ({ country }) => country,
};

export function distributionsOf(cars: readonly CarFacts[]): Distribution[] {
  return Object.entries(watchedFacts).flatMap(([feature, of]) => {
    const values = cars.map(of).filter((value) => value !== null);
    const numbers = values.filter((value) => typeof value === 'number');
    if (values.length === 0) return [];
    return [numbers.length > 0 ? distributionOfNumbers(feature, numbers) : distributionOfWords(feature, values.map(String))];
  });
}
