import { idSchema } from '@autobroker/contracts';
import { documentKinds } from '@autobroker/kernel';
import { can } from '@autobroker/platform/auth';
import { defineRoute, pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import { documentStates } from '../../domain/document';
import { languages } from '../../domain/paper/paper';
import { askBody, documentSchema, linkSchema, requestBody, requestSchema, signatureSchema, signBody, signingSchema } from '../schemas/document';

const tag = 'documents';
const params = z.strictObject({ id: idSchema });
const copy = z.strictObject({ copy: z.enum(['best', 'original']).default('best').meta({ description: '`original` is what was signed; `best` the copy with its signatures, where there is one' }) });

export const listDocuments = defineRoute({
  method: 'GET',
  path: '/orders/:id/documents',
  tag,
  summary: 'The documents of an order, in the order in which they were planned',
  access: can('document.read'),
  params,
  query: z.strictObject({ kind: z.enum(documentKinds).optional() }),
  description: 'For its buyer and the broker’s people. An order is known here a moment after it was placed.',
  response: { status: 200, data: z.array(documentSchema) },
  errors: ['not_found'],
});

export const listAllDocuments = defineRoute({
  method: 'GET',
  path: '/documents',
  tag,
  summary: 'The documents of all orders, latest first: what has ended, what waits, what has a problem',
  access: can('document.issue'),
  query: z.strictObject({
    ...pageQuery.shape,
    kind: z.array(z.enum(documentKinds)).optional(),
    state: z.array(z.enum(documentStates)).optional(),
    problem: z.string().min(1).max(500).optional().meta({ description: '`any` or `none`, or exactly this one, such as `file_missing`' }),
  }),
  description: 'For the broker’s people.',
  response: { status: 200, data: z.array(documentSchema), paginated: true },
  errors: ['not_found', 'page_too_deep', 'invalid_cursor'],
});

export const askForDocument = defineRoute({
  method: 'POST',
  path: '/orders/:id/documents',
  tag,
  summary: 'Issue a document by hand, correct one, or take an invoice back',
  description: 'Answers with the plan; its number and file follow in a moment. What is issued is never changed: a correction is a new version that says what it replaces, and for an invoice a corrected one with a number of its own.',
  access: can('document.issue', { auditRefusals: true }),
  params,
  body: askBody,
  response: { status: 202, data: documentSchema, headers: { location: { description: 'Address of the document' } } },
  errors: ['not_found', 'conflict'],
  idempotency: 'required',
});

export const previewDocument = defineRoute({
  method: 'POST',
  path: '/orders/:id/documents/preview',
  tag,
  summary: 'A draft, as it would be issued now',
  description: 'A PDF without a number, marked as a draft across its pages. It is kept nowhere.',
  access: can('document.issue'),
  params,
  body: z.strictObject({ kind: z.enum(documentKinds), language: z.enum(languages).optional() }),
  response: { status: 200, raw: 'application/pdf' },
  errors: ['not_found', 'nothing_owed', 'conflict', 'unavailable', 'upstream_failed', 'upstream_timeout'],
  idempotency: 'exempt',
});

export const getDocument = defineRoute({
  method: 'GET',
  path: '/documents/:id',
  tag,
  summary: 'One document, for its buyer and the broker’s people',
  access: can('document.read'),
  params,
  response: { status: 200, data: documentSchema },
  errors: ['not_found'],
});

export const documentContent = defineRoute({
  method: 'GET',
  path: '/documents/:id/content',
  tag,
  summary: 'The file of a document',
  description: 'Leads to a signed address that is good for a few minutes and needs no token.',
  access: can('document.read'),
  params,
  query: copy,
  response: { status: 302, raw: 'text/plain', headers: { location: { description: 'Address of the file' } } },
  errors: ['not_found', 'conflict'],
});

export const documentLink = defineRoute({
  method: 'GET',
  path: '/documents/:id/link',
  tag,
  summary: 'The signed address of a document’s file, as data',
  access: can('document.read'),
  params,
  query: copy,
  response: { status: 200, data: linkSchema },
  errors: ['not_found', 'conflict'],
});

export const listSignatures = defineRoute({
  method: 'GET',
  path: '/documents/:id/signatures',
  tag,
  summary: 'Who has signed a document, who has still to, and what they agree to',
  access: can('document.read'),
  params,
  response: { status: 200, data: signingSchema },
  errors: ['not_found'],
});

export const signDocument = defineRoute({
  method: 'POST',
  path: '/documents/:id/signatures',
  tag,
  summary: 'Sign a document, by click or by hand',
  description: 'Kept as evidence: who, when, a hash of the network address, the program, the hash of the file, and the text that was agreed to.',
  access: can('document.sign', { auditRefusals: true }),
  params,
  body: signBody,
  response: { status: 201, data: signatureSchema },
  errors: ['not_found', 'permission_denied', 'already_signed', 'conflict', 'file_unreadable'],
  idempotency: 'required',
});

export const listSignatureRequests = defineRoute({
  method: 'GET',
  path: '/documents/:id/signature-requests',
  tag,
  summary: 'Whom a signature service was asked for',
  access: can('document.issue'),
  params,
  response: { status: 200, data: z.array(requestSchema) },
  errors: ['not_found'],
});

export const requestSignature = defineRoute({
  method: 'POST',
  path: '/documents/:id/signature-requests',
  tag,
  summary: 'Have somebody without an account sign through a signature service',
  description: 'The service writes to them. What it says is fetched from it, and becomes a signature of this document.',
  access: can('document.issue', { auditRefusals: true }),
  params,
  body: requestBody,
  response: { status: 202, data: requestSchema },
  errors: ['not_found', 'conflict', 'already_signed', 'permission_denied'],
});
