import type { Migration } from '@autobroker/platform/database';

/**
 * What each listing says by itself, and by what it is found again: a car is composed from its listings. `match` is what two
 * listings are compared by. The key columns are null for offers that came before this was kept; their facts are those of
 * their car, which had no other offer then.
 */
export const ingest: Migration = {
  id: '0006-ingest',
  up: `
alter table vehicle.vehicle_details
  add column quality_score smallint,
  add column quality_reasons text[] not null default '{}',
  add column relist_count smallint not null default 0;

create table vehicle.listing_details (
  listing_id uuid primary key references vehicle.listings (id) on delete cascade,
  said_at timestamptz not null,
  detailed boolean not null,
  facts jsonb not null,
  provenance jsonb not null,
  doubts text[] not null default '{}',
  trusted jsonb not null,
  quality_score smallint not null,
  quality_reasons text[] not null default '{}',
  relist_of uuid,
  match jsonb,
  make_key text,
  model_key text,
  year smallint,
  mileage_km integer,
  vin text,
  stock_key text,
  place_key text
);
create index listing_details_of_car on vehicle.listing_details (make_key, model_key, year, mileage_km) where make_key is not null;
create index listing_details_at_place on vehicle.listing_details (make_key, model_key, place_key, year) where place_key is not null;
create index listing_details_with_vin on vehicle.listing_details (vin) where vin is not null;
create index listing_details_with_stock on vehicle.listing_details (stock_key, make_key) where stock_key is not null;

create table vehicle.listing_image_hashes (
  hash text not null,
  listing_id uuid not null references vehicle.listings (id) on delete cascade,
  primary key (hash, listing_id)
);
create index listing_image_hashes_of_listing on vehicle.listing_image_hashes (listing_id);

insert into vehicle.listing_details (listing_id, said_at, detailed, facts, provenance, trusted, quality_score)
select l.id, l.last_seen_at, true,
  jsonb_build_object(
    'make', v.make, 'model', v.model, 'trim', v.trim, 'year', v.year, 'productionYear', v.production_year,
    'firstRegistration', to_char(v.first_registration, 'YYYY-MM-DD'),
    'mileage', case when v.mileage_value is null then null else jsonb_build_object('value', v.mileage_value, 'unit', v.mileage_unit) end,
    'fuel', v.fuel, 'gearbox', v.gearbox, 'drivetrain', v.drivetrain, 'body', v.body, 'powerKw', v.power_kw,
    'engineDisplacementCc', v.engine_displacement_cc, 'doors', v.doors, 'seats', v.seats, 'exteriorColour', v.exterior_colour,
    'interiorColour', v.interior_colour, 'damageType', v.damage_type, 'titleStatus', v.title_status, 'condition', v.condition,
    'features', to_jsonb(v.features), 'description', d.description, 'vin', v.vin, 'ownersCount', v.owners_count,
    'location', jsonb_build_object('city', v.city, 'region', v.region, 'postalCode', v.postal_code, 'country', v.country,
      'coordinates', case when v.lat is null then null else jsonb_build_object('lat', v.lat, 'lon', v.lon) end),
    'price', case when l.price_amount is null then null else jsonb_build_object('amount', l.price_amount, 'currency', l.price_currency) end,
    'images', to_jsonb(d.images), 'stockNumber', null, 'imageHashes', '[]'::jsonb),
  '{}', '{"price": null, "mileage": null}', 50
from vehicle.listings l join vehicle.vehicles v on v.id = l.vehicle_id join vehicle.vehicle_details d on d.vehicle_id = v.id;
`,
};
