import { idSchema, timestampSchema } from '@autobroker/contracts';
import { pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import { quarantineReasons } from '../../domain/ingest/judge';

const sourceName = z.string().min(1).max(60);
export const quarantineStates = ['waiting', 'accepted', 'superseded', 'discarded'] as const;
const reasonText = z.string().trim().min(1).max(500).meta({ description: 'For the audit log; no personal data' });

export const quarantineEntrySchema = z
  .strictObject({
    id: idSchema,
    source: z.string(),
    external_id: z.string(),
    url: z.string().nullable(),
    state: z.enum(quarantineStates),
    reasons: z.array(z.enum(quarantineReasons)),
    details: z.array(z.string()),
    attempts: z.int(),
    captured_at: timestampSchema,
    first_seen_at: timestampSchema,
    tried_at: timestampSchema,
    resolved_at: timestampSchema.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'QuarantinedListing', description: 'What was captured and could not be taken in' });

export const quarantineDetailSchema = z
  .strictObject({ ...quarantineEntrySchema.shape, captured: z.record(z.string(), z.unknown()).meta({ description: 'As it was captured' }) })
  .meta({ id: 'QuarantinedListingDetail' });

export const quarantineQuery = z.strictObject({
  ...pageQuery.shape,
  state: z.array(z.enum(quarantineStates)).min(1).optional(),
  source: z.array(sourceName).min(1).max(50).optional(),
  reason: z.enum(quarantineReasons).optional(),
  external_id: z.string().min(1).max(200).optional(),
});

export const reprocessBody = z.strictObject({
  source: sourceName.optional(),
  reason: z.enum(quarantineReasons).optional(),
  after: idSchema.optional().meta({ description: '`next` of the call before' }),
});

export const reprocessedSchema = z
  .strictObject({
    tried: z.int(),
    accepted: z.int(),
    waiting: z.int().meta({ description: 'Still can’t be taken in' }),
    next: idSchema.nullable().meta({ description: 'Where the next call goes on; null when all have been tried' }),
  })
  .meta({ id: 'Reprocessed' });

export const discardBody = z.strictObject({ reason: reasonText });

const actor = z.strictObject({ kind: z.string(), id: z.string().nullable() });

export const matchDecisionSchema = z
  .strictObject({
    id: idSchema,
    decided_at: timestampSchema,
    listing_id: idSchema,
    vehicle_id: idSchema,
    other_vehicle_id: idSchema.nullable(),
    outcome: z.enum(['joined', 'kept_apart', 'ambiguous', 'merged', 'split', 'reverted']),
    method: z.enum(['vin', 'stock_number', 'pictures', 'score', 'staff']),
    score: z.number().nullable(),
    why: z.array(z.string()).meta({ description: 'What spoke for and against, the weightiest first' }),
    by: actor,
  })
  .meta({ id: 'MatchDecision' });

export const vehicleMergeSchema = z
  .strictObject({
    id: idSchema,
    kind: z.enum(['merge', 'split']),
    vehicle_id: idSchema.meta({ description: 'Where the listings are since' }),
    from_vehicle_id: idSchema,
    listing_ids: z.array(idSchema),
    reason: z.string().nullable(),
    by: actor,
    at: timestampSchema,
    reverted_at: timestampSchema.nullable(),
  })
  .meta({ id: 'VehicleMerge' });

export const mergeBody = z.strictObject({ vehicle_id: idSchema.meta({ description: 'The vehicle whose listings come to this one' }), reason: reasonText });
export const splitBody = z.strictObject({ reason: reasonText });

const counts = z.record(z.string(), z.int());
export const ingestStatsSchema = z
  .strictObject({
    sources: z.array(
      z.strictObject({ source: z.string(), listings: z.int(), active: z.int(), seen_24h: z.int(), new_24h: z.int(), last_seen_at: timestampSchema }),
    ),
    quarantine: z.strictObject({ waiting: z.int(), reasons: counts }),
    decisions_24h: counts,
  })
  .meta({ id: 'IngestStats' });
