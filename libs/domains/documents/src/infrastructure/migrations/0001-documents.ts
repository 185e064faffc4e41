import type { Migration } from '@autobroker/platform/database';

export const documents: Migration = {
  id: '0001-documents',
  up: `
create table documents.sales (
  order_id uuid primary key,
  tenant_id uuid not null,
  buyer_id uuid not null,
  version integer not null,
  state text not null,
  locale text,
  facts jsonb not null,
  requested_at timestamptz,
  delivered_at timestamptz,
  updated_at timestamptz not null
);
create index sales_of_buyer on documents.sales (buyer_id);

create table documents.documents (
  id uuid primary key,
  tenant_id uuid not null,
  order_id uuid not null,
  buyer_id uuid,
  kind text not null,
  occasion text not null,
  version integer not null,
  state text not null check (state in ('planned', 'numbered', 'issued', 'withdrawn')),
  language text,
  number text,
  replaces uuid references documents.documents (id),
  reason text,
  context jsonb not null,
  template_version integer,
  figures jsonb,
  content_sealed text,
  content_hash text,
  object_key text,
  sha256 text,
  size integer,
  signed_object_key text,
  signed_sha256 text,
  signed_size integer,
  signers text[] not null default '{}',
  signed_by text[] not null default '{}',
  problem text,
  planned_at timestamptz not null,
  numbered_at timestamptz,
  issued_at timestamptz,
  kept_until timestamptz,
  erased_at timestamptz,
  constraint documents_number_check check ((state in ('numbered', 'issued')) = (number is not null)),
  constraint documents_file_check check ((state = 'issued') = (sha256 is not null))
);
create unique index documents_once on documents.documents (tenant_id, order_id, kind, occasion, version);
create unique index documents_number on documents.documents (tenant_id, number, version) where number is not null;
create index documents_of_order on documents.documents (tenant_id, order_id, id);
create index documents_of_buyer on documents.documents (buyer_id);
create index documents_pending on documents.documents (planned_at) where state in ('planned', 'numbered');
create index documents_replaced on documents.documents (replaces) where replaces is not null;

create table documents.number_series (
  tenant_id uuid not null,
  series text not null,
  last integer not null check (last > 0),
  primary key (tenant_id, series)
);

create table documents.signatures (
  id uuid primary key,
  tenant_id uuid not null,
  document_id uuid not null references documents.documents (id),
  role text not null check (role in ('buyer', 'seller', 'broker')),
  method text not null check (method in ('click', 'drawn', 'on_paper', 'provider')),
  signed_by uuid,
  document_sha256 text not null,
  ip_hash text,
  consent text not null,
  evidence_sealed text,
  previous_hash text,
  evidence_hash text not null,
  signed_at timestamptz not null
);
create unique index signatures_once on documents.signatures (document_id, role);

create table documents.templates (
  id uuid primary key,
  tenant_id uuid not null,
  kind text not null,
  version integer not null check (version > 0),
  content jsonb not null,
  created_by uuid,
  created_at timestamptz not null
);
create unique index templates_version on documents.templates (tenant_id, kind, version);

create table documents.branding (
  id uuid primary key,
  tenant_id uuid not null,
  version integer not null,
  content jsonb not null,
  updated_at timestamptz not null
);
create unique index branding_of_tenant on documents.branding (tenant_id);
`,
};
