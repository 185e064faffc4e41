import type { Migration } from '@autobroker/platform/database';

export const documents: Migration = {
  id: '0001-documents',
  up: `
create table documents.documents (
  id uuid primary key,
  tenant_id uuid not null,
  version integer not null,
  title text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index documents_of_tenant on documents.documents (tenant_id, id);
`,
};
