import { z } from 'zod';
import { defineConfig } from '../config';

export const authConfig = defineConfig('auth', {
  issuer: {
    env: 'AUTH_ISSUER',
    schema: z.string().min(1),
    description: 'Issuer that access tokens must name; the same for every service of an installation',
    default: 'autobroker',
  },
  identityUrl: {
    env: 'IDENTITY_URL',
    schema: z.url(),
    description: 'Where the identity service answers, for processes that do not host it themselves',
    default: 'http://localhost:4001',
  },
  internalSecret: {
    env: 'INTERNAL_SECRET',
    schema: z.string().min(16),
    description: 'Shared by the services of an installation, for the routes that only they may call',
    secret: true,
    default: 'development-only-internal-secret',
  },
  clockSkewS: {
    env: 'AUTH_CLOCK_SKEW_S',
    schema: z.int().min(0).max(300),
    description: 'Seconds by which the clocks of the issuer and of this process may differ',
    default: 30,
  },
  tokenCacheSize: {
    env: 'AUTH_TOKEN_CACHE',
    schema: z.int().min(0).max(1_000_000),
    description: 'Verified access tokens kept in memory',
    default: 10_000,
  },
});
