import { countrySchema, lineSchema } from '@autobroker/contracts';
import { buyerKinds, isCountryCode, signerRoles } from '@autobroker/kernel';
import { z } from 'zod';
import type { Party, PartyRole } from '../../application/party';

/** Pictures and signs alone name nobody: there would be nothing to put on paper. */
const line = lineSchema(200).refine((text) => /[\p{L}\p{N}]/u.test(text), { error: 'holds neither a letter nor a number' });

const partyBody = z
  .strictObject({
    name: line,
    kind: z.enum(buyerKinds),
    address: z.strictObject({
      line1: line,
      line2: line.nullable().default(null),
      postal_code: lineSchema(20),
      city: line,
      region: lineSchema(80, 0).nullable().default(null),
      country: countrySchema.refine(isCountryCode, { error: 'is no country of ISO 3166-1' }),
    }),
    email: z.email().max(254).nullable().default(null),
    vat_id: z.string().trim().regex(/^[A-Za-z]{2}[A-Za-z0-9 .+*-]{2,18}$/).nullable().default(null),
    licence_no: lineSchema(60, 0).nullable().default(null),
  });

/** Their part is known by where it is said; it may be said again, as it was read. */
const bodyOf = <R extends PartyRole | 'broker'>(role: R) => partyBody.extend({ role: z.literal(role).optional() });
export const buyerBody = bodyOf('buyer').meta({ id: 'OrderBuyerInput' });
export const sellerBody = bodyOf('seller').meta({ id: 'OrderSellerInput' });
export const brokerBody = bodyOf('broker').meta({ id: 'OrderBrokerInput' });

export const partySchema = z
  .strictObject({
    role: z.enum(signerRoles),
    name: z.string(),
    kind: z.enum(buyerKinds),
    address: z.strictObject({ line1: z.string(), line2: z.string().nullable(), postal_code: z.string(), city: z.string(), region: z.string().nullable(), country: countrySchema }),
    email: z.string().nullable(),
    vat_id: z.string().nullable(),
    licence_no: z.string().nullable(),
  })
  .meta({ id: 'OrderParty' });

export const partyOf = ({ name, kind, address, email, vat_id, licence_no }: z.output<typeof partyBody>, role: PartyRole | 'broker'): Party => ({
  role,
  name,
  kind,
  address: { line1: address.line1, line2: address.line2, postalCode: address.postal_code, city: address.city, region: address.region, country: address.country },
  email,
  vatId: vat_id,
  licenceNo: licence_no,
});

export const partyJson = ({ role, name, kind, address, email, vatId, licenceNo }: Party): z.output<typeof partySchema> => ({
  role,
  name,
  kind,
  address: { line1: address.line1, line2: address.line2, postal_code: address.postalCode, city: address.city, region: address.region, country: address.country },
  email,
  vat_id: vatId,
  licence_no: licenceNo,
});
