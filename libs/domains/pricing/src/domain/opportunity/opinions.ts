import { summaryOf } from '../market/robust';
import { fewForOpinion } from './price-risks';
import type { SecondOpinion } from './risk';

/** What like cars say that a car is worth, had they its year and mileage; null where they are too few to say anything. */
export function opinionOfAlike(cars: readonly { readonly adjusted: number; readonly weight: number }[], effective: number): SecondOpinion | null {
  const summary = effective < fewForOpinion ? null : summaryOf(cars.map(({ adjusted, weight }) => ({ price: adjusted, adjusted, weight })));
  return summary === null ? null : { of: 'comparables', value: summary.median, effective };
}
