import { z } from 'zod';
import type { ApiKeyRecord, OAuthClientRecord, OidcProviderRecord } from '../../application/ports';
import { iso, isoOrNull } from '../support';
import { idSchema, nameSchema, permissionSchema, timestampSchema } from './common';

const scopesSchema = z.array(permissionSchema).min(1).max(50);

export const apiKeySchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    owner_id: idSchema,
    prefix: z.string().meta({ description: 'The readable beginning of the key', example: 'ab_live_7h2k9m4p1q8r5t3v' }),
    scopes: z.array(permissionSchema),
    created_at: timestampSchema,
    expires_at: timestampSchema.nullable(),
    last_used_at: timestampSchema.nullable().meta({ description: 'To within ten minutes' }),
    revoked_at: timestampSchema.nullable().meta({ description: 'May lie ahead: a rotated key works a day longer' }),
    rotated_to: idSchema.nullable(),
    version: z.int(),
  })
  .meta({ id: 'ApiKey' });
export const issuedApiKeySchema = apiKeySchema.extend({ key: z.string().meta({ description: 'The key itself, shown this once' }) }).meta({ id: 'IssuedApiKey' });
export const apiKeyBody = z.strictObject({
  name: nameSchema,
  scopes: scopesSchema,
  expires_at: z.iso.datetime().nullable().optional().meta({ description: 'At most 366 days ahead; null or absent: no end' }),
});
export const presentApiKey = (key: ApiKeyRecord): z.input<typeof apiKeySchema> => ({
  id: key.id,
  name: key.name,
  owner_id: key.ownerId,
  prefix: `ab_${key.environment}_${key.publicId}`,
  scopes: key.scopes,
  created_at: iso(key.createdAt),
  expires_at: isoOrNull(key.expiresAt),
  last_used_at: isoOrNull(key.lastUsedAt),
  revoked_at: isoOrNull(key.revokedAt),
  rotated_to: key.rotatedTo,
  version: key.version,
});

export const clientSchema = z
  .strictObject({
    id: idSchema,
    tenant_id: idSchema,
    name: z.string(),
    client_id: z.string(),
    scopes: z.array(permissionSchema),
    status: z.enum(['active', 'disabled']),
    previous_secret_expires_at: timestampSchema.nullable(),
    created_at: timestampSchema,
    updated_at: timestampSchema,
    version: z.int(),
  })
  .meta({ id: 'OAuthClient' });
export const issuedClientSchema = clientSchema.extend({ client_secret: z.string().meta({ description: 'Shown this once' }) }).meta({ id: 'IssuedOAuthClient' });
export const clientBody = z.strictObject({ name: nameSchema, scopes: scopesSchema });
export const patchClientBody = z
  .strictObject({ name: nameSchema.optional(), scopes: scopesSchema.optional(), status: z.enum(['active', 'disabled']).optional() })
  .refine((body) => Object.keys(body).length > 0, { error: 'nothing to change' });
export const presentClient = (client: OAuthClientRecord): z.input<typeof clientSchema> => ({
  id: client.id,
  tenant_id: client.tenantId,
  name: client.name,
  client_id: client.clientId,
  scopes: client.scopes,
  status: client.status,
  previous_secret_expires_at: isoOrNull(client.previousSecretExpiresAt),
  created_at: iso(client.createdAt),
  updated_at: iso(client.updatedAt),
  version: client.version,
});

const settings = {
  name: nameSchema,
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  client_id: z.string().min(1).max(300),
  scopes: z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/)).max(20),
  redirect_uris: z.array(z.url({ protocol: /^https?$/ }).max(500)).min(1).max(10),
  allow_registration: z.boolean(),
  link_verified_email: z.boolean(),
  enabled: z.boolean(),
};
export const providerBody = z.strictObject({
  ...settings,
  key: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, { error: 'is lower case letters, digits and dashes' }),
  client_secret: z.string().min(1).max(500).optional(),
  scopes: settings.scopes.default(['openid', 'email', 'profile']),
  allow_registration: z.boolean().default(true),
  link_verified_email: z.boolean().default(true),
  enabled: z.boolean().default(true),
});
export const patchProviderBody = z
  .strictObject({ ...settings, client_secret: z.string().min(1).max(500).nullable() })
  .partial()
  .refine((body) => Object.keys(body).length > 0, { error: 'nothing to change' });
export const providerSchema = z
  .strictObject({ id: idSchema, tenant_id: idSchema, key: z.string(), ...settings, has_client_secret: z.boolean(), version: z.int() })
  .meta({ id: 'OidcProvider' });
export const presentProvider = (provider: OidcProviderRecord): z.input<typeof providerSchema> => ({
  id: provider.id,
  tenant_id: provider.tenantId,
  key: provider.key,
  name: provider.name,
  issuer: provider.issuer,
  client_id: provider.clientId,
  scopes: provider.scopes,
  redirect_uris: provider.redirectUris,
  allow_registration: provider.allowRegistration,
  link_verified_email: provider.linkVerifiedEmail,
  enabled: provider.enabled,
  has_client_secret: provider.clientSecretEncrypted !== null,
  version: provider.version,
});
