import { defineConfig, type ConfigOf } from '@autobroker/platform/config';
import { z } from 'zod';

export const identityConfig = defineConfig('identity', {
  portalUrl: {
    env: 'PORTAL_URL',
    schema: z.url(),
    description: 'Where links in mails lead (`/verify-email`, `/reset-password`, `/accept-invitation`)',
    default: 'http://localhost:3000',
  },
  answerFloorMs: {
    env: 'IDENTITY_ANSWER_FLOOR_MS',
    schema: z.int().min(0).max(5_000),
    description: 'Registration and reset requests are never answered sooner, so that timing tells nothing about an address',
    default: 250,
  },
  apiKeyEnvironment: {
    env: 'API_KEY_ENVIRONMENT',
    schema: z.enum(['live', 'test']),
    description: 'Middle part of new API keys (`ab_live_…`)',
    default: 'live',
  },
  exportLifeHours: {
    env: 'GDPR_EXPORT_LIFE_HOURS',
    schema: z.int().min(1).max(720),
    description: 'How long a finished data export can be downloaded',
    default: 72,
  },
  oidcAllowHttp: {
    env: 'OIDC_ALLOW_HTTP',
    schema: z.boolean(),
    description: 'Accept identity providers without TLS: for tests and local stand-ins; production refuses it',
    default: false,
  },
});

export type IdentityConfig = ConfigOf<typeof identityConfig>;
