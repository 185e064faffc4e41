import { idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import { orderSchema, returnBody } from '../schemas/order';

const base = {
  method: 'POST',
  tag: 'orders',
  params: z.strictObject({ id: idSchema, withdrawal_id: idSchema }),
  response: { status: 200, data: orderSchema, headers: { etag: { description: 'Version of the order' } } },
  access: can('order.manage', { auditRefusals: true }),
} as const;
const refusals = ['not_found', 'permission_denied', 'transition_not_allowed', 'conflict'] as const;

export const inspectReturn = defineRoute({
  ...base,
  path: '/orders/:id/withdrawal/:withdrawal_id/return',
  summary: 'Tell how the car was when it was back; then the refund goes out',
  description: 'What it has lost is kept, with pictures and a word of what was found. Above the tenant’s limit the refund waits for a second person.',
  body: returnBody,
  errors: refusals,
});
export const approveReturn = defineRoute({
  ...base,
  path: '/orders/:id/withdrawal/:withdrawal_id/return/approve',
  summary: 'Agree, as a second person, to what is kept of the refund',
  errors: [...refusals, 'second_approval_required'],
});
