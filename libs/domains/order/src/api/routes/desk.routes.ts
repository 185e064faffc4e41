import { can } from '@autobroker/platform/auth';
import { defineRoute, pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import { idParams, reason } from '../schemas/order';
import { opsItemSchema, policyBody, policySchema } from '../schemas/policy';

const tag = 'orders';
const etag = { etag: { description: 'Version, for If-Match' } };

export const getPolicy = defineRoute({ method: 'GET', path: '/orders/policies', tag, summary: 'Deadlines, deposit share and the broker’s own details of the tenant', access: can('order_policy.manage'), response: { status: 200, data: policySchema, headers: etag }, errors: ['not_found'] });

export const putPolicy = defineRoute({
  method: 'PUT',
  path: '/orders/policies',
  tag,
  summary: 'Set deadlines, deposit share and the broker’s own details',
  access: can('order_policy.manage', { auditRefusals: true }),
  body: policyBody,
  response: { status: 200, data: policySchema, headers: etag },
  errors: ['not_found', 'precondition_failed'],
});

export const listOps = defineRoute({
  method: 'GET',
  path: '/orders/ops-queue',
  tag,
  summary: 'What only people can settle: overdue steps, compensations that failed, payments that fit nothing',
  access: can('order.manage'),
  query: z.strictObject({ ...pageQuery.shape, status: z.enum(['open', 'resolved']).default('open') }),
  response: { status: 200, data: z.array(opsItemSchema), paginated: true },
  errors: ['not_found', 'page_too_deep', 'invalid_cursor'],
});

export const resolveOps = defineRoute({
  method: 'POST',
  path: '/orders/ops-queue/:id/resolve',
  tag,
  summary: 'Say that and how something was settled',
  access: can('order.manage', { auditRefusals: true }),
  params: idParams,
  body: z.strictObject({ note: reason }),
  response: { status: 200, data: opsItemSchema },
  errors: ['not_found', 'conflict'],
});
