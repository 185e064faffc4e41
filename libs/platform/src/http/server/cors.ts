import type { RequestState } from './request-state';

const exposed =
  'ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, traceparent, Idempotency-Replayed';
const accepted =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Api-Key, X-Request-Id, X-Tenant, traceparent';

/** Cross-origin reading by configured origins. Credentials travel in headers, so cookies are never allowed along. */
export class Cors {
  private readonly origins: ReadonlySet<string>;
  private readonly everyone: boolean;

  constructor(origins: readonly string[]) {
    this.origins = new Set(origins);
    this.everyone = this.origins.has('*');
  }

  get enabled(): boolean {
    return this.origins.size > 0;
  }

  apply(origin: string, state: RequestState): void {
    state.addVary('Origin');
    if (!this.everyone && !this.origins.has(origin)) return;
    state.addHeader('access-control-allow-origin', this.everyone ? '*' : origin);
    state.addHeader('access-control-expose-headers', exposed);
  }

  preflight(methods: readonly string[], state: RequestState): void {
    state.addHeader('access-control-allow-methods', methods.join(', '));
    state.addHeader('access-control-allow-headers', accepted);
    state.addHeader('access-control-max-age', '600');
  }
}
