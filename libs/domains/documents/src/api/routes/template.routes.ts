import { documentKinds } from '@autobroker/kernel';
import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import { brandingBody, brandingSchema, templateBody, templateSchema } from '../schemas/template';

const tag = 'document templates';
const access = can('document_template.manage');
const params = z.strictObject({ kind: z.enum(documentKinds) });
const etag = { etag: { description: 'Version, for If-Match' } };

export const listTemplates = defineRoute({ method: 'GET', path: '/document-templates', tag, access, summary: 'The templates that are used now, one a kind', response: { status: 200, data: z.array(templateSchema) }, errors: ['not_found'] });

export const templateVersions = defineRoute({
  method: 'GET',
  path: '/document-templates/:kind/versions',
  tag,
  access,
  summary: 'All versions of a template, the one that is used first',
  params,
  response: { status: 200, data: z.array(templateSchema) },
  errors: ['not_found'],
});

export const publishTemplate = defineRoute({
  method: 'POST',
  path: '/document-templates/:kind/versions',
  tag,
  access,
  summary: 'Publish the next version of a template',
  description: 'Refused where a field or a text is missing that such a document must have, in one of the three languages. Issued documents stay as they are.',
  params,
  body: templateBody,
  response: { status: 201, data: templateSchema },
  errors: ['not_found'],
});

export const getBranding = defineRoute({ method: 'GET', path: '/document-branding', tag, access, summary: 'How the broker’s documents look', response: { status: 200, data: brandingSchema, headers: etag }, errors: ['not_found'] });

export const putBranding = defineRoute({
  method: 'PUT',
  path: '/document-branding',
  tag,
  access,
  summary: 'Change how the broker’s documents look',
  body: brandingBody,
  response: { status: 200, data: brandingSchema, headers: etag },
  errors: ['not_found', 'file_unreadable'],
});
