/**
 * The closed vocabularies of a vehicle, as they appear in the API, in events and in the database. They live here because
 * the rules of several services (vehicle, pricing, search) speak them.
 */
export const vehicleStatuses = ['available', 'reserved', 'sold', 'withdrawn'] as const;
export type VehicleStatus = (typeof vehicleStatuses)[number];

export const fuels = [
  'petrol',
  'diesel',
  'hybrid',
  'plug_in_hybrid',
  'electric',
  'lpg',
  'cng',
  'hydrogen',
  'ethanol',
  'other',
] as const;
export type Fuel = (typeof fuels)[number];

export const gearboxes = ['manual', 'automatic', 'semi_automatic'] as const;
export type Gearbox = (typeof gearboxes)[number];

export const drivetrains = ['fwd', 'rwd', 'awd'] as const;
export type Drivetrain = (typeof drivetrains)[number];

export const bodies = [
  'hatchback',
  'sedan',
  'estate',
  'suv',
  'coupe',
  'convertible',
  'pickup',
  'minivan',
  'van',
  'other',
] as const;
export type Body = (typeof bodies)[number];

export const colours = [
  'black',
  'white',
  'silver',
  'grey',
  'blue',
  'red',
  'green',
  'brown',
  'beige',
  'yellow',
  'orange',
  'gold',
  'purple',
  'other',
] as const;
export type Colour = (typeof colours)[number];

export const damageTypes = [
  'none',
  'unknown',
  'front',
  'rear',
  'side',
  'all_over',
  'hail',
  'flood',
  'fire',
  'mechanical',
  'vandalism',
  'other',
] as const;
export type DamageType = (typeof damageTypes)[number];

export const titleStatuses = ['clean', 'unknown', 'salvage', 'rebuilt', 'lemon', 'export_only', 'parts_only'] as const;
export type TitleStatus = (typeof titleStatuses)[number];

export const conditions = ['new', 'demonstration', 'used', 'damaged', 'not_running'] as const;
export type Condition = (typeof conditions)[number];

export const mileageUnits = ['km', 'mi'] as const;
export type MileageUnit = (typeof mileageUnits)[number];

/** How a source's own offer of a car stands. */
export const listingStatuses = ['active', 'reserved', 'sold', 'removed'] as const;
export type ListingStatus = (typeof listingStatuses)[number];

/** Whose stock a car is: everybody's catalogue, or one tenant's own. */
export const stocks = ['shared', 'private'] as const;
export type Stock = (typeof stocks)[number];
