import { jsonRow } from '@autobroker/platform/database';
import { vehicleFields, type VehicleField, type VehicleInclude } from '../../application/vehicle-fields';

/*
 * The vehicle as JSON text, made by the database: a miss of the cache needs no object mapping. `v` is vehicle.vehicles,
 * `d` is vehicle.vehicle_details. Nothing from outside gets into these texts: field names come from a closed list.
 */

/** RFC 3339 UTC with milliseconds, as JavaScript writes it. */
export const timeJson = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export const moneyJson = (amount: string, currency: string): string =>
  `case when ${amount} is null then null else ${jsonRow({ amount, currency })} end`;

const qualityJson = (of: string): string =>
  `case when ${of}.quality_score is null then null else ${jsonRow({ score: `${of}.quality_score`, reasons: `${of}.quality_reasons` })} end`;

export const mediaUrl = (media: string): string =>
  `'/api/v1/vehicles/' || ${media}.vehicle_id || '/media/' || ${media}.id || '/content'`;

const detailFields: ReadonlySet<VehicleField> = new Set(['description', 'vin_flags', 'images', 'cover_url', 'quality', 'relist_count']);

const cover = `coalesce(
  (select ${mediaUrl('m')} from vehicle.media m where m.vehicle_id = v.id order by m.position, m.id limit 1), d.images[1])`;

/** `$reference` is replaced by the parameter that holds the installation's currency, `$distance` by an expression. */
const expressions: Readonly<Record<VehicleField, string>> = {
  id: 'v.id',
  version: 'v.version',
  stock: `case when v.tenant_id is null then 'shared' else 'private' end`,
  status: 'v.status',
  make: 'v.make',
  model: 'v.model',
  trim: 'v.trim',
  year: 'v.year',
  production_year: 'v.production_year',
  first_registration: 'v.first_registration',
  mileage: `case when v.mileage_value is null then null
    else ${jsonRow({ value: 'v.mileage_value', unit: 'v.mileage_unit' })} end`,
  mileage_km: 'v.mileage_km',
  fuel: 'v.fuel',
  gearbox: 'v.gearbox',
  drivetrain: 'v.drivetrain',
  body: 'v.body',
  power: `case when v.power_kw is null then null
    else ${jsonRow({ kw: 'v.power_kw', hp: 'round(v.power_kw / 0.73549875)::integer' })} end`,
  engine_displacement_cc: 'v.engine_displacement_cc',
  doors: 'v.doors',
  seats: 'v.seats',
  colour: jsonRow({ exterior: 'v.exterior_colour', interior: 'v.interior_colour' }),
  damage_type: 'v.damage_type',
  title_status: 'v.title_status',
  condition: 'v.condition',
  features: 'v.features',
  description: 'd.description',
  vin: 'v.vin',
  vin_flags: 'd.vin_flags',
  owners_count: 'v.owners_count',
  location: jsonRow({
    city: 'v.city',
    region: 'v.region',
    postal_code: 'v.postal_code',
    country: 'v.country',
    coordinates: `case when v.lat is null then null else ${jsonRow({ lat: 'v.lat', lon: 'v.lon' })} end`,
  }),
  distance_km: '$distance',
  price: moneyJson('v.price_amount', 'v.price_currency'),
  reference_price: moneyJson('v.price_ref', '$reference'),
  sources: 'v.sources',
  images: 'd.images',
  image_count: 'v.image_count',
  cover_url: cover,
  quality: qualityJson('d'),
  relist_count: 'd.relist_count',
  listed_at: timeJson('v.listed_at'),
  created_at: timeJson('v.created_at'),
  updated_at: timeJson('v.updated_at'),
};

/** An offer that a buyer could still take up, or wait for. */
export const listingIsActive = `(l.status in ('active', 'reserved'))`;

const detailOf = (expression: string): string => `(select ${expression} from vehicle.listing_details x where x.listing_id = l.id)`;

