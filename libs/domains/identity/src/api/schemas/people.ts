import { permissionsOf } from '@autobroker/contracts';
import { z } from 'zod';
import type { PersonView } from '../../application/personal-data';
import type { InvitationRecord, UserRecord } from '../../application/ports';
import { iso, isoOrNull } from '../support';
import { emailSchema, idSchema, localeSchema, nameSchema, passwordSchema, permissionSchema, roleSchema, secretTextSchema, tierSchema, timestampSchema } from './common';

const account = {
  id: idSchema,
  tenant_id: idSchema.nullable(),
  status: z.enum(['active', 'disabled', 'erased']),
  roles: z.array(roleSchema),
  tier: tierSchema.nullable().meta({ description: 'Own tier; null: the tenant’s' }),
  email: z.string().nullable(),
  email_verified: z.boolean(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  telegram_username: z.string().nullable(),
  locale: z.string(),
  mfa_enabled: z.boolean(),
  last_login_at: timestampSchema.nullable(),
  created_at: timestampSchema,
  updated_at: timestampSchema,
  version: z.int(),
};
export const userSchema = z.strictObject({ ...account, held: z.boolean() }).meta({ id: 'User' });
export const meSchema = z
  .strictObject({ ...account, preferences: z.record(z.string(), z.unknown()), permissions: z.array(permissionSchema) })
  .meta({ id: 'Me' });

const present = (user: UserRecord, person: PersonView) => ({
  id: user.id,
  tenant_id: user.tenantId,
  status: user.status,
  roles: user.roles,
  tier: user.tier,
  email: person.email,
  email_verified: user.emailVerifiedAt !== null,
  name: person.name,
  phone: person.phone,
  telegram_username: person.telegramUsername,
  locale: user.locale,
  mfa_enabled: user.totpConfirmedAt !== null,
  last_login_at: isoOrNull(user.lastLoginAt),
  created_at: iso(user.createdAt),
  updated_at: iso(user.updatedAt),
  version: user.version,
});

export const presentUser = (user: UserRecord, person: PersonView): z.input<typeof userSchema> => ({
  ...present(user, person),
  held: user.holdReason !== null,
});
export const presentMe = (user: UserRecord, person: PersonView): z.input<typeof meSchema> => ({
  ...present(user, person),
  preferences: user.preferences,
  permissions: [...permissionsOf(user.roles)].sort(),
});

const phoneSchema = z.string().regex(/^\+[1-9]\d{6,14}$/, { error: 'is not an international phone number (+49…)' });
export const patchMeBody = z
  .strictObject({
    name: nameSchema.nullable().optional(),
    phone: phoneSchema.nullable().optional(),
    locale: localeSchema.optional(),
    preferences: z.record(z.string().regex(/^[a-z][a-z0-9_.]{0,60}$/), z.union([z.string().max(500), z.number(), z.boolean(), z.null()])).optional(),
  })
  .refine((body) => Object.keys(body).length > 0, { error: 'nothing to change' })
  .refine((body) => Object.keys(body.preferences ?? {}).length <= 100, { error: 'too many preferences' });

export const patchUserBody = z
  .strictObject({
    roles: z.array(roleSchema).min(1).max(8).optional(),
    status: z.enum(['active', 'disabled']).optional(),
    tier: tierSchema.nullable().optional().meta({ description: 'Operators only' }),
    hold_reason: z.string().trim().min(1).max(300).nullable().optional().meta({ description: 'A legal reason why the account may not be erased now; null lifts it' }),
    reason: z.string().trim().min(1).max(300).optional().meta({ description: 'For the audit log' }),
  })
  .refine(({ reason: _reason, ...change }) => Object.keys(change).length > 0, { error: 'nothing to change' });

export const invitationSchema = z
  .strictObject({
    id: idSchema,
    tenant_id: idSchema,
    email: z.string().nullable().meta({ description: 'Shortened in the answer to POST' }),
    roles: z.array(roleSchema),
    status: z.enum(['pending', 'accepted', 'revoked', 'expired']),
    invited_by: idSchema,
    accepted_by: idSchema.nullable(),
    created_at: timestampSchema,
    expires_at: timestampSchema,
    version: z.int(),
  })
  .meta({ id: 'Invitation' });
export const presentInvitation = (invitation: InvitationRecord, email: string | null, now: Date): z.input<typeof invitationSchema> => ({
  id: invitation.id,
  tenant_id: invitation.tenantId,
  email,
  roles: invitation.roles,
  status: invitation.status === 'pending' && invitation.expiresAt <= now ? 'expired' : invitation.status,
  invited_by: invitation.invitedBy,
  accepted_by: invitation.acceptedBy,
  created_at: iso(invitation.createdAt),
  expires_at: iso(invitation.expiresAt),
  version: invitation.version,
});
export const inviteBody = z.strictObject({ email: emailSchema, roles: z.array(roleSchema).min(1).max(8), locale: localeSchema.optional() });
export const acceptBody = z.strictObject({
  token: secretTextSchema,
  password: passwordSchema.meta({ description: 'Of the new account; an account that exists keeps its own' }),
  name: nameSchema.optional(),
  locale: localeSchema.optional(),
});
