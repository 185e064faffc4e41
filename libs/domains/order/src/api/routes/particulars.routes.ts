import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import { idParams, orderSchema, reason } from '../schemas/order';
import { buyerBody, partySchema, sellerBody } from '../schemas/party';

const tag = 'orders';
const etag = { etag: { description: 'Version of the order' } };
const answer = { status: 200, data: orderSchema, headers: etag } as const;
const staffs = { tag, params: idParams, access: can('order.manage', { auditRefusals: true }), response: answer } as const;

export const confirmOffer = defineRoute({
  ...staffs,
  method: 'POST',
  path: '/orders/:id/offer-confirmation',
  summary: 'Vouch for an offer that can’t be read at its source',
  description: 'The seller was asked, and the car is there at the price that was quoted. It holds for a day, or until the source is read again.',
  body: z.strictObject({ reason: reason.meta({ description: 'Who was asked, and how' }) }),
  errors: ['not_found', 'permission_denied', 'transition_not_allowed'],
});

export const identifyCar = defineRoute({
  ...staffs,
  method: 'POST',
  path: '/orders/:id/vin',
  summary: 'Tell the number of the car, as it was read off it',
  description: 'Only where nobody knew it. A contract is not written without it.',
  body: z.strictObject({ vin: z.string().trim().min(1).max(40).meta({ description: 'Blanks and hyphens are taken out', example: 'WVWZZZCDZMW012345' }) }),
  errors: ['not_found', 'permission_denied', 'transition_not_allowed', 'conflict'],
});

export const getBuyer = defineRoute({
  method: 'GET',
  path: '/orders/:id/buyer',
  tag,
  summary: 'Who buys, as the papers name them',
  description: 'Can be corrected by `PUT` until the contract is signed; the entity tag is the order’s.',
  access: can('order.read'),
  params: idParams,
  response: { status: 200, data: partySchema, headers: etag },
  errors: ['not_found'],
});

const parties = { tag, params: idParams, response: answer, errors: ['not_found', 'permission_denied', 'legal_hold', 'precondition_failed'] } as const;
export const nameBuyer = defineRoute({ ...parties, method: 'PUT', path: '/orders/:id/buyer', summary: 'Who buys, for the papers', body: buyerBody, access: can('order.place', { auditRefusals: true }) });
export const nameSeller = defineRoute({ ...parties, method: 'PUT', path: '/orders/:id/seller', summary: 'Who sells, for the papers', body: sellerBody, access: can('order.manage', { auditRefusals: true }) });
