import type { Condition, DamageType, TitleStatus } from '@autobroker/kernel';
import type { VehicleFacts } from '../facts';

/** What one listing says of its car, in our words and units; null (or empty) where it is silent. */
export interface ListingFacts extends Omit<VehicleFacts, 'make' | 'model' | 'year' | 'damageType' | 'titleStatus' | 'condition'> {
  readonly make: string | null;
  readonly model: string | null;
  readonly year: number | null;
  readonly damageType: DamageType | null;
  readonly titleStatus: TitleStatus | null;
  readonly condition: Condition | null;
  /** The seller's own number for the car, as it is compared. */
  readonly stockNumber: string | null;
  /** Perceptual hashes of pictures, 16 hex digits each. */
  readonly imageHashes: readonly string[];
}

export type ListingField = keyof ListingFacts;

/** Where a fact was found, and how sure we are of it (0 to 1). */
export interface Origin {
  readonly from: string;
  readonly confidence: number;
}
export type Provenance = Readonly<Partial<Record<ListingField, Origin>>>;

/** Something in a listing that is to be taken with care; it is kept, marked and never put right in silence. */
export const doubts = [
  'price_on_request',
  'price_monthly',
  'price_range',
  'price_is_bid',
  'price_bait',
  'price_jump',
  'price_factor_ten',
  'price_outlier',
  'price_currency_differs',
  'mileage_too_high',
  'mileage_too_low',
  'mileage_fell',
  'mileage_factor_ten',
  'mileage_differs',
  'make_unverified',
  'model_unverified',
  'year_from_registration',
  'year_from_vin',
  'year_from_title',
  'vin_unusable',
  'vin_check_digit_wrong',
  'vin_serial_wrong',
  'vin_model_year_differs',
  'vin_make_differs',
  'vin_body_differs',
  'registration_dropped',
  'production_year_dropped',
  'displacement_dropped',
  'owners_dropped',
  'personal_data_removed',
] as const;
export type Doubt = (typeof doubts)[number];

export const nowhere: ListingFacts['location'] = { city: null, region: null, postalCode: null, country: null, coordinates: null };

export const silentListing: ListingFacts = {
  make: null,
  model: null,
  trim: null,
  year: null,
  productionYear: null,
  firstRegistration: null,
  mileage: null,
  fuel: null,
  gearbox: null,
  drivetrain: null,
  body: null,
  powerKw: null,
  engineDisplacementCc: null,
  doors: null,
  seats: null,
  exteriorColour: null,
  interiorColour: null,
  damageType: null,
  titleStatus: null,
  condition: null,
  features: [],
  description: null,
  vin: null,
  ownersCount: null,
  location: nowhere,
  price: null,
  images: [],
  stockNumber: null,
  imageHashes: [],
};

/** A listing that can stand for a car by itself. */
export type NamedListing = ListingFacts & { readonly make: string; readonly model: string; readonly year: number };

/** A listing that says which model it is of; of which year may come from elsewhere. */
export type IdentifiedListing = ListingFacts & { readonly make: string; readonly model: string };

export const isIdentified = (facts: ListingFacts): facts is IdentifiedListing => facts.make !== null && facts.model !== null;

export const isNamed = (facts: ListingFacts): facts is NamedListing => facts.make !== null && facts.model !== null && facts.year !== null;

/** As the facts of a car: what nobody says of damage, title and condition is what an unknown used car has. */
export function vehicleFactsOf(listing: NamedListing): VehicleFacts {
  const { stockNumber: _stock, imageHashes: _hashes, ...facts } = listing;
  return {
    ...facts,
    damageType: listing.damageType ?? 'unknown',
    titleStatus: listing.titleStatus ?? 'unknown',
    condition: listing.condition ?? 'used',
  };
}

export const listingFactsOf = (facts: VehicleFacts): NamedListing => ({ ...facts, stockNumber: null, imageHashes: [] });

export const isSilent = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);
