import { idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute, pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import { queryStatuses } from '../../domain/queries/query-state';
import { priceQueryBody, priceQueryDetailSchema, priceQuerySchema } from '../schemas/price-query';

const tag = 'price queries';

const ask = {
  method: 'POST',
  tag,
  access: can('price_query.run'),
  body: priceQueryBody,
  response: { status: 202, data: priceQuerySchema, headers: { location: { description: 'Address of the query' }, etag: { description: 'Of this answer' } } },
  errors: ['limit_reached'],
} as const;

const get = {
  method: 'GET',
  tag,
  access: can('price_query.run'),
  params: z.strictObject({ id: idSchema }),
  response: { status: 200, data: priceQueryDetailSchema, headers: { etag: { description: 'Of this answer, for If-None-Match' } } },
  errors: ['not_found'],
} as const;

const list = {
  method: 'GET',
  tag,
  access: can('price_query.run'),
  query: z.strictObject({ ...pageQuery.shape, status: z.enum(queryStatuses).optional() }),
  response: { status: 200, data: z.array(priceQuerySchema), paginated: true },
  errors: ['page_too_deep', 'invalid_cursor'],
} as const;

export const askPrice = defineRoute({
  ...ask,
  path: '/price-queries',
  summary: 'Ask what a car costs',
  description:
    'Answers at once with the price that is known and has fresh listings searched for; `status` tells when they are in. Within an hour the same question is the same query for everybody of the tenant.',
});
export const getPriceQuery = defineRoute({ ...get, path: '/price-queries/:id', summary: 'A price query with its similar cars and auction listings, the most alike first' });
export const listPriceQueries = defineRoute({ ...list, path: '/price-queries', summary: 'One’s own price queries, latest first' });

export const askPriceAlias = defineRoute({ ...ask, path: '/queries', summary: 'Alias of POST /price-queries', hidden: true });
export const getPriceQueryAlias = defineRoute({ ...get, path: '/queries/:id', summary: 'Alias of GET /price-queries/{id}', hidden: true });
export const listPriceQueriesAlias = defineRoute({ ...list, path: '/queries', summary: 'Alias of GET /price-queries', hidden: true });
