import { lineSchema, timestampSchema } from '@autobroker/contracts';
import { documentKinds, signerRoles } from '@autobroker/kernel';
import { z } from 'zod';
import { hasItsCheckDigits } from '../../domain/iban';
import { conditions } from '../../domain/paper/template';

const when = z.enum(conditions).optional();
const name = z.string().regex(/^[a-z][a-z0-9_]{0,60}$/);
const saying = z.string().trim().min(1).max(8_000);

const block = z.discriminatedUnion('block', [
  z.strictObject({ block: z.literal('text'), text: name, size: z.enum(['normal', 'lead', 'small']).optional(), when }),
  z.strictObject({ block: z.literal('heading'), text: name, when }),
  z.strictObject({ block: z.literal('parties'), roles: z.array(z.enum(signerRoles)).min(1).max(3), when }),
  z.strictObject({ block: z.literal('facts'), title: name.optional(), fields: z.array(z.string().max(60)).min(1).max(40), when }),
  z.strictObject({ block: z.literal('price'), when }),
  z.strictObject({ block: z.literal('invoice'), when }),
  z.strictObject({ block: z.literal('refunds'), when }),
  z.strictObject({ block: z.literal('clauses'), clauses: z.array(z.strictObject({ text: name, when })).min(1).max(60), when }),
  z.strictObject({ block: z.literal('choices'), texts: z.array(name).min(1).max(20), when }),
  z.strictObject({ block: z.literal('note'), text: name, when }),
  z.strictObject({ block: z.literal('signatures'), roles: z.array(z.enum(signerRoles)).min(1).max(3), when }),
]);

const content = {
  blocks: z.array(block).min(1).max(60),
  texts: z.record(name, z.strictObject({ en: saying, de: saying, it: saying })),
  settings: z.record(name, z.number()).default({}),
};

const asRead = { description: 'As it was read: what is published is the next version' };
export const templateBody = z.strictObject({
  kind: z.enum(documentKinds).optional().meta({ description: 'The one that the address names' }),
  version: z.int().min(0).optional().meta(asRead),
  created_at: timestampSchema.nullable().optional().meta(asRead),
  ...content,
});
export const templateSchema = z
  .strictObject({ kind: z.enum(documentKinds), version: z.int().min(0).meta({ description: '0 is what the platform ships with' }), ...content, created_at: timestampSchema.nullable() })
  .meta({ id: 'DocumentTemplate' });

const line = (max: number) => lineSchema(max).nullable();

/** At most so many bytes of a picture: it is in every document. */
const logoBase64 = 200_000;

const brandingFields = {
  trade_name: line(100),
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  logo: z.strictObject({ type: z.enum(['image/png', 'image/jpeg']), base64: z.base64().max(logoBase64) }).nullable(),
  phone: line(60),
  email: z.email().nullable(),
  website: line(120),
  tax_number: line(60),
  registration: line(120),
  bank: z.strictObject({ holder: lineSchema(70), iban: z.string().regex(/^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$/).refine(hasItsCheckDigits, { error: 'has check digits that are not those of its number' }), bic: z.string().regex(/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/).nullable(), name: line(70) }).nullable(),
  time_zone: z.string().refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', { error: 'is not a time zone' }),
};
export const brandingBody = z.strictObject({ ...brandingFields, version: z.int().min(0).optional().meta({ description: 'As it was read: `If-Match` is what counts' }) });
export const brandingSchema = z.strictObject({ ...brandingFields, version: z.int().min(0) }).meta({ id: 'DocumentBranding' });
