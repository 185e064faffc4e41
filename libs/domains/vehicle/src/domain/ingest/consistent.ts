import { contradictions } from '../facts';
import { vehicleFactsOf, type Doubt, type ListingField, type NamedListing } from './listing-facts';

/** The fact that goes where two can't both be true, and what is then said of it. A year that can't be is no such fact. */
const gives = new Map<string, readonly [ListingField, Doubt]>([
  ['/first_registration', ['firstRegistration', 'registration_dropped']],
  ['/production_year', ['productionYear', 'production_year_dropped']],
  ['/engine_displacement_cc', ['engineDisplacementCc', 'displacement_dropped']],
  ['/owners_count', ['ownersCount', 'owners_dropped']],
]);

export const weaker = (facts: NamedListing, now: Date): (readonly [ListingField, Doubt])[] => contradictions(vehicleFactsOf(facts), now).flatMap(({ pointer }) => [gives.get(pointer)].filter((one) => one !== undefined));
