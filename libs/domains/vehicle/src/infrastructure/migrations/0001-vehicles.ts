import type { Migration } from '@autobroker/platform/database';
import {
  bodies,
  colours,
  conditions,
  damageTypes,
  drivetrains,
  fuels,
  gearboxes,
  mileageUnits,
  titleStatuses,
  vehicleStatuses,
} from '@autobroker/kernel';

const oneOf = (column: string, values: readonly string[]): string =>
  `check (${column} in (${values.map((value) => `'${value}'`).join(', ')}))`;

/**
 * `vehicles` holds what lists filter and sort by, and stays narrow: a filter that no index serves reads all of it.
 * What is only read with one car (or found through its own index) is in `vehicle_details`.
 */
export const vehicles: Migration = {
  id: '0001-vehicles',
  up: `
create table vehicle.vehicles (
  id uuid primary key,
  version integer not null default 1 check (version > 0),
  year smallint not null check (year between 1885 and 2200),
  image_count smallint not null default 0 check (image_count >= 0),
  listed_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  status text not null ${oneOf('status', vehicleStatuses)},
  make_key text not null,
  model_key text not null,
  tenant_id uuid,
  deleted_at timestamptz,
  price_ref bigint check (price_ref >= 0),
  mileage_km integer check (mileage_km >= 0),
  power_kw smallint check (power_kw > 0),
  lat double precision check (lat between -90 and 90),
  lon double precision check (lon between -180 and 180),
  fuel text ${oneOf('fuel', fuels)},
  gearbox text ${oneOf('gearbox', gearboxes)},
  drivetrain text ${oneOf('drivetrain', drivetrains)},
  body text ${oneOf('body', bodies)},
  exterior_colour text ${oneOf('exterior_colour', colours)},
  interior_colour text ${oneOf('interior_colour', colours)},
  condition text not null ${oneOf('condition', conditions)},
  damage_type text not null ${oneOf('damage_type', damageTypes)},
  title_status text not null ${oneOf('title_status', titleStatuses)},
  doors smallint check (doors between 0 and 9),
  seats smallint check (seats between 1 and 99),
  owners_count smallint check (owners_count >= 0),
  country text check (country ~ '^[A-Z]{2}$'),
  make text not null,
  model text not null,
  trim text,
  vin text,
  production_year smallint,
  first_registration date,
  engine_displacement_cc integer check (engine_displacement_cc between 0 and 100000),
  mileage_value integer check (mileage_value >= 0),
  mileage_unit text ${oneOf('mileage_unit', mileageUnits)},
  price_amount bigint check (price_amount >= 0),
  price_currency text check (price_currency ~ '^[A-Z]{3}$'),
  city text,
  region text,
  postal_code text,
  sources text[] not null default '{}',
  features text[] not null default '{}',
  constraint vehicles_price_whole check ((price_amount is null) = (price_currency is null)),
  constraint vehicles_mileage_whole check ((mileage_value is null) = (mileage_unit is null) and (mileage_value is null) = (mileage_km is null)),
  constraint vehicles_coordinates_whole check ((lat is null) = (lon is null))
);

create index vehicles_by_listed on vehicle.vehicles (listed_at, id) where deleted_at is null;
create index vehicles_by_created on vehicle.vehicles (created_at, id) where deleted_at is null;
create index vehicles_by_updated on vehicle.vehicles (updated_at, id) where deleted_at is null;
create index vehicles_by_price on vehicle.vehicles (price_ref, id) where deleted_at is null;
create index vehicles_by_year on vehicle.vehicles (year, id) where deleted_at is null;
create index vehicles_by_mileage on vehicle.vehicles (mileage_km, id) where deleted_at is null;
create index vehicles_by_power on vehicle.vehicles (power_kw, id) where deleted_at is null;

create index vehicles_of_make on vehicle.vehicles (make_key, model_key, year) where deleted_at is null;
create index vehicles_of_model on vehicle.vehicles (model_key) where deleted_at is null;
create index vehicles_at on vehicle.vehicles (lat, lon) where deleted_at is null and lat is not null;
create index vehicles_in_city on vehicle.vehicles (lower(city)) where deleted_at is null and city is not null;
create index vehicles_in_region on vehicle.vehicles (lower(region)) where deleted_at is null and region is not null;
create index vehicles_in_country on vehicle.vehicles (country) where deleted_at is null;
create index vehicles_of_trim on vehicle.vehicles (lower(trim)) where deleted_at is null and trim is not null;
-- Values with few cars; where there are many, reading on until enough are found is as good.
create index vehicles_of_status on vehicle.vehicles (status) where deleted_at is null;
create index vehicles_of_fuel on vehicle.vehicles (fuel) where deleted_at is null;
create index vehicles_of_body on vehicle.vehicles (body) where deleted_at is null;
create index vehicles_of_colour on vehicle.vehicles (exterior_colour) where deleted_at is null;
create index vehicles_of_condition on vehicle.vehicles (condition, damage_type) where deleted_at is null;
create index vehicles_of_title on vehicle.vehicles (title_status) where deleted_at is null;
create index vehicles_of_doors on vehicle.vehicles (doors, seats) where deleted_at is null;
create index vehicles_of_tenant on vehicle.vehicles (tenant_id) where tenant_id is not null;
create index vehicles_with_vin on vehicle.vehicles (vin) where vin is not null;
create index vehicles_with_features on vehicle.vehicles using gin (features) where deleted_at is null;
create index vehicles_from_sources on vehicle.vehicles using gin (sources) where deleted_at is null;
create index vehicles_deleted on vehicle.vehicles (deleted_at) where deleted_at is not null;

create table vehicle.vehicle_details (
  vehicle_id uuid primary key references vehicle.vehicles (id) on delete cascade,
  description text,
  vin_flags text[] not null default '{}',
  images text[] not null default '{}',
  search tsvector not null
);
create index vehicle_details_search on vehicle.vehicle_details using gin (search);
`,
};