export const listingJson = (reference: string): string =>
  jsonRow({
    id: 'l.id',
    vehicle_id: 'l.vehicle_id',
    source: 'l.source',
    external_id: 'l.external_id',
    url: 'l.url',
    auction_url: 'l.auction_url',
    status: 'l.status',
    is_active: listingIsActive,
    price: moneyJson('l.price_amount', 'l.price_currency'),
    reference_price: moneyJson('l.price_ref', reference),
    quality: detailOf(qualityJson('x')),
    doubts: detailOf('x.doubts'),
    relist_of: detailOf('x.relist_of'),
    provenance: detailOf('x.provenance'),
    discovered_at: timeJson('l.discovered_at'),
    normalized_at: timeJson('l.normalized_at'),
    first_seen_at: timeJson('l.first_seen_at'),
    last_seen_at: timeJson('l.last_seen_at'),
  });

export const historyJson = (reference: string): string =>
  jsonRow({
    id: 'h.id',
    observed_at: timeJson('h.observed_at'),
    change: 'h.change',
    status: 'h.status',
    price: moneyJson('h.price_amount', 'h.price_currency'),
    reference_price: moneyJson('h.price_ref', reference),
    source: 'h.source',
    listing_id: 'h.listing_id',
  });

const thumbnail = jsonRow({ width: 's', url: `${mediaUrl('m')} || '?size=' || s` });

export const mediaJson = jsonRow({
  id: 'm.id',
  position: 'm.position',
  is_cover: 'm.position = 0',
  content_type: 'm.content_type',
  width: 'm.width',
  height: 'm.height',
  bytes: 'm.bytes',
  url: mediaUrl('m'),
  thumbnails: `(select coalesce(json_agg(${thumbnail} order by s), '[]'::json) from unnest(m.sizes) s)`,
  created_at: timeJson('m.created_at'),
});

const includes: Readonly<Record<VehicleInclude, string>> = {
  listings: `(select coalesce(json_agg(${listingJson('$reference')} order by l.id), '[]'::json)
    from vehicle.listings l where l.vehicle_id = v.id)`,
  price_history: `(select coalesce(json_agg(h.entry), '[]'::json) from (
    select ${historyJson('$reference')} as entry from vehicle.price_history h
    where h.vehicle_id = v.id order by h.observed_at desc, h.id desc limit 100) h)`,
  media: `(select coalesce(json_agg(${mediaJson} order by m.position, m.id), '[]'::json)
    from vehicle.media m where m.vehicle_id = v.id)`,
};

export interface JsonOf {
  readonly fields: readonly VehicleField[] | null;
  readonly include: readonly VehicleInclude[];
  /** Gives the parameter with the installation's currency, such as `$2`; asked only when it is needed, for PostgreSQL refuses parameters without a use. */
  readonly reference: () => string;
  /** The same for the distance in kilometres, where the request has a centre. */
  readonly distance: (() => string) | null;
}

export interface VehicleJsonSql {
  readonly expression: string;
  readonly needsDetails: boolean;
}

/** The texts that are asked for most, by whether they have a distance. */
const wholes = new Map<boolean, Template>();

export function vehicleJson(of: JsonOf): VehicleJsonSql {
  const near = of.distance !== null;
  const isWhole = of.fields === null && of.include.length === 0;
  const known = isWhole ? wholes.get(near) : undefined;
  const template = known ?? templateOf(of, near);
  if (isWhole) wholes.set(near, template);
  return { expression: filled(template, of), needsDetails: template.needsDetails };
}

interface Template {
  /** What stands between the parameters, in turn. */
  readonly texts: readonly string[];
  readonly parameters: readonly ('$reference' | '$distance')[];
  readonly needsDetails: boolean;
}

function templateOf(of: Pick<JsonOf, 'fields' | 'include'>, near: boolean): Template {
  // A distance is only there when the request has a centre.
  const fields = (of.fields ?? vehicleFields).filter((field) => field !== 'distance_km' || near);
  const whole = jsonRow({
    ...Object.fromEntries(fields.map((field) => [field, expressions[field]])),
    ...Object.fromEntries(of.include.map((name) => [name, includes[name]])),
  });
  const names = /\$reference|\$distance/g;
  return {
    texts: whole.split(names),
    parameters: [...whole.matchAll(names)].map(([name]) => (name === '$reference' ? name : '$distance')),
    needsDetails: fields.some((field) => detailFields.has(field)),
  };
}

const filled = ({ texts, parameters }: Template, of: JsonOf): string =>
  texts.reduce((before, text, at) => `${before}${parameters[at - 1] === '$reference' ? of.reference() : (of.distance?.() ?? 'null')}${text}`);
