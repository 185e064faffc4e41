import { idSchema, lineSchema, localeSchema, moneySchema, timestampSchema } from '@autobroker/contracts';
import { documentKinds, signerRoles } from '@autobroker/kernel';
import { z } from 'zod';
import { signatureMethods, type SignatureRecord } from '../../application/ports';
import { requestStates, type SignatureRequestRecord } from '../../application/signature-ports';
import { type DocumentRecord, documentStates, isComplete } from '../../domain/document';
import { payable } from '../../domain/invoice/figures';
import { consentFor } from '../../domain/signing/consent';

const sha = z.string().regex(/^[0-9a-f]{64}$/);

export const documentSchema = z
  .strictObject({
    id: idSchema,
    order_id: idSchema,
    kind: z.enum(documentKinds),
    state: z.enum(documentStates).meta({ description: '`planned` has no number yet; `withdrawn` never gets one; `void` has one, and can’t be issued' }),
    number: z.string().nullable(),
    version: z.int().positive(),
    language: localeSchema.nullable(),
    replaces: idSchema.nullable().meta({ description: 'The document whose place this one takes' }),
    replaced_by: idSchema.nullable(),
    credits: idSchema.nullable().meta({ description: 'The invoice that a credit note takes back' }),
    reason: z.string().nullable(),
    total: moneySchema.nullable().meta({ description: 'Of an invoice or a credit note' }),
    vat_treatment: z.string().nullable(),
    sha256: sha.nullable(),
    signed_sha256: sha.nullable().meta({ description: 'Of the copy with the signatures, once everybody has signed' }),
    size: z.int().nullable(),
    template_version: z.int().nullable().meta({ description: '0 is what the platform ships with' }),
    signers: z.array(z.enum(signerRoles)),
    signed_by: z.array(z.enum(signerRoles)),
    complete: z.boolean().meta({ description: 'Whether everybody has signed who has to' }),
    problem: z.string().nullable().meta({ description: 'Why it can’t be issued as things are, for the broker’s people' }),
    erased: z.boolean(),
    planned_at: timestampSchema,
    issued_at: timestampSchema.nullable(),
    ended_at: timestampSchema.nullable().meta({ description: 'Since when nobody tries any more to issue it, or to write its signed copy: another version takes its place' }),
  })
  .meta({ id: 'Document' });

export function presentDocument(document: DocumentRecord, { replacedBy, isStaff }: { readonly replacedBy: string | null; readonly isStaff: boolean }): z.output<typeof documentSchema> {
  const { figures } = document;
  return {
    id: document.id,
    order_id: document.orderId,
    kind: document.kind,
    state: document.state,
    number: document.number,
    version: document.version,
    language: document.language,
    replaces: document.replaces,
    replaced_by: replacedBy,
    credits: document.context.credits ?? null,
    reason: document.reason,
    total: figures === null ? null : { amount: payable(figures), currency: figures.currency },
    vat_treatment: figures?.treatment ?? null,
    sha256: document.file?.sha256 ?? null,
    signed_sha256: document.signedFile?.sha256 ?? null,
    size: document.file?.size ?? null,
    template_version: document.templateVersion,
    signers: [...document.signers],
    signed_by: [...document.signedBy],
    complete: isComplete(document),
    problem: isStaff ? document.problem : null,
    erased: document.erasedAt !== null,
    planned_at: document.plannedAt.toISOString(),
    issued_at: document.issuedAt?.toISOString() ?? null,
    ended_at: document.endedAt?.toISOString() ?? null,
  };
}

export const linkSchema = z.strictObject({ url: z.url(), expires_at: timestampSchema, sha256: sha, size: z.int().positive() }).meta({ id: 'DocumentLink' });

export const signatureSchema = z
  .strictObject({
    id: idSchema,
    role: z.enum(signerRoles),
    method: z.enum(signatureMethods),
    signed_by: idSchema.nullable(),
    document_sha256: sha,
    consent: z.string(),
    evidence_hash: sha.meta({ description: 'SHA-256 of all that is kept of the signature, and of the hash before it' }),
    previous_hash: sha.nullable(),
    signed_at: timestampSchema,
  })
  .meta({ id: 'Signature' });

export const presentSignature = (signature: SignatureRecord): z.output<typeof signatureSchema> => ({
  id: signature.id,
  role: signature.role,
  method: signature.method,
  signed_by: signature.signedBy,
  document_sha256: signature.documentSha256,
  consent: signature.consent,
  evidence_hash: signature.evidenceHash,
  previous_hash: signature.previousHash,
  signed_at: signature.signedAt.toISOString(),
});

export const signingSchema = z
  .strictObject({
    signatures: z.array(signatureSchema),
    outstanding: z.array(z.enum(signerRoles)),
    sha256: sha.nullable().meta({ description: 'Of the file to be signed: it is sent back with the signature' }),
    consent: z.string().nullable().meta({ description: 'To be shown to whoever signs, word for word' }),
  })
  .meta({ id: 'Signing' });

export function presentSigning(document: DocumentRecord, signatures: readonly SignatureRecord[]): z.output<typeof signingSchema> {
  const { kind, number, language, file } = document;
  return {
    signatures: signatures.map(presentSignature),
    outstanding: document.signers.filter((role) => !document.signedBy.includes(role)),
    sha256: file?.sha256 ?? null,
    consent: file === null || number === null || language === null || document.signers.length === 0 ? null : consentFor({ kind, number, sha256: file.sha256, language }),
  };
}

const drawn = z.union([
  z.strictObject({ path: z.string().min(1).max(20_000).meta({ description: 'An SVG path of M, L, Q, C and Z' }), width: z.number().min(20).max(4_000), height: z.number().min(20).max(4_000) }),
  z.strictObject({ png: z.base64().max(280_000).meta({ description: 'A PNG of at most 200 kB' }) }),
]);

export const signBody = z.strictObject({
  role: z.enum(signerRoles).default('buyer'),
  method: z.enum(['click', 'drawn', 'on_paper']).meta({ description: '`on_paper`: what was signed by hand, recorded by the broker’s people' }),
  name: lineSchema(200, 2),
  sha256: sha.meta({ description: 'Of the file that was read' }),
  consent: z.literal(true).meta({ description: 'To the text that GET …/signatures gives' }),
  drawn: drawn.optional(),
  note: z.string().trim().min(1).max(500).optional(),
});

export const askBody = z.strictObject({
  kind: z.enum(documentKinds),
  language: localeSchema.optional(),
  replaces: idSchema.optional().meta({ description: 'Corrects this document: the next version says that it takes its place' }),
  credits: idSchema.optional().meta({ description: 'The invoice that a credit note takes back' }),
  reason: z.string().trim().min(1).max(500).optional(),
});

export const requestBody = z.strictObject({ role: z.enum(signerRoles), name: lineSchema(200, 2), email: z.email().max(254) });

export const requestSchema = z
  .strictObject({ id: idSchema, role: z.enum(signerRoles), state: z.enum(requestStates), provider_sha256: sha.nullable().meta({ description: 'Of the file that the service has signed' }), problem: z.string().nullable(), created_at: timestampSchema, updated_at: timestampSchema })
  .meta({ id: 'SignatureRequest' });

export const presentRequest = ({ id, role, state, providerSha256, problem, createdAt, updatedAt }: SignatureRequestRecord): z.output<typeof requestSchema> => ({ id, role, state, provider_sha256: providerSha256, problem, created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() });
