import { idSchema, timestampSchema } from '@autobroker/contracts';
import { z } from 'zod';
import { can } from '../auth';
import { defineRoute, pageQuery } from '../http';

const nullableText = z.string().nullable();

const deadLetterShape = {
  id: idSchema,
  consumer: z.string(),
  source: z.string().meta({ description: 'The service whose event it is' }),
  reason: z.enum(['failed', 'invalid']).meta({ description: 'invalid: what arrived breaks the contract of its event' }),
  event_id: nullableText,
  type: nullableText,
  key: nullableText,
  tenant_id: nullableText,
  error: z.string(),
  attempts: z.int(),
  occurred_at: timestampSchema.nullable(),
  dead_at: timestampSchema,
};
const deadLetter = z.strictObject(deadLetterShape).meta({ id: 'DeadLetter' });
const deadLetterDetail = z
  .strictObject({ ...deadLetterShape, event: z.unknown(), raw: nullableText.meta({ description: 'What arrived, when it was no event' }) })
  .meta({ id: 'DeadLetterDetail' });

const consumer = z
  .strictObject({
    name: z.string(),
    service: z.string(),
    events: z.array(z.string()),
    sources: z.array(z.strictObject({ source: z.string(), behind: z.int(), oldest: timestampSchema.nullable() })),
    deferred: z.int().meta({ description: 'Waiting for another attempt, or behind one of the same key' }),
    dead_letters: z.int(),
  })
  .meta({ id: 'EventConsumer' });

const filter = {
  consumer: z.string().min(1).max(100).optional(),
  type: z.string().min(1).max(100).optional(),
  key: z.string().min(1).max(200).optional(),
  reason: z.enum(['failed', 'invalid']).optional(),
  since: timestampSchema.optional(),
};
const why = z.string().min(1).max(500).optional().meta({ description: 'For the audit log' });
const count = z.strictObject({ count: z.int() });
const params = z.object({ id: idSchema });
const tag = 'monitoring';

export const listConsumers = defineRoute({
  method: 'GET',
  path: '/monitoring/consumers',
  tag,
  summary: 'Every consumer of events, with how far it is behind',
  access: can('messaging.read'),
  response: { status: 200, data: z.array(consumer) },
});

export const rewindConsumer = defineRoute({
  method: 'POST',
  path: '/monitoring/consumers/:name/rewind',
  tag,
  summary: 'Let a consumer go through its events again',
  description: 'From the beginning of what is retained, from a point in time, or (skipping what it has not seen) from now on.',
  access: can('messaging.manage'),
  params: z.object({ name: z.string().min(1).max(100) }),
  body: z.object({ to: z.union([z.enum(['beginning', 'now']), timestampSchema]), reason: why }),
  response: { status: 202, data: consumer },
  errors: ['not_found'],
});

export const listDeadLetters = defineRoute({
  method: 'GET',
  path: '/monitoring/dead-letters',
  tag,
  summary: 'Events that their consumers gave up, the newest first',
  access: can('messaging.read'),
  query: z.object({ ...pageQuery.shape, cursor: idSchema.optional(), ...filter }),
  response: { status: 200, data: z.array(deadLetter), paginated: true },
  errors: ['page_too_deep'],
});

export const getDeadLetter = defineRoute({
  method: 'GET',
  path: '/monitoring/dead-letters/:id',
  tag,
  summary: 'A dead letter with its event',
  access: can('messaging.read'),
  params,
  response: { status: 200, data: deadLetterDetail },
  errors: ['not_found'],
});

export const replayDeadLetter = defineRoute({
  method: 'POST',
  path: '/monitoring/dead-letters/:id/replay',
  tag,
  summary: 'Give a dead letter to its consumer again',
  access: can('messaging.manage'),
  params,
  body: z.object({ reason: why }),
  bodyOptional: true,
  response: { status: 202, data: count },
  errors: ['not_found', 'not_replayable'],
});

export const replayDeadLetters = defineRoute({
  method: 'POST',
  path: '/monitoring/dead-letters/replay',
  tag,
  summary: 'Give all dead letters that match to their consumers again, at most 1,000 at once',
  access: can('messaging.manage'),
  body: z.object({ ...filter, reason: why }),
  response: { status: 202, data: count },
});

export const discardDeadLetters = defineRoute({
  method: 'POST',
  path: '/monitoring/dead-letters/discard',
  tag,
  summary: 'Give up all dead letters that match for good, at most 1,000 at once',
  access: can('messaging.manage'),
  body: z.object({ ...filter, reason: z.string().min(1).max(500) }),
  response: { status: 200, data: count },
});

export const discardDeadLetter = defineRoute({
  method: 'DELETE',
  path: '/monitoring/dead-letters/:id',
  tag,
  summary: 'Give up a dead letter for good',
  description: 'A dead letter never changes, so no If-Match is asked for.',
  access: can('messaging.manage'),
  params,
  ifMatch: false,
  response: { status: 204 },
  errors: ['not_found'],
});
