import { buyerKinds, signerRoles } from '@autobroker/kernel';
import { z } from 'zod';

/** A party as it stands in a sealed text or a policy. */
export const partySchema = z.object({
  role: z.enum(signerRoles),
  name: z.string(),
  kind: z.enum(buyerKinds),
  address: z.object({ line1: z.string(), line2: z.string().nullable(), postalCode: z.string(), city: z.string(), region: z.string().nullable(), country: z.string() }),
  email: z.string().nullable(),
  vatId: z.string().nullable(),
  licenceNo: z.string().nullable(),
});
