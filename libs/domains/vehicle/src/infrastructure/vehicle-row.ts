import {
  bodies,
  colours,
  conditions,
  damageTypes,
  drivetrains,
  fuels,
  gearboxes,
  isCurrencyCode,
  mileageUnits,
  titleStatuses,
  vehicleStatuses,
} from '@autobroker/kernel';
import type { Price } from '../domain/facts';
import { mileageKm } from '../domain/units';
import type { Vehicle } from '../domain/vehicle';
import { nameKey, searchText } from './sql/search-text';

/** A row of vehicle.vehicles with its details, as PostgreSQL turns it into JSON. */
export interface VehicleRow {
  readonly id: string;
  readonly tenant_id: string | null;
  readonly version: number;
  readonly status: string;
  readonly make: string;
  readonly make_key: string;
  readonly model_key: string;
  readonly model: string;
  readonly trim: string | null;
  readonly year: number;
  readonly production_year: number | null;
  readonly first_registration: string | null;
  readonly mileage_value: number | null;
  readonly mileage_unit: string | null;
  readonly mileage_km: number | null;
  readonly fuel: string | null;
  readonly gearbox: string | null;
  readonly drivetrain: string | null;
  readonly body: string | null;
  readonly power_kw: number | null;
  readonly engine_displacement_cc: number | null;
  readonly doors: number | null;
  readonly seats: number | null;
  readonly exterior_colour: string | null;
  readonly interior_colour: string | null;
  readonly damage_type: string;
  readonly title_status: string;
  readonly condition: string;
  readonly features: readonly string[];
  readonly vin: string | null;
  readonly owners_count: number | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly postal_code: string | null;
  readonly country: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly price_amount: number | null;
  readonly price_currency: string | null;
  readonly price_ref: number | null;
  readonly image_count: number;
  readonly sources: readonly string[];
  readonly listed_at: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly description: string | null;
  readonly vin_flags: readonly string[];
  readonly images: readonly string[];
  readonly quality_score: number | null;
  readonly quality_reasons: readonly string[];
  readonly relist_count: number;
}

/** Column and type of everything that is written, in one place for inserts and updates alike. */
export const vehicleColumns: Readonly<Record<string, string>> = {
  version: 'integer',
  status: 'text',
  make: 'text',
  make_key: 'text',
  model_key: 'text',
  model: 'text',
  trim: 'text',
  year: 'smallint',
  production_year: 'smallint',
  first_registration: 'date',
  mileage_value: 'integer',
  mileage_unit: 'text',
  mileage_km: 'integer',
  fuel: 'text',
  gearbox: 'text',
  drivetrain: 'text',
  body: 'text',
  power_kw: 'smallint',
  engine_displacement_cc: 'integer',
  doors: 'smallint',
  seats: 'smallint',
  exterior_colour: 'text',
  interior_colour: 'text',
  damage_type: 'text',
  title_status: 'text',
  condition: 'text',
  features: 'text[]',
  vin: 'text',
  owners_count: 'smallint',
  city: 'text',
  region: 'text',
  postal_code: 'text',
  country: 'text',
  lat: 'double precision',
  lon: 'double precision',
  price_amount: 'bigint',
  price_currency: 'text',
  price_ref: 'bigint',
  image_count: 'smallint',
  sources: 'text[]',
  listed_at: 'timestamptz',
  updated_at: 'timestamptz',
};

export const detailColumns: Readonly<Record<string, string>> = {
  description: 'text',
  vin_flags: 'text[]',
  images: 'text[]',
  quality_score: 'smallint',
  quality_reasons: 'text[]',
  relist_count: 'smallint',
};

