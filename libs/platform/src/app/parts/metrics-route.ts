import { publicRoute } from '../../auth';
import { defineRoute, plain, ProblemError, type BuiltIn } from '../../http';
import { mayReadMetrics, metrics, telemetryConfig } from '../../telemetry';
import type { Settings } from '../settings';

const route = defineRoute({
  method: 'GET',
  path: '/metrics',
  root: true,
  tag: 'monitoring',
  summary: 'Metrics for Prometheus',
  access: publicRoute(),
  rateLimit: 'none',
  response: { status: 200, raw: 'text/plain' },
  hidden: true,
});

/** Behind its own token rather than a login: a collector must get through while identity is away. */
export function metricsRoute(settings: Settings): BuiltIn {
  const access = { production: process.env.NODE_ENV === 'production', token: settings.get(telemetryConfig).metricsToken };
  return {
    route,
    guarded: false,
    handle: async ({ headers }) => {
      const { authorization } = headers;
      if (!mayReadMetrics(access, typeof authorization === 'string' ? authorization : undefined)) throw new ProblemError('route_not_found');
      return plain(await metrics.render(), metrics.contentType);
    },
  };
}
