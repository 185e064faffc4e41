import { listingStatuses } from '@autobroker/kernel';
import { z } from 'zod';
import { defineEvent } from '../event';
import { countrySchema, currencySchema, idSchema, moneySchema, timestampSchema } from '../schemas';

/** What can be said of a listing, each as the source wrote it: the vehicle service makes sense of the words. */
export const capturedFieldNames = [
  'title',
  'make',
  'model',
  'trim',
  'year',
  'production_year',
  'first_registration',
  'mileage',
  'mileage_unit',
  'price',
  'currency',
  'price_note',
  'fuel',
  'gearbox',
  'drivetrain',
  'body',
  'power',
  'engine',
  'displacement',
  'doors',
  'seats',
  'color',
  'interior_color',
  'damage',
  'secondary_damage',
  'title_status',
  'condition',
  'features',
  'description',
  'vin',
  'stock_number',
  'owners',
  'city',
  'region',
  'postal_code',
  'country',
  'latitude',
  'longitude',
  'images',
  'image_hashes',
  'seller_kind',
  'status',
  'listed_at',
  'lot_number',
  'auction_ends_at',
  'current_bid',
  'buy_now_price',
  'estimated_value',
  'run_and_drive',
  'keys',
] as const;
export type CapturedFieldName = (typeof capturedFieldNames)[number];

/** Where on the page (or in the answer) a field was found, the most trustworthy first. */
export const captureOrigins = ['api', 'feed', 'json_ld', 'microdata', 'rdfa', 'embedded_state', 'meta', 'selector', 'title', 'url', 'derived'] as const;
export type CaptureOrigin = (typeof captureOrigins)[number];

export const capturedFieldSchema = z.strictObject({
  value: z.union([z.string().max(20_000), z.array(z.string().max(2_000)).max(200)]),
  from: z.enum(captureOrigins),
  /** How sure the extraction is that this is what the source says, 0 to 1. */
  confidence: z.number().min(0).max(1),
});
export type CapturedField = z.output<typeof capturedFieldSchema>;

export const capturedFieldsSchema = z.partialRecord(z.enum(capturedFieldNames), capturedFieldSchema);
export type CapturedFields = z.output<typeof capturedFieldsSchema>;

const sourceSchema = z.string().regex(/^[a-z][a-z0-9_-]{1,39}$/);
const listingRef = { source: sourceSchema, external_id: z.string().min(1).max(120), url: z.url().max(2_000).nullable() };

export const listingCaptured = defineEvent({
  type: 'listing.captured.v1',
  service: 'scraper',
  summary:
    'A source was read and this is what it says of one listing. Keyed by source and listing; one that an ad-hoc scrape asked for is keyed by its query, so that all of a query arrive in order.',
  data: z.strictObject({
    ...listingRef,
    run_id: idSchema,
    query_id: idSchema.nullable(),
    /** The place within its run. */
    seq: z.int().nonnegative(),
    /** The raw page in the scraper's store; null when it was not kept. */
    capture_id: idSchema.nullable(),
    captured_at: timestampSchema,
    /** A `summary` comes from a list page and says less than the `detail`: what it does not name is not gone. */
    kind: z.enum(['detail', 'summary']),
    /** How the source writes numbers and words, where the listing itself does not say. */
    hints: z.strictObject({
      locale: z.string().max(20).nullable(),
      currency: currencySchema.nullable(),
      mileage_unit: z.enum(['km', 'mi']).nullable(),
      country: countrySchema.nullable(),
      auction: z.boolean(),
    }),
    /** Personal data has been taken out of free text before it gets here. */
    fields: capturedFieldsSchema,
  }),
  fixture: {
    source: 'autoscout24',
    external_id: 'as-100042',
    url: 'https://www.autoscout24.example/offers/volkswagen-golf-as-100042',
    run_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b60',
    query_id: null,
    seq: 17,
    capture_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b61',
    captured_at: '2026-11-20T12:00:00.000Z',
    kind: 'detail',
    hints: { locale: 'de-DE', currency: 'EUR', mileage_unit: 'km', country: 'DE', auction: false },
    fields: {
      title: { value: 'VW Golf 8 GTI DSG', from: 'json_ld', confidence: 0.95 },
      make: { value: 'VW', from: 'json_ld', confidence: 0.95 },
      model: { value: 'Golf', from: 'json_ld', confidence: 0.95 },
      mileage: { value: '48.200 km', from: 'selector', confidence: 0.8 },
      price: { value: '28990.00', from: 'json_ld', confidence: 0.95 },
      currency: { value: 'EUR', from: 'json_ld', confidence: 0.95 },
      images: { value: ['https://img.autoscout24.example/as-100042/1.jpg'], from: 'json_ld', confidence: 0.9 },
    },
  },
});

export const listingRefused = defineEvent({
  type: 'listing.refused.v1',
  service: 'vehicle',
  summary: 'What was captured of a listing could not be taken into the catalogue, and waits in quarantine: whoever waits for it need not.',
  data: z.strictObject({ source: sourceSchema, external_id: z.string().min(1).max(120), reasons: z.array(z.string()).min(1), captured_at: timestampSchema }),
  fixture: { source: 'copart', external_id: '66307695', reasons: ['year_unknown'], captured_at: '2026-11-20T12:00:00.000Z' },
});

export const listingChecked = defineEvent({
  type: 'listing.checked.v1',
  service: 'scraper',
  summary: 'Somebody looked whether an offer still stands: because it was missing from its list, or because an order asked.',
  data: z.strictObject({
    ...listingRef,
    check_id: idSchema,
    reason: z.enum(['missing', 'asked', 'stale']),
    /** `unknown` when the source could not be read: nothing follows from it. */
    status: z.enum([...listingStatuses, 'unknown']),
    price: moneySchema.nullable(),
    checked_at: timestampSchema,
  }),
  fixture: {
    source: 'autoscout24',
    external_id: 'as-100042',
    url: 'https://www.autoscout24.example/offers/volkswagen-golf-as-100042',
    check_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b62',
    reason: 'missing',
    status: 'removed',
    price: null,
    checked_at: '2026-11-20T12:00:00.000Z',
  },
});