/** `search` is text here; the statement that writes it makes the vector. */
export function rowOf(vehicle: Vehicle): VehicleRow & { readonly search: string } {
  const { facts } = vehicle;
  const { location } = facts;
  return {
    id: vehicle.id,
    tenant_id: vehicle.ownerTenantId,
    version: vehicle.version,
    status: vehicle.status,
    make: facts.make,
    make_key: nameKey(facts.make),
    model_key: nameKey(facts.model),
    model: facts.model,
    trim: facts.trim,
    year: facts.year,
    production_year: facts.productionYear,
    first_registration: facts.firstRegistration,
    mileage_value: facts.mileage?.value ?? null,
    mileage_unit: facts.mileage?.unit ?? null,
    mileage_km: facts.mileage === null ? null : mileageKm(facts.mileage),
    fuel: facts.fuel,
    gearbox: facts.gearbox,
    drivetrain: facts.drivetrain,
    body: facts.body,
    power_kw: facts.powerKw,
    engine_displacement_cc: facts.engineDisplacementCc,
    doors: facts.doors,
    seats: facts.seats,
    exterior_colour: facts.exteriorColour,
    interior_colour: facts.interiorColour,
    damage_type: facts.damageType,
    title_status: facts.titleStatus,
    condition: facts.condition,
    features: facts.features,
    vin: facts.vin,
    owners_count: facts.ownersCount,
    city: location.city,
    region: location.region,
    postal_code: location.postalCode,
    country: location.country,
    lat: location.coordinates?.lat ?? null,
    lon: location.coordinates?.lon ?? null,
    price_amount: facts.price?.amount ?? null,
    price_currency: facts.price?.currency ?? null,
    price_ref: vehicle.referencePrice?.amount ?? null,
    image_count: vehicle.imageCount,
    sources: vehicle.sources,
    listed_at: vehicle.listedAt.toISOString(),
    created_at: vehicle.createdAt.toISOString(),
    updated_at: vehicle.updatedAt.toISOString(),
    description: facts.description,
    vin_flags: vehicle.vinFlags,
    images: facts.images,
    quality_score: vehicle.quality?.score ?? null,
    quality_reasons: vehicle.quality?.reasons ?? [],
    relist_count: vehicle.relistCount,
    search: searchText([
      facts.make,
      facts.model,
      facts.trim,
      String(facts.year),
      facts.fuel,
      facts.body,
      facts.exteriorColour,
      location.city,
      location.region,
      facts.vin,
      facts.description?.slice(0, 1_000) ?? null,
    ]),
  };
}

/** An unknown word in the database is a fault, never silently something else. */
export function word<const T extends string>(known: readonly T[], stored: string): T {
  const found = known.find((value) => value === stored);
  if (found === undefined) throw new Error(`the database holds ${JSON.stringify(stored)}, which is none of ${known.join(', ')}`);
  return found;
}

export const wordOrNull = <const T extends string>(known: readonly T[], stored: string | null): T | null =>
  stored === null ? null : word(known, stored);

export function priceOf(amount: number | null, currency: string | null): Price | null {
  if (amount === null || currency === null) return null;
  if (!isCurrencyCode(currency)) throw new Error(`the database holds the currency ${currency}`);
  return { amount, currency };
}

export function vehicleOf(row: VehicleRow, referenceCurrency: string): Vehicle {
  return {
    id: row.id,
    ownerTenantId: row.tenant_id,
    version: row.version,
    status: word(vehicleStatuses, row.status),
    vinFlags: row.vin_flags,
    referencePrice: priceOf(row.price_ref, referenceCurrency),
    sources: row.sources,
    imageCount: row.image_count,
    quality: row.quality_score === null ? null : { score: row.quality_score, reasons: row.quality_reasons },
    relistCount: row.relist_count,
    listedAt: new Date(row.listed_at),
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
    facts: {
      make: row.make,
      model: row.model,
      trim: row.trim,
      year: row.year,
      productionYear: row.production_year,
      firstRegistration: row.first_registration,
      mileage:
        row.mileage_value === null || row.mileage_unit === null
          ? null
          : { value: row.mileage_value, unit: word(mileageUnits, row.mileage_unit) },
      fuel: wordOrNull(fuels, row.fuel),
      gearbox: wordOrNull(gearboxes, row.gearbox),
      drivetrain: wordOrNull(drivetrains, row.drivetrain),
      body: wordOrNull(bodies, row.body),
      powerKw: row.power_kw,
      engineDisplacementCc: row.engine_displacement_cc,
      doors: row.doors,
      seats: row.seats,
      exteriorColour: wordOrNull(colours, row.exterior_colour),
      interiorColour: wordOrNull(colours, row.interior_colour),
      damageType: word(damageTypes, row.damage_type),
      titleStatus: word(titleStatuses, row.title_status),
      condition: word(conditions, row.condition),
      features: row.features,
      description: row.description,
      vin: row.vin,
      ownersCount: row.owners_count,
      location: {
        city: row.city,
        region: row.region,
        postalCode: row.postal_code,
        country: row.country,
        coordinates: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon },
      },
      price: priceOf(row.price_amount, row.price_currency),
      images: row.images,
    },
  };
}
