import { idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute, multipart } from '@autobroker/platform/http';
import { z } from 'zod';
import { maxUploadBytes } from '../../application/config';
import { idParams } from '../schemas/vehicle-query';
import { mediaSchema } from '../schemas/vehicle-resource';

const tag = 'media';
const mediaParams = z.strictObject({ id: idSchema, media_id: idSchema });
const etag = { etag: { description: 'Version of the vehicle, for If-Match' } };

export const listMedia = defineRoute({
  method: 'GET',
  path: '/vehicles/:id/media',
  tag,
  summary: 'A vehicle’s pictures, the cover first',
  access: can('vehicle.read'),
  params: idParams,
  response: { status: 200, data: z.array(mediaSchema), headers: etag },
  errors: ['not_found'],
});

export const uploadMedia = defineRoute({
  method: 'POST',
  path: '/vehicles/:id/media',
  tag,
  summary: 'Upload a picture',
  description:
    'One file, as multipart/form-data. JPEG, PNG, WebP or AVIF, by content and not by name. It is painted anew without metadata; thumbnails follow in a moment.',
  access: can('vehicle.write'),
  params: idParams,
  body: multipart({ maxBytes: maxUploadBytes, files: 1 }),
  response: { status: 201, data: mediaSchema, headers: { ...etag, location: { description: 'Address of the picture' } } },
  errors: ['not_found', 'file_unsupported', 'file_unreadable', 'already_exists', 'limit_reached'],
});

export const orderMedia = defineRoute({
  method: 'PUT',
  path: '/vehicles/:id/media',
  tag,
  summary: 'Order a vehicle’s pictures; the first is the cover',
  access: can('vehicle.write'),
  params: idParams,
  // More than can be uploaded to one: a car has those of the cars that were merged into it, too.
  body: z.strictObject({ order: z.array(idSchema).max(1_000) }),
  response: { status: 200, data: z.array(mediaSchema), headers: etag },
  errors: ['not_found'],
});

export const deleteMedia = defineRoute({
  method: 'DELETE',
  path: '/vehicles/:id/media/:media_id',
  tag,
  summary: 'Delete a picture',
  description: 'If-Match compares the version of the vehicle.',
  access: can('vehicle.write'),
  params: mediaParams,
  response: { status: 204 },
  errors: ['not_found'],
});

export const mediaContent = defineRoute({
  method: 'GET',
  path: '/vehicles/:id/media/:media_id/content',
  tag,
  summary: 'A picture, or its thumbnail',
  description: 'Never changes, so that it may be kept for ever. Takes Range. A thumbnail that is not made yet is the picture itself.',
  access: can('vehicle.read'),
  params: mediaParams,
  query: z.strictObject({
    size: z.union([z.literal(320), z.literal(640), z.literal(1280)]).optional().meta({ description: 'Width of the thumbnail' }),
  }),
  response: { status: 200, raw: 'image/webp' },
  errors: ['not_found', 'range_not_satisfiable'],
  rateLimit: 'hot',
});
