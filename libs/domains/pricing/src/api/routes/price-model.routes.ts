import { idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute, pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import { priceModelSchema } from '../schemas/price-model';

const tag = 'price models';
const access = can('pricing_model.manage');
const idParams = z.strictObject({ id: idSchema });
const why = z.strictObject({ reason: z.string().trim().min(1).max(500).optional().meta({ description: 'For the audit log; no personal data' }) });
const jobSchema = z.strictObject({ job_id: z.string(), model_id: idSchema.nullable() }).meta({ id: 'PriceModelJob' });

export const listPriceModels = defineRoute({
  method: 'GET',
  path: '/pricing-models',
  tag,
  summary: 'Trained price models, latest first',
  access,
  query: z.strictObject({ page: pageQuery.shape.page, per_page: pageQuery.shape.per_page }),
  response: { status: 200, data: z.array(priceModelSchema), paginated: true },
  errors: ['page_too_deep'],
});

export const getPriceModel = defineRoute({
  method: 'GET',
  path: '/pricing-models/:id',
  tag,
  summary: 'One price model: how it did when it was tested, and how it does since',
  access,
  params: idParams,
  response: { status: 200, data: priceModelSchema },
  errors: ['not_found'],
});

export const trainPriceModel = defineRoute({
  method: 'POST',
  path: '/pricing-models',
  tag,
  summary: 'Train a price model now',
  description: 'In the background; it serves when it is better than the one in service on the newest cars. Until it is trained its id is not found.',
  access,
  body: z.strictObject({}),
  bodyOptional: true,
  response: { status: 202, data: jobSchema, headers: { location: { description: 'Where the model will be' } } },
});

export const promotePriceModel = defineRoute({
  method: 'POST',
  path: '/pricing-models/:id/promote',
  tag,
  summary: 'Put a trained price model into service, whatever its test said',
  access,
  params: idParams,
  body: why,
  bodyOptional: true,
  response: { status: 200, data: priceModelSchema },
  errors: ['not_found', 'transition_not_allowed'],
});

export const rollBackPriceModel = defineRoute({
  method: 'POST',
  path: '/pricing-models/rollback',
  tag,
  summary: 'Put the price model before this one back into service',
  access,
  body: why,
  bodyOptional: true,
  response: { status: 200, data: priceModelSchema },
  errors: ['conflict'],
});

export const revalueVehicles = defineRoute({
  method: 'POST',
  path: '/pricing-models/revaluation',
  tag,
  summary: 'Value the whole catalogue anew, in the background',
  access,
  body: z.strictObject({}),
  bodyOptional: true,
  response: { status: 202, data: jobSchema },
});
