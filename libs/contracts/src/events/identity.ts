import { z } from 'zod';
import { roles } from '../access';
import { defineEvent } from '../event';
import { tiers } from '../tiers';

/*
 * What identity tells the others. Ids, roles and states only: a consumer that needs a name or an address asks identity,
 * so that erasing a person never means rewriting a log of events.
 */

const userId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a';
const tenantId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b60';

export const userRegistered = defineEvent({
  type: 'user.registered.v1',
  service: 'identity',
  summary: 'An account exists. Its e-mail address may still be unverified.',
  data: z.strictObject({
    user_id: z.uuid(),
    roles: z.array(z.enum(roles)),
    method: z.enum(['password', 'invitation', 'oidc', 'telegram', 'seed']),
    locale: z.string(),
  }),
  fixture: { user_id: userId, roles: ['buyer'], method: 'password', locale: 'en' },
});

export const userUpdated = defineEvent({
  type: 'user.updated.v1',
  service: 'identity',
  summary: 'Something about an account that others may depend on changed. `changed` names the fields, never the values.',
  data: z.strictObject({
    user_id: z.uuid(),
    changed: z.array(z.string()),
    status: z.enum(['active', 'disabled']),
    roles: z.array(z.enum(roles)),
    tier: z.enum(tiers),
    locale: z.string(),
    email_verified: z.boolean(),
    version: z.int().positive(),
  }),
  fixture: {
    user_id: userId,
    changed: ['roles'],
    status: 'active',
    roles: ['agent'],
    tier: 'free',
    locale: 'en',
    email_verified: true,
    version: 2,
  },
});

export const userErased = defineEvent({
  type: 'user.erased.v1',
  service: 'identity',
  summary: 'The person asked to be forgotten. Every service removes or anonymises what it holds about this id.',
  data: z.strictObject({ user_id: z.uuid(), erased_at: z.iso.datetime() }),
  fixture: { user_id: userId, erased_at: '2026-11-20T12:00:00.000Z' },
});

export const sessionRevoked = defineEvent({
  type: 'session.revoked.v1',
  service: 'identity',
  summary: 'Access tokens of these sessions (`sid`) are no longer good, though they have not expired yet.',
  data: z.strictObject({
    subject_id: z.uuid(),
    session_ids: z.array(z.uuid()).min(1),
    reason: z.enum([
      'logout',
      'logout_all',
      'revoked',
      'refresh_reused',
      'password_changed',
      'roles_changed',
      'mfa_changed',
      'disabled',
      'tenant_suspended',
      'erased',
    ]),
    /** Until when a token of these sessions could still be presented: nobody needs to remember longer. */
    tokens_expire_at: z.iso.datetime(),
  }),
  fixture: {
    subject_id: userId,
    session_ids: ['0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b61'],
    reason: 'logout',
    tokens_expire_at: '2026-11-20T12:15:00.000Z',
  },
});

const tenantData = z.strictObject({
  tenant_id: z.uuid(),
  slug: z.string(),
  hosts: z.array(z.string()),
  status: z.enum(['active', 'suspended']),
  currency: z.string().length(3),
  locale: z.string(),
  tier: z.enum(tiers),
  version: z.int().positive(),
});
const tenantFixture: z.output<typeof tenantData> = {
  tenant_id: tenantId,
  slug: 'aurora-motors',
  hosts: ['aurora.example'],
  status: 'active',
  currency: 'EUR',
  locale: 'en',
  tier: 'pro',
  version: 1,
};

export const tenantCreated = defineEvent({
  type: 'tenant.created.v1',
  service: 'identity',
  summary: 'A broker was set up on this installation.',
  data: tenantData,
  fixture: tenantFixture,
});

export const tenantUpdated = defineEvent({
  type: 'tenant.updated.v1',
  service: 'identity',
  summary: 'A broker’s host names, state, currency, language or tier changed.',
  data: tenantData,
  fixture: { ...tenantFixture, version: 2 },
});

export const apiKeyRevoked = defineEvent({
  type: 'api_key.revoked.v1',
  service: 'identity',
  summary: 'An API key stopped working. `public_id` is the readable part of the key.',
  data: z.strictObject({ api_key_id: z.uuid(), public_id: z.string() }),
  fixture: { api_key_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b62', public_id: '7h2k9m4p1q8r' },
});

export const signingKeyRotated = defineEvent({
  type: 'signing_key.rotated.v1',
  service: 'identity',
  summary: 'New tokens are signed by another key; verifiers fetch the key set again.',
  data: z.strictObject({ kid: z.string(), previous_kid: z.string().nullable() }),
  fixture: { kid: 'k-2', previous_kid: 'k-1' },
});

export const consentChanged = defineEvent({
  type: 'consent.changed.v1',
  service: 'identity',
  summary: 'A person granted or withdrew consent to one version of a document.',
  data: z.strictObject({ user_id: z.uuid(), kind: z.string(), document_version: z.string(), granted: z.boolean() }),
  fixture: { user_id: userId, kind: 'marketing', document_version: '2026-11', granted: true },
});
