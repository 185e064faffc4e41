import { isCurrencyCode } from '@autobroker/kernel';
import { z } from 'zod';

/** Shapes that appear in more than one service's wire format. */
export const idSchema = z.uuid().meta({ id: 'Id', description: 'UUIDv7', example: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a' });

export const timestampSchema = z.iso
  .datetime()
  .meta({ id: 'Timestamp', description: 'RFC 3339, UTC', example: '2026-11-20T12:00:00.000Z' });

/** A year with a digit missing, or one too many, is no year that anybody meant. */
const isOfThisCentury = (text: string): boolean => text >= '2000' && text < '2100';
const century = { error: 'is not of this century' };
/** A moment, and a day, as people tell of them. */
export const toldTimeSchema = timestampSchema.refine(isOfThisCentury, century);
export const toldDaySchema = z.iso.date().refine(isOfThisCentury, century);

/** Control characters, line breaks, and the marks that make a text read otherwise than it stands. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
/** One line as people type it: a name, a street, a reference. It stands in papers, in mails and in signatures as it is. */
export const lineSchema = (max: number, min = 1) => (min === 0 ? z.string().trim() : z.string().trim().min(min)).max(max).refine((text) => !unseen.test(text), { error: 'has line breaks or other characters that are not seen' });

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
