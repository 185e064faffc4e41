import { idSchema } from '@autobroker/contracts';
import { can, publicRoute } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import { paymentSchema, startBody } from '../schemas/payment';

const tag = 'payments';
const ofId = z.strictObject({ id: idSchema });

export const startPayment = defineRoute({
  method: 'POST',
  path: '/orders/:id/payments',
  tag,
  operationId: 'startPayment',
  summary: 'Begin to pay what an order owes',
  description: 'The answer comes before the provider has been asked: the payment’s `next_action` says where the buyer goes as soon as that is known. One payment of a leg at a time.',
  access: can('payment.start', { auditRefusals: true }),
  params: ofId,
  body: startBody,
  idempotency: 'required',
  response: { status: 202, data: paymentSchema, headers: { location: { description: 'Address of the payment' } } },
  errors: ['not_found', 'nothing_owed', 'payment_in_progress', 'payment_method_unavailable', 'currency_mismatch'],
});

export const listPayments = defineRoute({
  method: 'GET',
  path: '/orders/:id/payments',
  tag,
  operationId: 'listOrderPayments',
  summary: 'The payments of an order, oldest first',
  access: can('payment.read'),
  params: ofId,
  response: { status: 200, data: z.array(paymentSchema) },
  errors: ['not_found'],
});

export const getPayment = defineRoute({
  method: 'GET',
  path: '/payments/:id',
  tag,
  operationId: 'getPayment',
  summary: 'One payment, and what the buyer has to do',
  access: can('payment.read'),
  params: ofId,
  response: { status: 200, data: paymentSchema, headers: { etag: { description: 'Version of the payment' } } },
  errors: ['not_found'],
});

export const cancelPayment = defineRoute({
  method: 'POST',
  path: '/payments/:id/cancel',
  tag,
  operationId: 'cancelPayment',
  summary: 'Give up a payment that has not been made yet',
  description: 'When the buyer has paid meanwhile, the money counts: the payment then says so.',
  access: can('payment.start', { auditRefusals: true }),
  params: ofId,
  idempotency: 'required',
  response: { status: 202, data: paymentSchema },
  errors: ['not_found', 'transition_not_allowed'],
});

const event = z.looseObject({});
const webhook = {
  method: 'POST',
  tag: 'webhooks',
  access: publicRoute({ ownCredentials: true, auditRefusals: true }),
  body: event,
  idempotency: 'exempt',
  rateLimit: 'none',
  bodyLimit: 1_048_576,
  response: { status: 200, data: z.strictObject({ received: z.literal(true) }) },
  errors: ['signature_invalid', 'unavailable'],
} as const;

export const stripeWebhook = defineRoute({ ...webhook, path: '/webhooks/stripe', operationId: 'stripeWebhook', summary: 'Where Stripe tells its events', description: 'Believed by their signature over the raw body. Noted once by the event’s id and answered; what it is about is asked of Stripe after that.' });
export const paypalWebhook = defineRoute({ ...webhook, path: '/webhooks/paypal', operationId: 'paypalWebhook', summary: 'Where PayPal tells its events', description: 'Believed by their signature over the raw body. Noted once by the event’s id and answered; what it is about is asked of PayPal after that.' });
