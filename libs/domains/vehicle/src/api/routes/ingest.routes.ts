import { idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute, pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import {
  discardBody,
  ingestStatsSchema,
  matchDecisionSchema,
  mergeBody,
  quarantineDetailSchema,
  quarantineEntrySchema,
  quarantineQuery,
  reprocessBody,
  reprocessedSchema,
  splitBody,
  vehicleMergeSchema,
} from '../schemas/ingest';
import { idParams } from '../schemas/vehicle-query';

const tag = 'ingest';

export const listQuarantine = defineRoute({
  method: 'GET',
  path: '/ingest/quarantine',
  tag,
  summary: 'Captured listings that could not be taken in, the newest first',
  access: can('ingest.read'),
  query: quarantineQuery,
  response: { status: 200, data: z.array(quarantineEntrySchema), paginated: true },
  errors: ['page_too_deep', 'invalid_cursor'],
});

export const getQuarantined = defineRoute({
  method: 'GET',
  path: '/ingest/quarantine/:id',
  tag,
  summary: 'One of them, with what was captured',
  access: can('ingest.read'),
  params: idParams,
  response: { status: 200, data: quarantineDetailSchema },
  errors: ['not_found'],
});

export const reprocessQuarantined = defineRoute({
  method: 'POST',
  path: '/ingest/quarantine/:id/reprocess',
  tag,
  summary: 'Try one again',
  access: can('ingest.manage'),
  params: idParams,
  response: { status: 200, data: reprocessedSchema },
  errors: ['not_found'],
});

export const reprocessQuarantine = defineRoute({
  method: 'POST',
  path: '/ingest/quarantine/reprocess',
  tag,
  summary: 'Try all again, or those of a source or a reason',
  description: 'Up to 10,000 in one call; `next` tells where to go on.',
  access: can('ingest.manage'),
  body: reprocessBody,
  response: { status: 200, data: reprocessedSchema },
  timeoutMs: 120_000,
});

export const discardQuarantined = defineRoute({
  method: 'DELETE',
  path: '/ingest/quarantine/:id',
  tag,
  summary: 'Give one up',
  access: can('ingest.manage'),
  params: idParams,
  body: discardBody,
  response: { status: 204 },
  errors: ['not_found'],
  ifMatch: false,
});

export const ingestStats = defineRoute({
  method: 'GET',
  path: '/ingest/stats',
  tag,
  summary: 'What came in, by source, and what waits',
  access: can('ingest.read'),
  response: { status: 200, data: ingestStatsSchema },
});

export const listMatchDecisions = defineRoute({
  method: 'GET',
  path: '/vehicles/:id/match-decisions',
  tag,
  summary: 'Why listings were taken for this vehicle, or not',
  access: can('ingest.read'),
  params: idParams,
  query: z.strictObject({ ...pageQuery.shape }),
  response: { status: 200, data: z.array(matchDecisionSchema), paginated: true },
  errors: ['page_too_deep', 'invalid_cursor'],
});

const decided = { status: 200, data: vehicleMergeSchema } as const;
const refusals = ['not_found', 'conflict', 'vehicle_unavailable'] as const;

export const mergeVehicles = defineRoute({
  method: 'POST',
  path: '/vehicles/:id/merge',
  tag,
  summary: 'Say that another vehicle is this one',
  description: 'The other one’s listings and their price history come here, and its address leads here from then on.',
  access: can('ingest.manage'),
  params: idParams,
  body: mergeBody,
  response: decided,
  errors: refusals,
});

export const splitListing = defineRoute({
  method: 'POST',
  path: '/vehicles/:id/listings/:listing_id/split',
  tag,
  summary: 'Say that a listing is of another vehicle',
  description: 'It becomes a vehicle of its own, and is not put together with this one again by itself.',
  access: can('ingest.manage'),
  params: z.strictObject({ id: idSchema, listing_id: idSchema }),
  body: splitBody,
  response: decided,
  errors: refusals,
});

export const revertMerge = defineRoute({
  method: 'POST',
  path: '/vehicle-merges/:id/revert',
  tag,
  summary: 'Take a merge or a split back',
  access: can('ingest.manage'),
  params: idParams,
  response: decided,
  errors: ['not_found', 'not_revertible'],
});
