import type { Migration } from '@autobroker/platform/database';

export const patience: Migration = {
  id: '0003-patience',
  up: `
alter table documents.documents add column tries integer not null default 0 check (tries >= 0), add column try_at timestamptz;
update documents.documents
   set try_at = coalesce(issued_at, planned_at)
 where erased_at is null
   and (state in ('planned', 'numbered') or (state = 'issued' and signed_sha256 is null and cardinality(signers) > 0 and signed_by @> signers));
drop index documents.documents_pending;
create index documents_due on documents.documents (try_at) where try_at is not null;

alter table documents.signature_requests add column tries integer not null default 0 check (tries >= 0), add column try_at timestamptz;
update documents.signature_requests set try_at = updated_at where state in ('wanted', 'open');
drop index documents.signature_requests_pending;
create index signature_requests_due on documents.signature_requests (try_at) where try_at is not null;
`,
};
