// A catalogue of any size, by SQL alone: popular models are common, old cars have driven further, some of them share a town.
import { models } from './cars.mjs';

const step = 50_000;

const sql = `
with m as materialized (select make, model, (row_number() over ())::integer as place from jsonb_to_recordset($1::jsonb) as r(make text, model text)),
c as materialized (
  select gen_random_uuid() as vehicle_id, gen_random_uuid() as listing_id, $2::integer + n as n, m.make, m.model, y.year,
    ((2026 - y.year) * 14000 * (0.4 + random()) + 3000 * random())::integer as km, (60 + random() * 200)::integer as kw,
    (array['black', 'white', 'grey', 'silver', 'blue', 'red'])[1 + floor(random() * 6)::integer] as colour,
    (array['petrol', 'diesel', 'electric'])[1 + floor(random() * 2.2)::integer] as fuel,
    (array['Berlin', 'München', 'Hamburg', 'Köln', 'Frankfurt am Main', 'Stuttgart', 'Leipzig', 'Dresden', 'Bremen', 'Hannover'])[1 + floor(random() * 10)::integer] as city,
    (300000 + random() * 4000000)::bigint as price
  from generate_series(1, $3::integer) n
  cross join lateral (select 2026 - floor(random() ^ 1.5 * 18 + n * 0)::integer as year) y
  join m on m.place = 1 + floor(((n * 7919) % 1000003 / 1000003.0) ^ 1.8 * (select count(*) from m))::integer
),
v as (
  insert into vehicle.vehicles (id, year, image_count, listed_at, created_at, updated_at, status, make_key, model_key, price_ref, mileage_km, power_kw, fuel,
    gearbox, exterior_colour, condition, damage_type, title_status, country, make, model, mileage_value, mileage_unit, price_amount, price_currency, city, sources, search)
  select vehicle_id, year, 0, now(), now(), now(), 'available', lower(make), lower(model), price, km, kw, fuel, 'manual', colour, 'used', 'none', 'clean', 'DE',
    make, model, km, 'km', price, 'EUR', city, array['filled'], to_tsvector('simple', make || ' ' || model) from c
),
d as (insert into vehicle.vehicle_details (vehicle_id) select vehicle_id from c),
l as (
  insert into vehicle.listings (id, vehicle_id, source, external_id, status, price_amount, price_currency, price_ref, content_hash, discovered_at,
    normalized_at, first_seen_at, last_seen_at)
  select listing_id, vehicle_id, 'filled', n::text, 'active', price, 'EUR', price, 'filled', now(), now(), now(), now() from c
),
k as (
  select c.*, regexp_replace(lower(make), '[^a-z0-9]', '', 'g') as make_key, regexp_replace(lower(model), '[^a-z0-9]', '', 'g') as model_key,
    translate(regexp_replace(lower(city), ' ', '', 'g'), 'üö', 'uo') as city_key from c
)
insert into vehicle.listing_details (listing_id, said_at, detailed, facts, provenance, trusted, quality_score, match, make_key, model_key, year, mileage_km, place_key)
select listing_id, now(), true,
  jsonb_build_object('make', make, 'model', model, 'year', year, 'mileage', jsonb_build_object('value', km, 'unit', 'km'), 'fuel', fuel, 'gearbox', 'manual',
    'powerKw', kw, 'exteriorColour', colour, 'damageType', 'none', 'titleStatus', 'clean', 'condition', 'used', 'features', '[]'::jsonb, 'images', '[]'::jsonb,
    'imageHashes', '[]'::jsonb, 'price', jsonb_build_object('amount', price, 'currency', 'EUR'),
    'location', jsonb_build_object('city', city, 'region', null, 'postalCode', null, 'country', 'DE', 'coordinates', null)),
  '{}', '{"price": null, "mileage": null}', 50,
  jsonb_build_object('vin', null, 'make', make, 'model', model, 'trim', null, 'year', year, 'mileageKm', km, 'mileageStepKm', 1, 'priceRef', price, 'priceCurrency', 'EUR',
    'colour', colour, 'fuel', fuel, 'gearbox', 'manual', 'body', null, 'powerKw', kw, 'displacementCc', null, 'doors', null, 'postalCode', null, 'city', city,
    'region', null, 'country', 'DE', 'lat', null, 'lon', null, 'placed', false, 'stockNumber', null, 'imageHashes', '[]'::jsonb, 'words', '[]'::jsonb),
  make_key, model_key, year, km, 'de|' || city_key
from k`;

/** Adds vehicles until there are `size`. */
export const fillCatalogue = async (client, size) => {
  const { rows } = await client.query(`select count(*)::integer as n from vehicle.vehicles`);
  for (let have = rows[0].n; have < size; have += step) await client.query(sql, [JSON.stringify(models), have, Math.min(step, size - have)]);
};
