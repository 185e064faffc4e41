import type { VehicleFacts } from './facts';

/** The resource's field that each fact shows up in. */
const fieldOf: Readonly<Record<keyof VehicleFacts, string>> = {
  make: 'make',
  model: 'model',
  trim: 'trim',
  year: 'year',
  productionYear: 'production_year',
  firstRegistration: 'first_registration',
  mileage: 'mileage',
  fuel: 'fuel',
  gearbox: 'gearbox',
  drivetrain: 'drivetrain',
  body: 'body',
  powerKw: 'power',
  engineDisplacementCc: 'engine_displacement_cc',
  doors: 'doors',
  seats: 'seats',
  exteriorColour: 'colour',
  interiorColour: 'colour',
  damageType: 'damage_type',
  titleStatus: 'title_status',
  condition: 'condition',
  features: 'features',
  description: 'description',
  vin: 'vin',
  ownersCount: 'owners_count',
  location: 'location',
  price: 'price',
  images: 'images',
};

/** The names of the resource's fields whose facts differ, in a fixed order. Both sides are expected to be tidy. */
export function changedFields(before: VehicleFacts, after: VehicleFacts): string[] {
  const changed = new Set<string>();
  let fact: keyof VehicleFacts;
  for (fact in fieldOf) {
    if (!sameValue(before[fact], after[fact])) changed.add(fieldOf[fact]);
  }
  return [...changed];
}

export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return left.length === right.size && left.every(([key, value]) => sameValue(value, right.get(key)));
}
