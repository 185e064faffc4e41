import { idSchema, timestampSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import type { Payment } from '../domain/payment';

const tag = 'payments';
const etag = { etag: { description: 'Version of the payment, for If-Match and If-None-Match' } };

export const paymentSchema = z
  .strictObject({ id: idSchema, version: z.int().positive(), title: z.string(), created_at: timestampSchema, updated_at: timestampSchema })
  .meta({ id: 'Payment' });

export const presentPayment = (payment: Payment): z.output<typeof paymentSchema> => ({
  id: payment.id,
  version: payment.version,
  title: payment.title,
  created_at: payment.createdAt.toISOString(),
  updated_at: payment.updatedAt.toISOString(),
});

export const createPayment = defineRoute({
  method: 'POST',
  path: '/payments',
  tag,
  summary: 'Open a payment',
  access: can('payment.write'),
  body: z.strictObject({ title: z.string().min(1).max(500) }),
  response: { status: 201, data: paymentSchema, headers: { ...etag, location: { description: 'Address of the payment' } } },
});

export const getPayment = defineRoute({
  method: 'GET',
  path: '/payments/:id',
  tag,
  summary: 'One payment',
  access: can('payment.read'),
  params: z.strictObject({ id: idSchema }),
  response: { status: 200, data: paymentSchema, headers: etag },
  errors: ['not_found'],
});
