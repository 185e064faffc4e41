import { documentKinds, signerRoles } from '@autobroker/kernel';
import { z } from 'zod';
import { defineEvent } from '../event';
import { idSchema, localeSchema, moneySchema, timestampSchema } from '../schemas';

const orderId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b90';
const documentId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4ba0';

export const documentIssued = defineEvent({
  type: 'document.issued.v1',
  service: 'documents',
  summary: 'A document is written, stored and can’t be changed any more.',
  data: z.strictObject({
    document_id: idSchema,
    order_id: idSchema,
    kind: z.enum(documentKinds),
    /** Without gaps for invoices and credit notes of a tenant and series. */
    number: z.string(),
    version: z.int().positive(),
    replaces: idSchema.nullable(),
    language: localeSchema,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** Who has to sign it. */
    signers: z.array(z.enum(signerRoles)),
    /** What an invoice or credit note comes to, as on its paper and in its data; absent where a document states no claim. */
    total: moneySchema.optional(),
    /** Where the days on it begin and end: that of the broker. Papers of before do not say it. */
    time_zone: z.string().min(1).max(60).optional(),
    issued_at: timestampSchema,
  }),
  fixture: {
    document_id: documentId,
    order_id: orderId,
    kind: 'mandate',
    number: 'M-2026-000123',
    version: 1,
    replaces: null,
    language: 'de',
    sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    signers: ['buyer', 'broker'],
    time_zone: 'Europe/Berlin',
    issued_at: '2026-11-20T12:00:03.000Z',
  },
});

export const documentSigned = defineEvent({
  type: 'document.signed.v1',
  service: 'documents',
  summary: 'Somebody signed a document. `complete` once everybody has who has to.',
  data: z.strictObject({
    document_id: idSchema,
    order_id: idSchema,
    kind: z.enum(documentKinds),
    version: z.int().positive(),
    role: z.enum(signerRoles),
    signed_by: idSchema.nullable(),
    complete: z.boolean(),
    signed_at: timestampSchema,
  }),
  fixture: { document_id: documentId, order_id: orderId, kind: 'mandate', version: 1, role: 'buyer', signed_by: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a', complete: true, signed_at: '2026-11-20T12:01:00.000Z' },
});

export const documentsEvents = [documentIssued, documentSigned] as const;
