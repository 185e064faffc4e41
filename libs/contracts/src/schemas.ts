import { isCurrencyCode } from '@autobroker/kernel';
import { z } from 'zod';

/** Shapes that appear in more than one service's wire format. */
export const idSchema = z.uuid().meta({ id: 'Id', description: 'UUIDv7', example: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a' });

export const timestampSchema = z.iso
  .datetime()
  .meta({ id: 'Timestamp', description: 'RFC 3339, UTC', example: '2026-11-20T12:00:00.000Z' });

export const currencySchema = z
  .string()
  .refine((code) => isCurrencyCode(code), { error: 'is not an ISO 4217 currency' })
  .meta({ id: 'Currency', description: 'ISO 4217', example: 'EUR' });

export const moneySchema = z
  .strictObject({ amount: z.int(), currency: currencySchema })
  .meta({ id: 'Money', description: 'An amount in minor units of its currency', example: { amount: 1899000, currency: 'EUR' } });

export type MoneyJson = z.output<typeof moneySchema>;

/** ISO 3166-1 alpha-2. */
export const countrySchema = z.string().regex(/^[A-Z]{2}$/).meta({ id: 'Country', description: 'ISO 3166-1 alpha-2', example: 'DE' });

/** BCP 47 language tag, as far as the platform speaks it. */
export const localeSchema = z.enum(['en', 'de', 'it']).meta({ id: 'Locale' });
