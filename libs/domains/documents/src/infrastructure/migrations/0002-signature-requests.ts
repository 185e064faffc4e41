import type { Migration } from '@autobroker/platform/database';

export const signatureRequests: Migration = {
  id: '0002-signature-requests',
  up: `
create table documents.signature_requests (
  id uuid primary key,
  tenant_id uuid not null,
  document_id uuid not null references documents.documents (id),
  role text not null check (role in ('buyer', 'seller', 'broker')),
  state text not null check (state in ('wanted', 'open', 'signed', 'declined', 'withdrawn')),
  recipient_sealed text not null,
  provider_id text,
  provider_sha256 text,
  problem text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint signature_requests_provider_check check (state in ('wanted', 'withdrawn') or provider_id is not null)
);
create unique index signature_requests_one_open on documents.signature_requests (document_id, role) where state in ('wanted', 'open');
create index signature_requests_pending on documents.signature_requests (updated_at) where state in ('wanted', 'open');
create index signature_requests_of_document on documents.signature_requests (document_id, id);
`,
};
