import { idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import { askedValuationsSchema, externalValuationsSchema, vendorBudgetSchema } from '../schemas/external-valuation';

const tag = 'pricing';
const params = z.strictObject({ id: idSchema });

export const getExternalValuations = defineRoute({
  method: 'GET',
  path: '/vehicles/:id/external-valuations',
  tag,
  summary: 'What Kelley Blue Book, Edmunds and Perplexity said a vehicle is worth',
  description: 'As it is kept: nobody is asked for this answer. Weighed into one value, with what is stale and what is missing named.',
  access: can('analytics.read'),
  params,
  response: { status: 200, data: externalValuationsSchema },
  errors: ['not_found'],
});

export const listVendorBudgets = defineRoute({
  method: 'GET',
  path: '/external-valuations/budgets',
  tag,
  summary: 'What of the day’s requests and money for them is used',
  access: can('monitoring.read'),
  response: { status: 200, data: z.array(vendorBudgetSchema) },
});

export const askExternalValuations = defineRoute({
  method: 'POST',
  path: '/vehicles/:id/external-valuations',
  tag,
  summary: 'Ask them anew',
  description: 'A job asks those whose word is missing or past its time, within the day’s budgets.',
  access: can('analytics.read'),
  params,
  response: { status: 202, data: askedValuationsSchema, headers: { location: { description: 'Where the answer will be' } } },
  errors: ['not_found', 'unavailable'],
});
