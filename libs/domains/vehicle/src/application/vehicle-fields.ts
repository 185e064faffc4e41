/** The fields of the vehicle resource, in the order in which they appear. `fields=` picks from these. */
export const vehicleFields = [
  'id',
  'version',
  'stock',
  'status',
  'make',
  'model',
  'trim',
  'year',
  'production_year',
  'first_registration',
  'mileage',
  'mileage_km',
  'fuel',
  'gearbox',
  'drivetrain',
  'body',
  'power',
  'engine_displacement_cc',
  'doors',
  'seats',
  'colour',
  'damage_type',
  'title_status',
  'condition',
  'features',
  'description',
  'vin',
  'vin_flags',
  'owners_count',
  'location',
  'distance_km',
  'price',
  'reference_price',
  'sources',
  'images',
  'image_count',
  'cover_url',
  'quality',
  'relist_count',
  'listed_at',
  'created_at',
  'updated_at',
] as const;
export type VehicleField = (typeof vehicleFields)[number];

/** What may come along with a vehicle. */
export const vehicleIncludes = ['listings', 'price_history', 'media'] as const;
export type VehicleInclude = (typeof vehicleIncludes)[number];

export const vehicleSorts = [
  'listed_at',
  'created_at',
  'updated_at',
  'price',
  'year',
  'mileage',
  'power',
  'distance',
] as const;
export type VehicleSort = (typeof vehicleSorts)[number];
