import { indexesInUse } from '@autobroker/platform/database';

/**
 * Every index is written with every new car and every change of one. Those of words with few values served one filter each;
 * a joint one serves each of its columns as well, the later ones by looking once under each value before them (or, before
 * PostgreSQL 18, by reading all of an index that is small). First is what is asked for most.
 *
 * - `vehicles_of_drive` for `_of_fuel`, `_of_gearbox`, `_of_drivetrain`
 * - `vehicles_of_colours` for `_of_colour`, `_of_interior`
 * - `vehicles_of_state` for `_of_condition` (with the damage), `_of_title`
 * - `vehicles_of_build` for `_of_body`, `_of_doors` (with the seats)
 * - `vehicles_by_past` for `_by_owners`, `_by_displacement`
 * - `vehicles_in_land` for `_in_country`, `_in_region`
 */
export const fewerIndexes = indexesInUse({
  id: '0016-fewer-indexes',
  create: [
    'create index concurrently vehicles_of_drive on vehicle.vehicles (fuel, gearbox, drivetrain) where deleted_at is null',
    'create index concurrently vehicles_of_colours on vehicle.vehicles (exterior_colour, interior_colour) where deleted_at is null',
    'create index concurrently vehicles_of_state on vehicle.vehicles (condition, damage_type, title_status) where deleted_at is null',
    'create index concurrently vehicles_of_build on vehicle.vehicles (body, doors, seats) where deleted_at is null',
    'create index concurrently vehicles_by_past on vehicle.vehicles (owners_count, engine_displacement_cc) where deleted_at is null',
    'create index concurrently vehicles_in_land on vehicle.vehicles (country, lower(region)) where deleted_at is null',
  ],
  drop: [
    ...['fuel', 'gearbox', 'drivetrain', 'colour', 'interior', 'condition', 'title', 'body', 'doors'].map((name) => `vehicle.vehicles_of_${name}`),
    ...['by_owners', 'by_displacement', 'in_country', 'in_region'].map((name) => `vehicle.vehicles_${name}`),
  ],
  // All of it in one transaction, while nobody could write.
  formerly: ['7cfa26a680191e492e9770bf2d760778bccea49520368465c17ca233c8930158'],
});
