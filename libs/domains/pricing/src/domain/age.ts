import type { CarFacts } from './market-car';

const yearMs = 365.25 * 86_400_000;

/** From the first registration; without one, from the middle of its year. Never below zero. */
export function ageInYears({ firstRegistration, year }: Pick<CarFacts, 'firstRegistration' | 'year'>, at: Date): number {
  const born = firstRegistration === null ? Date.UTC(year, 6, 1) : Date.parse(firstRegistration);
  return Math.max(0, (at.getTime() - born) / yearMs);
}
