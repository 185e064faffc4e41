import { timestampSchema } from '@autobroker/contracts';
import { z } from 'zod';
import { can } from '../auth';
import { defineRoute, pageQuery } from '../http';
import { priorities } from './job-classes';

const tag = 'monitoring';
const queue = z.string().min(1).max(100).meta({ description: '`<service>.<class>`', example: 'vehicle.default' });
const deadId = z.string().min(1).max(600);
const why = z.string().min(1).max(500).optional().meta({ description: 'For the audit log' });

const queueView = z
  .strictObject({
    name: queue,
    waiting: z.int(),
    active: z.int(),
    delayed: z.int().meta({ description: 'Waiting for their time or for another attempt' }),
    dead: z.int(),
    completed: z.int().meta({ description: 'Finished ones that are still remembered' }),
    oldest_waiting_ms: z.int().nullable(),
  })
  .meta({ id: 'JobQueue' });

const deadJob = z
  .strictObject({
    id: deadId,
    job_id: z.string(),
    name: z.string(),
    reason: z.string(),
    attempts: z.int(),
    priority: z.enum(priorities),
    enqueued_at: timestampSchema,
    dead_at: timestampSchema.nullable(),
  })
  .meta({ id: 'DeadJob' });

const schedule = z
  .strictObject({
    queue,
    key: z.string(),
    job: z.string(),
    cron: z.string().nullable().meta({ description: 'In UTC' }),
    every_ms: z.int().nullable(),
    next_run_at: timestampSchema.nullable(),
  })
  .meta({ id: 'JobSchedule' });

const count = z.strictObject({ count: z.int() });

export const listQueues = defineRoute({
  method: 'GET',
  path: '/monitoring/jobs',
  tag,
  summary: 'Every queue of jobs of this process’s services',
  access: can('jobs.read'),
  response: { status: 200, data: z.array(queueView) },
});

export const listSchedules = defineRoute({
  method: 'GET',
  path: '/monitoring/jobs/schedules',
  tag,
  summary: 'Jobs that come again and again',
  access: can('jobs.read'),
  response: { status: 200, data: z.array(schedule) },
});

export const listDeadJobs = defineRoute({
  method: 'GET',
  path: '/monitoring/jobs/:queue/dead',
  tag,
  summary: 'Jobs that failed for good, the last dead first',
  access: can('jobs.read'),
  params: z.object({ queue }),
  query: z.object({ page: pageQuery.shape.page, per_page: pageQuery.shape.per_page }),
  response: { status: 200, data: z.array(deadJob), paginated: true },
  errors: ['not_found', 'page_too_deep'],
});

export const replayDeadJob = defineRoute({
  method: 'POST',
  path: '/monitoring/jobs/:queue/dead/:id/replay',
  tag,
  summary: 'Give a dead job all its attempts again',
  access: can('jobs.manage'),
  params: z.object({ queue, id: deadId }),
  body: z.object({ reason: why }),
  bodyOptional: true,
  response: { status: 202, data: count },
  errors: ['not_found'],
});

export const replayDeadJobs = defineRoute({
  method: 'POST',
  path: '/monitoring/jobs/:queue/dead/replay',
  tag,
  summary: 'Give all dead jobs of a queue their attempts again, at most 1,000 at once',
  access: can('jobs.manage'),
  params: z.object({ queue }),
  body: z.object({ reason: why }),
  bodyOptional: true,
  response: { status: 202, data: count },
  errors: ['not_found'],
});

export const discardDeadJob = defineRoute({
  method: 'DELETE',
  path: '/monitoring/jobs/:queue/dead/:id',
  tag,
  summary: 'Give up a dead job for good',
  description: 'A dead job never changes, so no If-Match is asked for.',
  access: can('jobs.manage'),
  params: z.object({ queue, id: deadId }),
  ifMatch: false,
  response: { status: 204 },
  errors: ['not_found'],
});

export const jobRoutes = [listQueues, listSchedules, listDeadJobs, replayDeadJob, replayDeadJobs, discardDeadJob];
