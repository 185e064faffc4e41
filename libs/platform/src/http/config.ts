import type { ConfigOf } from '../config';
import { defineConfig, env } from '../config';

/** Settings of every HTTP server of the platform. */
export const httpConfig = defineConfig('http', {
  bodyLimit: {
    env: 'HTTP_BODY_LIMIT',
    schema: env.int({ min: 1_024 }),
    default: 1_048_576,
    description: 'Largest request body in bytes; uploads have limits of their own',
  },
  requestTimeoutMs: {
    env: 'HTTP_REQUEST_TIMEOUT',
    schema: env.duration({ min: 100 }),
    default: 30_000,
    description: 'How long a request may take to arrive, and again to be answered',
  },
  keepAliveMs: {
    env: 'HTTP_KEEP_ALIVE',
    schema: env.duration(),
    default: 5_000,
    description: 'How long an idle connection is kept',
  },
  drainMs: {
    env: 'HTTP_DRAIN',
    schema: env.duration(),
    default: 10_000,
    description: 'How long a stopping process lets requests in flight finish',
  },
  drainNoticeMs: {
    env: 'HTTP_DRAIN_NOTICE',
    schema: env.duration(),
    default: 0,
    description:
      'How long a stopping process goes on taking requests while it already says that it is not ready, so that load balancers notice',
  },
  trustProxy: {
    env: 'HTTP_TRUST_PROXY',
    schema: env.list(),
    default: [],
    description:
      'Addresses or networks of proxies whose X-Forwarded-For is believed; `loopback`, `uniquelocal` and `linklocal` are names of networks. Empty believes nobody',
  },
  corsOrigins: {
    env: 'HTTP_CORS_ORIGINS',
    schema: env.list(),
    default: [],
    description: 'Origins whose pages may call the API from a browser; `*` for all, without credentials',
  },
  compressAbove: {
    env: 'HTTP_COMPRESS_ABOVE',
    schema: env.int({ min: 256 }),
    default: 2_048,
    description: 'Answers of at least so many bytes are compressed for clients that accept it',
  },
  hstsSeconds: {
    env: 'HTTP_HSTS_SECONDS',
    schema: env.int({ min: 0 }),
    default: 0,
    description: 'Strict-Transport-Security, where the platform is reached by TLS only; 0 sends none',
  },
  rateLimitScale: {
    env: 'RATE_LIMIT_SCALE',
    schema: env.number({ min: 0.0001 }),
    default: 1,
    description: 'Multiplies every rate limit',
  },
  rateLimitAnonymous: {
    env: 'RATE_LIMIT_ANONYMOUS',
    schema: env.int({ min: 1 }),
    default: 3_000,
    description: 'Requests a minute from one address without a login',
  },
  accessLogSample: {
    env: 'HTTP_ACCESS_LOG_SAMPLE',
    schema: env.int({ min: 1 }),
    default: 100,
    description: 'Of the good answers of hot routes one in so many is logged; everything else always',
  },
  secret: {
    env: 'HTTP_SECRET',
    schema: env.text({ min: 16 }),
    secret: true,
    default: 'development-http-secret',
    description:
      'Signs list cursors and protects stored answers of idempotent requests; the same in every process of an installation',
  },
});

export type HttpConfig = ConfigOf<typeof httpConfig>;
