import type { IdentityFetch } from '../../auth';
import { CircuitBreaker } from '../../http';
import { trace } from '../../telemetry';

const timeoutMs = 3_000;

/** Calls to the identity service: impatient, behind a circuit breaker, and part of the caller's trace. */
export function identityFetch(baseUrl: string): IdentityFetch {
  const breaker = new CircuitBreaker('identity');
  const base = baseUrl.replace(/\/+$/, '');
  return (path, init = {}) =>
    trace.span('identity', { 'url.path': path.split('?')[0] ?? '' }, () =>
      breaker.run(async () => {
        const headers = new Headers(init.headers);
        const parent = trace.traceparent();
        if (parent !== null) headers.set('traceparent', parent);
        const answer = await fetch(`${base}${path}`, { ...init, headers, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
        if (answer.status >= 500) {
          await answer.body?.cancel();
          throw new Error(`identity answered ${answer.status}`);
        }
        return answer;
      }),
      'client',
    );
}
