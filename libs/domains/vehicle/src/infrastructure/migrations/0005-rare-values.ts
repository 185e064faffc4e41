import type { Migration } from '@autobroker/platform/database';

/** Few cars have the values at the ends of these: looking for them without an index reads the whole catalogue. */
export const rareValues: Migration = {
  id: '0005-rare-values',
  up: `
create index vehicles_by_displacement on vehicle.vehicles (engine_displacement_cc) where deleted_at is null and engine_displacement_cc is not null;
create index vehicles_by_owners on vehicle.vehicles (owners_count) where deleted_at is null and owners_count is not null;
create index vehicles_of_interior on vehicle.vehicles (interior_colour) where deleted_at is null and interior_colour is not null;
create index vehicles_of_gearbox on vehicle.vehicles (gearbox) where deleted_at is null and gearbox is not null;
create index vehicles_of_drivetrain on vehicle.vehicles (drivetrain) where deleted_at is null and drivetrain is not null;
`,
};
