import { idSchema } from '@autobroker/contracts';
import { orderStates, paymentMethods } from '@autobroker/kernel';
import { can, publicRoute } from '@autobroker/platform/auth';
import { defineRoute, pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import { choicesSchema, entrySchema, idParams, orderSchema, placeBody, stepBody, termsSchema } from '../schemas/order';

const tag = 'orders';
const etag = { etag: { description: 'Version of the order' } };
const read = { tag, access: can('order.read') } as const;

export const placeOrder = defineRoute({
  method: 'POST',
  path: '/orders',
  tag,
  summary: 'Order a car at the price of a quote',
  description: 'Nothing is held yet. The offer is looked at again, and the mandate is written for signature.',
  access: can('order.place', { auditRefusals: true }),
  idempotency: 'required',
  body: placeBody,
  response: { status: 201, data: orderSchema, headers: { ...etag, location: { description: 'Address of the order' } } },
  errors: ['not_found', 'quote_invalid', 'quote_not_yours', 'quote_expired', 'quote_used', 'currency_mismatch', 'vehicle_unavailable', 'unavailable'],
});

export const listOrders = defineRoute({
  ...read,
  method: 'GET',
  path: '/orders',
  summary: 'Orders: one’s own, or all of the tenant for its staff; latest first',
  query: z.strictObject({ ...pageQuery.shape, state: z.array(z.enum(orderStates)).optional(), vehicle_id: idSchema.optional() }),
  response: { status: 200, data: z.array(orderSchema), paginated: true },
  errors: ['not_found', 'page_too_deep', 'invalid_cursor'],
});

export const getOrder = defineRoute({ ...read, method: 'GET', path: '/orders/:id', summary: 'One order', params: idParams, response: { status: 200, data: orderSchema, headers: etag }, errors: ['not_found'] });

export const listSteps = defineRoute({
  ...read,
  method: 'GET',
  path: '/orders/:id/transitions',
  summary: 'What the caller may do with an order now, and why not the rest',
  params: idParams,
  response: { status: 200, data: choicesSchema, headers: etag },
  errors: ['not_found'],
});

export const takeStep = defineRoute({
  method: 'POST',
  path: '/orders/:id/transitions',
  tag,
  summary: 'Lead an order to its next state',
  access: can('order.act', { auditRefusals: true }),
  idempotency: 'required',
  params: idParams,
  body: stepBody,
  response: { status: 200, data: orderSchema, headers: etag },
  errors: ['not_found', 'transition_not_allowed', 'permission_denied', 'quote_expired', 'offer_unchecked', 'offer_changed', 'vehicle_unavailable', 'price_consent_required', 'precondition_failed', 'quote_invalid', 'unavailable'],
});

export const choosePayment = defineRoute({
  method: 'POST',
  path: '/orders/:id/payment-method',
  tag,
  summary: 'Say how the deposit will be paid: a transfer has 48 hours from the reservation, a card half an hour',
  access: can('order.act', { auditRefusals: true }),
  params: idParams,
  body: z.strictObject({ payment_method: z.enum(paymentMethods) }),
  response: { status: 200, data: orderSchema, headers: etag },
  errors: ['not_found', 'permission_denied', 'transition_not_allowed'],
});

export const listHistory = defineRoute({
  ...read,
  method: 'GET',
  path: '/orders/:id/history',
  summary: 'Everything that happened to an order, oldest first',
  params: idParams,
  query: z.strictObject({ after_version: z.coerce.number().int().min(0).max(2_147_483_647).default(0), limit: z.coerce.number().int().min(1).max(500).default(200) }),
  response: { status: 200, data: z.array(entrySchema) },
  errors: ['not_found'],
});

export const streamOrder = defineRoute({
  ...read,
  method: 'GET',
  path: '/orders/:id/stream',
  summary: 'What happens to an order, as it happens (server-sent events)',
  description: 'Each event is an entry of the history; its id is the version of the order. With `Last-Event-ID` it goes on after that version, without one with what comes next.',
  params: idParams,
  response: { status: 200, raw: 'text/event-stream' },
  errors: ['not_found'],
  timeoutMs: null,
});

export const getTerms = defineRoute({
  ...read,
  method: 'GET',
  path: '/orders/:id/terms',
  summary: 'What goes back when a sale comes to nothing, and what can be withdrawn from: to be read before paying',
  params: idParams,
  response: { status: 200, data: termsSchema },
  errors: ['not_found'],
});

/** For services of the installation alone: to everybody else it does not exist, and the document does not name it. */
export const getParties = defineRoute({
  method: 'GET',
  path: '/orders/:id/parties',
  tag,
  summary: 'Who takes part in a sale, and what was sold',
  hidden: true,
  access: publicRoute({ ownCredentials: true }),
  params: idParams,
  response: { status: 200, data: z.looseObject({ order_id: idSchema }) },
  errors: ['not_found'],
});
