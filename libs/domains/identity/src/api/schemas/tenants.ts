import { countrySchema, currencySchema } from '@autobroker/contracts';
import { z } from 'zod';
import type { TenantRecord } from '../../application/ports';
import { isSlug, normaliseHost } from '../../domain/tenant';
import { iso } from '../support';
import { emailSchema, idSchema, localeSchema, nameSchema, tierSchema, timestampSchema } from './common';

export const slugSchema = z.string().refine(isSlug, { error: 'is not a slug (a-z, 0-9 and dashes, 3 to 40 characters)' });
const hostSchema = z
  .string()
  .max(260)
  .transform((text, context) => {
    const host = normaliseHost(text);
    if (host !== null) return host;
    context.addIssue({ code: 'custom', message: 'is not a host name' });
    return z.NEVER;
  });
const brandingSchema = z.strictObject({
  display_name: nameSchema.optional(),
  logo_url: z.url({ protocol: /^https$/ }).max(500).optional(),
  primary_color: z.string().regex(/^#[0-9a-fA-F]{6}$/, { error: 'is not a colour like #1a2b3c' }).optional(),
  support_email: emailSchema.optional(),
});
const settingsSchema = z.strictObject({ mfa_required_for_staff: z.boolean(), registration_open: z.boolean() });

export const tenantSchema = z
  .strictObject({
    id: idSchema,
    slug: z.string(),
    name: z.string(),
    status: z.enum(['active', 'suspended']),
    hosts: z.array(z.string()),
    currency: z.string(),
    country: z.string().nullable(),
    locale: z.string(),
    tier: tierSchema,
    branding: z.looseObject({}),
    settings: settingsSchema,
    created_at: timestampSchema,
    updated_at: timestampSchema,
    version: z.int(),
  })
  .meta({ id: 'Tenant' });
/** What a page shows before anybody has signed in. */
export const publicTenantSchema = z
  .strictObject({
    id: idSchema,
    slug: z.string(),
    name: z.string(),
    currency: z.string(),
    country: z.string().nullable(),
    locale: z.string(),
    branding: z.looseObject({}),
    registration_open: z.boolean(),
  })
  .meta({ id: 'PublicTenant' });

export const tenantBody = z.strictObject({
  slug: slugSchema,
  name: nameSchema,
  hosts: z.array(hostSchema).max(20).default([]),
  currency: currencySchema,
  country: countrySchema.nullable().default(null),
  locale: localeSchema.default('en'),
  tier: tierSchema.default('free'),
  branding: brandingSchema.default({}),
  settings: settingsSchema.default({ mfa_required_for_staff: false, registration_open: true }),
});
export const patchTenantBody = z
  .strictObject({
    name: nameSchema.optional(),
    hosts: z.array(hostSchema).max(20).optional(),
    currency: currencySchema.optional(),
    country: countrySchema.nullable().optional(),
    locale: localeSchema.optional(),
    tier: tierSchema.optional(),
    status: z.enum(['active', 'suspended']).optional(),
    branding: brandingSchema.optional(),
    settings: settingsSchema.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, { error: 'nothing to change' });

export const presentTenant = (tenant: TenantRecord): z.input<typeof tenantSchema> => ({
  id: tenant.id,
  slug: tenant.slug,
  name: tenant.name,
  status: tenant.status,
  hosts: [...tenant.hosts],
  currency: tenant.currency,
  country: tenant.country,
  locale: tenant.locale,
  tier: tenant.tier,
  branding: { ...tenant.branding },
  settings: tenant.settings,
  created_at: iso(tenant.createdAt),
  updated_at: iso(tenant.updatedAt),
  version: tenant.version,
});
export const presentPublicTenant = (tenant: TenantRecord): z.input<typeof publicTenantSchema> => ({
  id: tenant.id,
  slug: tenant.slug,
  name: tenant.name,
  currency: tenant.currency,
  country: tenant.country,
  locale: tenant.locale,
  branding: { ...tenant.branding },
  registration_open: tenant.settings.registration_open,
});
