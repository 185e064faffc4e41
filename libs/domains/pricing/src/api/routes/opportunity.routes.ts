import { idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import { opportunityStatuses } from '../../domain/opportunity/lifecycle';
import { opportunityDetailSchema, opportunitySchema, opportunitySegmentSchema, opportunityStatusSchema } from '../schemas/opportunity';
import { opportunityListQuery, opportunitySegmentsQuery } from '../schemas/opportunity-query';

const tag = 'opportunities';
const params = z.strictObject({ id: idSchema });
const statusTag = { etag: { description: 'Version of the status, for If-Match; 0 until something was done' } };

export const listOpportunities = defineRoute({
  method: 'GET',
  path: '/opportunities',
  tag,
  summary: 'Cars that can be bought for less than they bring',
  description:
    'Those of the shared catalogue and of the tenant’s own stock that are open now. Filters are combined with and. Costs are those of the place where the car stands; `POST /landed-cost` works them out for another one. What one has dismissed is left out unless `status` asks for it.',
  access: can('opportunity.read'),
  query: opportunityListQuery,
  response: { status: 200, data: z.array(opportunitySchema), paginated: true },
  errors: ['page_too_deep', 'invalid_cursor', 'currency_unsupported'],
});

export const getOpportunity = defineRoute({
  method: 'GET',
  path: '/opportunities/:id',
  tag,
  summary: 'An opportunity with all that stands behind it',
  description: 'Ended ones too, with their reason.',
  access: can('opportunity.read'),
  params,
  response: { status: 200, data: opportunityDetailSchema, headers: { etag: { description: 'For If-None-Match' } } },
  errors: ['not_found'],
});

export const getOpportunityStatus = defineRoute({
  method: 'GET',
  path: '/opportunities/:id/status',
  tag,
  summary: 'What one has done with an opportunity oneself',
  access: can('opportunity.read'),
  params,
  response: { status: 200, data: opportunityStatusSchema, headers: statusTag },
  errors: ['not_found'],
});

export const setOpportunityStatus = defineRoute({
  method: 'PATCH',
  path: '/opportunities/:id/status',
  tag,
  summary: 'Mark an opportunity as viewed, dismissed, alerted or new again',
  description: 'For oneself alone: nobody else sees it.',
  access: can('opportunity.read'),
  params,
  body: z.strictObject({ status: z.enum(opportunityStatuses) }),
  response: { status: 200, data: opportunityStatusSchema, headers: statusTag },
  errors: ['not_found'],
});

export const getOpportunitySegments = defineRoute({
  method: 'GET',
  path: '/analytics/opportunities',
  tag: 'analytics',
  summary: 'Which cars were opportunities, and what became of them',
  description: 'By maker, model and country; those of which most were sold while they were opportunities come first.',
  access: can('analytics.read'),
  query: opportunitySegmentsQuery,
  response: { status: 200, data: z.array(opportunitySegmentSchema), paginated: true },
  errors: ['page_too_deep'],
});
