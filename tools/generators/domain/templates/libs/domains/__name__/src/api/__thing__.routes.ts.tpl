import { idSchema, timestampSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import type { {{Thing}} } from '../domain/{{thing}}';

const tag = '{{things}}';
const etag = { etag: { description: 'Version of the {{words}}, for If-Match and If-None-Match' } };

export const {{thingCamel}}Schema = z
  .strictObject({ id: idSchema, version: z.int().positive(), title: z.string(), created_at: timestampSchema, updated_at: timestampSchema })
  .meta({ id: '{{Thing}}' });

export const present{{Thing}} = ({{thingCamel}}: {{Thing}}): z.output<typeof {{thingCamel}}Schema> => ({
  id: {{thingCamel}}.id,
  version: {{thingCamel}}.version,
  title: {{thingCamel}}.title,
  created_at: {{thingCamel}}.createdAt.toISOString(),
  updated_at: {{thingCamel}}.updatedAt.toISOString(),
});

export const create{{Thing}} = defineRoute({
  method: 'POST',
  path: '/{{things}}',
  tag,
  summary: 'Open {{a}} {{words}}',
  access: can('{{thingSnake}}.write'),
  body: z.strictObject({ title: z.string().min(1).max(500) }),
  response: { status: 201, data: {{thingCamel}}Schema, headers: { ...etag, location: { description: 'Address of the {{words}}' } } },
});

export const get{{Thing}} = defineRoute({
  method: 'GET',
  path: '/{{things}}/:id',
  tag,
  summary: 'One {{words}}',
  access: can('{{thingSnake}}.read'),
  params: z.strictObject({ id: idSchema }),
  response: { status: 200, data: {{thingCamel}}Schema, headers: etag },
  errors: ['not_found'],
});
