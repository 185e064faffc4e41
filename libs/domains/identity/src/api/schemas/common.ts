import { idSchema, localeSchema, permissions, roles, tiers, timestampSchema } from '@autobroker/contracts';
import { z } from 'zod';
import { isEmail } from '../../domain/email';

export { idSchema, localeSchema, timestampSchema };

export const idParams = z.strictObject({ id: idSchema });
export const roleSchema = z.enum(roles).meta({ id: 'Role' });
export const tierSchema = z.enum(tiers).meta({ id: 'Tier' });
export const permissionSchema = z.enum(permissions).meta({ id: 'Permission' });

/** Kept as it was typed; lookups use the normalised spelling. */
export const emailSchema = z
  .string()
  .max(254)
  .refine(isEmail, { error: 'is not an e-mail address' })
  .meta({ id: 'Email', description: 'E-mail address', example: 'ada@example.com' });

/** The policy is checked in the use case; this bounds the work only. */
export const passwordSchema = z.string().min(1).max(1_024).meta({ description: 'At least 10 characters, at most 128 bytes', format: 'password' });
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), { error: 'holds control characters' });
export const secretTextSchema = z.string().min(1).max(300);
export const codeSchema = z.string().regex(/^\d{6}$/, { error: 'is six digits' });
export const recoveryCodeSchema = z.string().min(8).max(20);
export const acceptedSchema = z.strictObject({ status: z.literal('accepted') });
