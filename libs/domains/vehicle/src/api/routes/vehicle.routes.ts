import { idSchema, timestampSchema } from '@autobroker/contracts';
import { listingStatuses, stocks, vehicleStatuses } from '@autobroker/kernel';
import { can } from '@autobroker/platform/auth';
import { defineRoute, pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import { bulkBody, bulkResultSchema } from '../schemas/bulk';
import { vehicleInputShape, vehicleInputSchema, vehiclePatchSchema } from '../schemas/vehicle-input';
import { idParams, vehicleListQuery, vehicleOneQuery } from '../schemas/vehicle-query';
import { listingSchema, priceHistoryEntrySchema, sparseVehicleSchema, vehicleSchema } from '../schemas/vehicle-resource';

const tag = 'vehicles';
const etag = { etag: { description: 'Version of the vehicle, for If-Match and If-None-Match' } };

export const listVehicles = defineRoute({
  method: 'GET',
  path: '/vehicles',
  tag,
  summary: 'Find vehicles',
  description:
    'The shared catalogue, and the stock of the tenant whose storefront this is. Filters are combined with and; repeated ones mean any of their values, except feature (all of them).',
  access: can('vehicle.read'),
  query: vehicleListQuery,
  response: { status: 200, data: z.array(sparseVehicleSchema), paginated: true },
  errors: ['page_too_deep', 'invalid_cursor', 'currency_unsupported'],
  rateLimit: 'hot',
});

export const getVehicle = defineRoute({
  method: 'GET',
  path: '/vehicles/:id',
  tag,
  summary: 'One vehicle',
  description: 'One that was merged into another answers 308 with that one’s address.',
  access: can('vehicle.read'),
  params: idParams,
  query: vehicleOneQuery,
  response: { status: 200, data: sparseVehicleSchema, headers: etag },
  errors: ['not_found'],
  rateLimit: 'hot',
});

export const createVehicle = defineRoute({
  method: 'POST',
  path: '/vehicles',
  tag,
  summary: 'Add a vehicle',
  description: 'To the tenant’s own stock; operators add to the shared catalogue unless `stock` says private.',
  access: can('vehicle.write'),
  body: z.strictObject({ ...vehicleInputShape, stock: z.enum(stocks).optional(), status: z.enum(vehicleStatuses).default('available') }),
  response: {
    status: 201,
    data: vehicleSchema,
    headers: { ...etag, location: { description: 'Address of the vehicle' } },
  },
});

export const replaceVehicle = defineRoute({
  method: 'PUT',
  path: '/vehicles/:id',
  tag,
  summary: 'Replace a vehicle’s facts',
  description: 'What is left out is unknown from then on. The status has its own route.',
  access: can('vehicle.write'),
  params: idParams,
  body: vehicleInputSchema,
  response: { status: 200, data: vehicleSchema, headers: etag },
  errors: ['not_found'],
});

export const amendVehicle = defineRoute({
  method: 'PATCH',
  path: '/vehicles/:id',
  tag,
  summary: 'Change some of a vehicle’s facts',
  description: 'Members that are given replace those that were there (objects and lists as a whole), null makes one unknown.',
  access: can('vehicle.write'),
  params: idParams,
  body: vehiclePatchSchema,
  response: { status: 200, data: vehicleSchema, headers: etag },
  errors: ['not_found'],
});

export const deleteVehicle = defineRoute({
  method: 'DELETE',
  path: '/vehicles/:id',
  tag,
  summary: 'Delete a vehicle',
  description: 'It is gone at once, and purged later. A reserved vehicle is released first.',
  access: can('vehicle.write'),
  params: idParams,
  response: { status: 204 },
  errors: ['not_found', 'transition_not_allowed'],
});

export const changeVehicleStatus = defineRoute({
  method: 'POST',
  path: '/vehicles/:id/transitions',
  tag,
  summary: 'Reserve, release, sell, withdraw or relist a vehicle',
  access: can('vehicle.write'),
  params: idParams,
  body: z.strictObject({
    to: z.enum(vehicleStatuses),
    reason: z.string().trim().min(1).max(500).optional().meta({ description: 'For the audit log; no personal data' }),
    version: z.int().positive().optional().meta({ description: 'Only if the vehicle is still at this version' }),
  }),
  response: { status: 200, data: vehicleSchema, headers: etag },
  errors: ['not_found', 'transition_not_allowed', 'precondition_failed'],
});

export const bulkVehicles = defineRoute({
  method: 'POST',
  path: '/vehicles/bulk',
  tag,
  summary: 'Take in up to 1,000 offers of sources',
  description:
    'Keyed by (source, external_id): each row is created, updated, unchanged or refused by itself. All accepted rows are written in one transaction, so that repeating the call is harmless.',
  access: can('vehicle.write'),
  body: bulkBody,
  response: { status: 200, data: bulkResultSchema },
  bodyLimit: 16 * 1024 * 1024,
});

export const listVehicleListings = defineRoute({
  method: 'GET',
  path: '/vehicles/:id/listings',
  tag,
  summary: 'A vehicle’s offers at its sources',
  access: can('vehicle.read'),
  params: idParams,
  query: z.strictObject({ ...pageQuery.shape }),
  response: { status: 200, data: z.array(listingSchema), paginated: true },
  errors: ['not_found', 'page_too_deep', 'invalid_cursor'],
});

export const listPriceHistory = defineRoute({
  method: 'GET',
  path: '/vehicles/:id/price-history',
  tag,
  summary: 'What was asked for a vehicle, latest first',
  access: can('vehicle.read'),
  params: idParams,
  query: z.strictObject({
    ...pageQuery.shape,
    since: timestampSchema.optional(),
    until: timestampSchema.optional(),
  }),
  response: { status: 200, data: z.array(priceHistoryEntrySchema), paginated: true },
  errors: ['not_found', 'page_too_deep', 'invalid_cursor'],
});

export const listListings = defineRoute({
  method: 'GET',
  path: '/listings',
  tag: 'listings',
  summary: 'Offers of all vehicles',
  access: can('vehicle.read'),
  query: z.strictObject({
    ...pageQuery.shape,
    source: z.array(z.string().min(1).max(60)).min(1).max(50).optional(),
    external_id: z.string().min(1).max(200).optional(),
    vehicle_id: idSchema.optional(),
    status: z.array(z.enum(listingStatuses)).min(1).optional(),
    is_active: z.boolean().optional(),
    seen_since: timestampSchema.optional(),
    sort: z.enum(['last_seen_at', '-last_seen_at', 'price', '-price']).default('-last_seen_at'),
  }),
  response: { status: 200, data: z.array(listingSchema), paginated: true },
  errors: ['page_too_deep', 'invalid_cursor'],
});

export const getListing = defineRoute({
  method: 'GET',
  path: '/listings/:id',
  tag: 'listings',
  summary: 'One offer',
  access: can('vehicle.read'),
  params: idParams,
  response: { status: 200, data: listingSchema },
  errors: ['not_found'],
});
