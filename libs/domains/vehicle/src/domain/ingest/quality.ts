import type { VehicleFacts } from '../facts';
import { isSuspiciousMileage } from './mileage';
import { isSuspiciousPrice } from './price';
import type { Doubt, ListingFacts } from './listing-facts';

/** How much can be relied on what is known of a car: 0 to 100, and what it lost points for. */
export interface Quality {
  readonly score: number;
  readonly reasons: readonly string[];
}

type Known = VehicleFacts | ListingFacts;

/** What a buyer misses most costs most. All together are 70 of the 100 points. */
const wanted: readonly (readonly [reason: string, points: number, missing: (facts: Known) => boolean])[] = [
  ['no_price', 12, (facts) => facts.price === null],
  ['no_mileage', 10, (facts) => facts.mileage === null],
  ['no_vin', 8, (facts) => facts.vin === null],
  ['no_images', 8, (facts) => facts.images.length === 0],
  ['no_place', 6, (facts) => facts.location.country === null || (facts.location.city === null && facts.location.coordinates === null)],
  ['no_fuel', 4, (facts) => facts.fuel === null],
  ['no_gearbox', 4, (facts) => facts.gearbox === null],
  ['no_power', 3, (facts) => facts.powerKw === null],
  ['no_body', 3, (facts) => facts.body === null],
  ['no_trim', 3, (facts) => facts.trim === null],
  ['no_colour', 3, (facts) => facts.exteriorColour === null],
  ['no_description', 3, (facts) => facts.description === null],
  ['no_features', 3, (facts) => facts.features.length === 0],
];

const penalties: readonly (readonly [reason: string, points: number, applies: (doubts: readonly Doubt[]) => boolean])[] = [
  ['price_doubtful', 20, isSuspiciousPrice],
  ['mileage_doubtful', 15, isSuspiciousMileage],
  ['vin_contradicts', 20, (doubts) => doubts.some((doubt) => doubt === 'vin_make_differs' || doubt === 'vin_model_year_differs' || doubt === 'vin_body_differs')],
  ['vin_unusable', 8, (doubts) => doubts.some((doubt) => doubt === 'vin_unusable' || doubt === 'vin_check_digit_wrong' || doubt === 'vin_serial_wrong')],
  ['make_unverified', 8, (doubts) => doubts.includes('make_unverified')],
  ['model_unverified', 8, (doubts) => doubts.includes('model_unverified')],
  ['year_derived', 4, (doubts) => doubts.some((doubt) => doubt.startsWith('year_from_'))],
  ['facts_dropped', 4, (doubts) => doubts.some((doubt) => doubt.endsWith('_dropped'))],
];

export function qualityOf(facts: Known, doubts: readonly Doubt[]): Quality {
  const missing = wanted.filter(([, , isMissing]) => isMissing(facts));
  const doubtful = penalties.filter(([, , applies]) => applies(doubts));
  const lost = [...missing, ...doubtful].reduce((sum, [, points]) => sum + points, 0);
  return { score: Math.max(0, 100 - lost), reasons: [...doubtful, ...missing].map(([reason]) => reason) };
}
