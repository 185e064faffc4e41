import { z } from 'zod';
import { publicRoute } from '../../auth';
import { ProblemError } from '../errors/problem-error';
import { reply } from '../reply/results';
import { defineRoute, type RouteDefinition } from '../route/define-route';
import type { BuiltIn } from '../server/built-in';
import type { HealthRegistry } from './registry';

const state = z.enum(['up', 'degraded', 'down']);
const liveSchema = z.strictObject({ status: z.literal('up') }).meta({ id: 'Liveness' });
const readySchema = z
  .strictObject({ status: state, checks: z.array(z.strictObject({ name: z.string(), state })) })
  .meta({ id: 'Readiness' });
const healthSchema = z
  .strictObject({
    status: state,
    checks: z.array(
      z.strictObject({
        name: z.string(),
        critical: z.boolean(),
        state,
        latency_ms: z.number(),
        circuit: z.enum(['closed', 'open', 'half_open']).optional(),
        detail: z.record(z.string(), z.unknown()).optional().meta({ description: 'With `monitoring.read`' }),
      }),
    ),
    circuits: z.array(
      z.strictObject({
        name: z.string(),
        state: z.enum(['closed', 'open', 'half_open']),
        failures_in_a_row: z.int(),
        calls: z.int(),
        failed: z.int(),
      }),
    ),
    sections: z.record(z.string(), z.unknown()).optional().meta({ description: 'With `monitoring.read`' }),
  })
  .meta({ id: 'Health' });

const common = { method: 'GET', tag: 'monitoring', access: publicRoute(), rateLimit: 'none' } as const;

const live = defineRoute({
  ...common,
  root: true,
  path: '/health/live',
  summary: 'Is the process alive?',
  response: { status: 200, data: liveSchema },
});
const ready = defineRoute({
  ...common,
  root: true,
  path: '/health/ready',
  summary: 'May the process get requests?',
  description: '503 while something it cannot work without is down, and while it is stopping.',
  response: { status: 200, data: readySchema },
  errors: ['unavailable'],
});
const full = defineRoute({
  ...common,
  path: '/monitoring/health',
  rateLimit: 'default',
  summary: 'Every dependency with its state, latency and circuit',
  description: 'Anybody sees states; details and sections (cache hit rates and the like) need `monitoring.read`.',
  response: { status: 200, data: healthSchema },
});

const alias = (of: RouteDefinition, path: string, root = true): RouteDefinition =>
  defineRoute({
    ...common,
    root,
    path,
    rateLimit: of.rateLimit,
    summary: of.summary,
    response: of.response,
    hidden: true,
  });

export interface HealthParts {
  readonly registry: HealthRegistry;
  readonly isDraining: () => boolean;
}

/** Liveness, readiness and the page for operators, with the addresses that the seeds know them by. */
export function healthRoutes({ registry, isDraining }: HealthParts): BuiltIn[] {
  const isReady = async () => {
    const { state: status, checks } = await registry.report();
    const shown = checks.map((check) => ({ name: check.name, state: check.state }));
    if (status === 'down' || isDraining()) {
      throw new ProblemError('unavailable', isDraining() ? 'The process is stopping.' : 'Something it needs is down.', {
        headers: { 'retry-after': '2' },
        extra: { checks: shown },
      });
    }
    return { status, checks: shown };
  };
  const report: BuiltIn['handle'] = async ({ principal }) => {
    const { state: status, checks, circuits, sections } = await registry.report();
    const trusted = principal.can('monitoring.read');
    return reply({
      status,
      checks: checks.map(({ detail, ...check }) => ({
        ...check,
        ...(detail?.circuit === undefined ? {} : { circuit: detail.circuit }),
        ...(trusted && detail !== undefined ? { detail } : {}),
      })),
      circuits,
      ...(trusted ? { sections } : {}),
    });
  };
  const alive = () => ({ status: 'up' });
  return [
    { route: live, handle: alive, guarded: false },
    { route: ready, handle: isReady, guarded: false },
    { route: full, handle: report, guarded: true },
    { route: alias(live, '/up'), handle: alive, guarded: false },
    { route: alias(ready, '/api/health'), handle: isReady, guarded: false },
    { route: alias(full, '/api/health/detailed'), handle: report, guarded: true },
    { route: alias(ready, '/monitoring/ready', false), handle: isReady, guarded: false },
    { route: alias(live, '/monitoring/live', false), handle: alive, guarded: false },
  ];
}

/** Definitions of the probes, for the committed OpenAPI document. */
export const healthDefinitions: readonly RouteDefinition[] = [live, ready, full];
