import { currencySchema } from '@autobroker/contracts';
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
  firstTenant: {
    env: 'FIRST_TENANT',
    schema: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(60),
    description: 'Slug of the tenant that the preparation of an installation without any makes',
    default: 'main',
  },
  firstTenantName: {
    env: 'FIRST_TENANT_NAME',
    schema: z.string().trim().min(1).max(120),
    description: 'Name of that tenant',
    default: 'Main',
  },
  firstTenantCurrency: {
    env: 'FIRST_TENANT_CURRENCY',
    schema: currencySchema,
    description: 'Currency of that tenant',
    default: 'EUR',
  },
  operatorEmail: {
    env: 'OPERATOR_EMAIL',
    schema: z.email().optional(),
    description: 'Address of the operator that the preparation makes where an installation has none; with OPERATOR_PASSWORD',
    default: undefined,
  },
  operatorPassword: {
    env: 'OPERATOR_PASSWORD',
    schema: z.string().min(12).max(128).optional(),
    description: 'First password of that operator; to be changed after the first login',
    secret: true,
    default: undefined,
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
