import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import { similarQuery, similarVehicleSchema, vehicleParams } from '../schemas/similar';

export const listSimilar = defineRoute({
  method: 'GET',
  path: '/vehicles/:id/similar',
  tag: 'pricing',
  summary: 'Vehicles like this one, the most alike first',
  description: 'Of those that are for sale in the shared catalogue: at most 200.',
  access: can('pricing.read'),
  params: vehicleParams,
  query: similarQuery,
  response: { status: 200, data: z.array(similarVehicleSchema), paginated: true },
  errors: ['not_found', 'page_too_deep'],
});
