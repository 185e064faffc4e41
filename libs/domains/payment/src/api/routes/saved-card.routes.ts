import { idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import { savedCardSchema } from '../schemas/payment';

const tag = 'payments';
const ofId = z.strictObject({ id: idSchema });
const etag = { etag: { description: 'Version of the saved card' } };

export const saveCard = defineRoute({
  method: 'POST',
  path: '/payment-methods',
  tag,
  operationId: 'saveCard',
  summary: 'Keep a card for later',
  description: 'The card is given to the provider alone, on the page that `next_action` leads to. It can be used when its `state` is `ready`.',
  access: can('payment.start', { auditRefusals: true }),
  idempotency: 'required',
  response: { status: 201, data: savedCardSchema, headers: { location: { description: 'Address of the saved card' } } },
  errors: ['not_found', 'payment_method_unavailable', 'unavailable'],
});

export const listCards = defineRoute({ method: 'GET', path: '/payment-methods', tag, operationId: 'listSavedCards', summary: 'One’s own saved cards, the latest first', access: can('payment.read'), response: { status: 200, data: z.array(savedCardSchema) }, errors: ['not_found'] });

export const getCard = defineRoute({ method: 'GET', path: '/payment-methods/:id', tag, operationId: 'getSavedCard', summary: 'One of one’s saved cards', access: can('payment.read'), params: ofId, response: { status: 200, data: savedCardSchema, headers: etag }, errors: ['not_found'] });

export const removeCard = defineRoute({ method: 'DELETE', path: '/payment-methods/:id', tag, operationId: 'removeSavedCard', summary: 'Have a saved card forgotten, here and by the provider', access: can('payment.start', { auditRefusals: true }), params: ofId, response: { status: 204 }, errors: ['not_found', 'precondition_failed'] });
