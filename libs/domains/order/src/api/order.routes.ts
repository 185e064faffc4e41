import { idSchema, timestampSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import type { Order } from '../domain/order';

const tag = 'orders';
const etag = { etag: { description: 'Version of the order, for If-Match and If-None-Match' } };

export const orderSchema = z
  .strictObject({ id: idSchema, version: z.int().positive(), title: z.string(), created_at: timestampSchema, updated_at: timestampSchema })
  .meta({ id: 'Order' });

export const presentOrder = (order: Order): z.output<typeof orderSchema> => ({
  id: order.id,
  version: order.version,
  title: order.title,
  created_at: order.createdAt.toISOString(),
  updated_at: order.updatedAt.toISOString(),
});

export const createOrder = defineRoute({
  method: 'POST',
  path: '/orders',
  tag,
  summary: 'Open an order',
  access: can('order.write'),
  body: z.strictObject({ title: z.string().min(1).max(500) }),
  response: { status: 201, data: orderSchema, headers: { ...etag, location: { description: 'Address of the order' } } },
});

export const getOrder = defineRoute({
  method: 'GET',
  path: '/orders/:id',
  tag,
  summary: 'One order',
  access: can('order.read'),
  params: z.strictObject({ id: idSchema }),
  response: { status: 200, data: orderSchema, headers: etag },
  errors: ['not_found'],
});
