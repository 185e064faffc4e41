import type { FastifyReply } from 'fastify';

const exposed = 'ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, traceparent, Idempotency-Replayed';
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

  apply(origin: string, reply: FastifyReply): boolean {
    reply.header('vary', 'Origin');
    if (!this.everyone && !this.origins.has(origin)) return false;
    reply.header('access-control-allow-origin', this.everyone ? '*' : origin);
    reply.header('access-control-expose-headers', exposed);
    return true;
  }

  preflight(methods: readonly string[], reply: FastifyReply): void {
    reply.header('access-control-allow-methods', methods.join(', '));
    reply.header('access-control-allow-headers', accepted);
    reply.header('access-control-max-age', '600');
  }
}
