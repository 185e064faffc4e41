import { idSchema, timestampSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import type { Document } from '../domain/document';

const tag = 'documents';
const etag = { etag: { description: 'Version of the document, for If-Match and If-None-Match' } };

export const documentSchema = z
  .strictObject({ id: idSchema, version: z.int().positive(), title: z.string(), created_at: timestampSchema, updated_at: timestampSchema })
  .meta({ id: 'Document' });

export const presentDocument = (document: Document): z.output<typeof documentSchema> => ({
  id: document.id,
  version: document.version,
  title: document.title,
  created_at: document.createdAt.toISOString(),
  updated_at: document.updatedAt.toISOString(),
});

export const createDocument = defineRoute({
  method: 'POST',
  path: '/documents',
  tag,
  summary: 'Open a document',
  access: can('document.write'),
  body: z.strictObject({ title: z.string().min(1).max(500) }),
  response: { status: 201, data: documentSchema, headers: { ...etag, location: { description: 'Address of the document' } } },
});

export const getDocument = defineRoute({
  method: 'GET',
  path: '/documents/:id',
  tag,
  summary: 'One document',
  access: can('document.read'),
  params: z.strictObject({ id: idSchema }),
  response: { status: 200, data: documentSchema, headers: etag },
  errors: ['not_found'],
});
