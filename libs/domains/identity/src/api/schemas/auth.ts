import { z } from 'zod';
import type { SignedIn } from '../../application/session-starter';
import { iso } from '../support';
import { codeSchema, emailSchema, idSchema, localeSchema, nameSchema, passwordSchema, recoveryCodeSchema, roleSchema, secretTextSchema, timestampSchema } from './common';

export const consentChoiceSchema = z.strictObject({ kind: z.string().min(1).max(60), version: z.string().min(1).max(60), granted: z.boolean() });

export const registerBody = z.strictObject({
  email: emailSchema,
  password: passwordSchema,
  name: nameSchema.optional(),
  locale: localeSchema.optional(),
  consents: z.array(consentChoiceSchema).max(20).optional().meta({ description: 'Documents agreed to; see GET /consent-documents' }),
});
export const loginBody = z.strictObject({ email: z.string().min(1).max(320), password: z.string().max(1_024) });
export const mfaLoginBody = z
  .strictObject({ mfa_token: secretTextSchema, code: codeSchema.optional(), recovery_code: recoveryCodeSchema.optional() })
  .refine((body) => (body.code === undefined) !== (body.recovery_code === undefined), { error: 'send either code or recovery_code' });
export const refreshBody = z.strictObject({ refresh_token: secretTextSchema });
export const emailBody = z.strictObject({ email: emailSchema });
export const tokenBody = z.strictObject({ token: secretTextSchema });
export const resetBody = z.strictObject({ token: secretTextSchema, password: passwordSchema });
export const changePasswordBody = z.strictObject({ current_password: z.string().max(1_024), new_password: passwordSchema });
export const confirmBody = z.strictObject({ password: z.string().max(1_024).optional() });
export const codeBody = z.strictObject({ code: codeSchema });
export const disableMfaBody = z
  .strictObject({ password: z.string().max(1_024).optional(), code: codeSchema.optional(), recovery_code: recoveryCodeSchema.optional() })
  .refine((body) => (body.code === undefined) !== (body.recovery_code === undefined), { error: 'send either code or recovery_code' });
export const renewCodesBody = z.strictObject({ password: z.string().max(1_024).optional(), code: codeSchema });

export const tokensSchema = z
  .strictObject({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int(),
    refresh_token: z.string(),
    refresh_expires_at: timestampSchema,
    session_id: idSchema,
    user: z.strictObject({ id: idSchema, tenant_id: idSchema.nullable(), roles: z.array(roleSchema) }),
    mfa_enrolment_required: z.boolean().meta({ description: 'Staff of this broker need a second factor: until it is set up, the token does nothing else' }),
  })
  .meta({ id: 'Tokens' });

export const presentTokens = (signedIn: SignedIn): z.input<typeof tokensSchema> => ({
  access_token: signedIn.accessToken,
  token_type: 'Bearer',
  expires_in: signedIn.expiresInS,
  refresh_token: signedIn.refreshToken,
  refresh_expires_at: iso(signedIn.refreshExpiresAt),
  session_id: signedIn.sessionId,
  user: { id: signedIn.userId, tenant_id: signedIn.tenantId, roles: [...signedIn.roles] },
  mfa_enrolment_required: signedIn.mfaEnrolmentRequired,
});

export const sessionSchema = z
  .strictObject({
    id: idSchema,
    current: z.boolean(),
    methods: z.array(z.string()),
    user_agent: z.string().nullable(),
    ip: z.string().nullable(),
    created_at: timestampSchema,
    last_used_at: timestampSchema,
    expires_at: timestampSchema,
  })
  .meta({ id: 'Session' });
export const enrolmentSchema = z.strictObject({ secret: z.string(), otpauth_url: z.string() }).meta({ id: 'TotpEnrolment' });
export const recoveryCodesSchema = z.strictObject({ recovery_codes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });
export const mfaStatusSchema = z.strictObject({ totp_enabled: z.boolean(), recovery_codes_left: z.int() }).meta({ id: 'MfaStatus' });
