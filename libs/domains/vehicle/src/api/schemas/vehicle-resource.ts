import { countrySchema, idSchema, moneySchema, timestampSchema } from '@autobroker/contracts';
import {
  bodies,
  colours,
  conditions,
  damageTypes,
  drivetrains,
  fuels,
  gearboxes,
  listingStatuses,
  mileageUnits,
  stocks,
  titleStatuses,
  vehicleStatuses,
} from '@autobroker/kernel';
import { z } from 'zod';
import { doubts } from '../../domain/ingest/listing-facts';
import { coordinatesSchema, featureSchema } from './vehicle-input';

export const qualitySchema = z
  .strictObject({ score: z.int().min(0).max(100), reasons: z.array(z.string()).meta({ description: 'What it lost points for' }) })
  .meta({ id: 'DataQuality', description: 'How much can be relied on what is known: 0 to 100' });

export const listingSchema = z
  .strictObject({
    id: idSchema,
    vehicle_id: idSchema,
    source: z.string(),
    external_id: z.string(),
    url: z.string().nullable(),
    auction_url: z.string().nullable(),
    status: z.enum(listingStatuses),
    is_active: z.boolean(),
    price: moneySchema.nullable(),
    reference_price: moneySchema.nullable(),
    quality: qualitySchema.nullable(),
    doubts: z.array(z.enum(doubts)).meta({ description: 'What is to be taken with care' }),
    relist_of: idSchema.nullable().meta({ description: 'The ended listing of the same source that this one follows' }),
    provenance: z
      .record(z.string(), z.strictObject({ from: z.string(), confidence: z.number() }))
      .meta({ description: 'Where each field was found, and how sure that is' }),
    discovered_at: timestampSchema,
    normalized_at: timestampSchema,
    first_seen_at: timestampSchema,
    last_seen_at: timestampSchema,
  })
  .meta({ id: 'Listing', description: 'A vehicle’s offer at one source' });

export const priceHistoryEntrySchema = z
  .strictObject({
    id: idSchema,
    observed_at: timestampSchema,
    change: z.enum(['first_seen', 'price', 'status', 'price_and_status']),
    status: z.enum(vehicleStatuses),
    price: moneySchema.nullable(),
    reference_price: moneySchema.nullable(),
    source: z.string().nullable().meta({ description: 'Null for a price that our own staff set' }),
    listing_id: idSchema.nullable(),
  })
  .meta({ id: 'PriceHistoryEntry' });

export const mediaSchema = z
  .strictObject({
    id: idSchema,
    position: z.int(),
    is_cover: z.boolean(),
    content_type: z.string(),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
    url: z.string().meta({ description: 'Path on this API' }),
    thumbnails: z.array(z.strictObject({ width: z.int(), url: z.string() })),
    created_at: timestampSchema,
  })
  .meta({ id: 'VehicleMedia' });

export const vehicleSchema = z
  .strictObject({
    id: idSchema,
    version: z.int().meta({ description: 'Counts every change; If-Match compares it' }),
    stock: z.enum(stocks),
    status: z.enum(vehicleStatuses),
    make: z.string(),
    model: z.string(),
    trim: z.string().nullable(),
    year: z.int(),
    production_year: z.int().nullable(),
    first_registration: z.iso.date().nullable(),
    mileage: z.strictObject({ value: z.int(), unit: z.enum(mileageUnits) }).nullable(),
    mileage_km: z.int().nullable(),
    fuel: z.enum(fuels).nullable(),
    gearbox: z.enum(gearboxes).nullable(),
    drivetrain: z.enum(drivetrains).nullable(),
    body: z.enum(bodies).nullable(),
    power: z.strictObject({ kw: z.int(), hp: z.int() }).nullable(),
    engine_displacement_cc: z.int().nullable(),
    doors: z.int().nullable(),
    seats: z.int().nullable(),
    colour: z.strictObject({ exterior: z.enum(colours).nullable(), interior: z.enum(colours).nullable() }),
    damage_type: z.enum(damageTypes),
    title_status: z.enum(titleStatuses),
    condition: z.enum(conditions),
    features: z.array(featureSchema),
    description: z.string().nullable(),
    vin: z.string().nullable(),
    vin_flags: z
      .array(z.enum(['check_digit_wrong', 'serial_wrong', 'model_year_differs', 'make_differs']))
      .meta({ description: 'What the VIN says against the other facts' }),
    owners_count: z.int().nullable(),
    location: z.strictObject({
      city: z.string().nullable(),
      region: z.string().nullable(),
      postal_code: z.string().nullable(),
      country: countrySchema.nullable(),
      coordinates: coordinatesSchema.nullable(),
    }),
    distance_km: z.number().optional().meta({ description: 'In lists around a place' }),
    price: moneySchema.nullable(),
    reference_price: moneySchema.nullable().meta({ description: 'In the installation’s currency, for filters and order' }),
    sources: z.array(z.string()),
    images: z.array(z.string()).meta({ description: 'Addresses of pictures at their source; uploaded ones are media' }),
    image_count: z.int(),
    cover_url: z.string().nullable(),
    quality: qualitySchema.nullable(),
    relist_count: z.int().meta({ description: 'How often one of its sources has offered it anew' }),
    listed_at: timestampSchema.meta({ description: 'When it last came onto the market' }),
    created_at: timestampSchema,
    updated_at: timestampSchema,
    listings: z.array(listingSchema).optional().meta({ description: 'With include=listings' }),
    price_history: z.array(priceHistoryEntrySchema).optional().meta({ description: 'With include=price_history: the latest 100' }),
    media: z.array(mediaSchema).optional().meta({ description: 'With include=media' }),
  })
  .meta({ id: 'Vehicle' });

/** With `fields`, only the chosen members are there. */
export const sparseVehicleSchema = vehicleSchema.partial().meta({ id: 'SparseVehicle', description: 'All members, or those of `fields`' });
