import type { Migration } from '@autobroker/platform/database';

/** Files that don't go are tried ever more rarely, behind all others. */
export const filesPatience: Migration = {
  id: '0006-files-patience',
  up: `
alter table documents.documents add column files_tries integer not null default 0 check (files_tries >= 0), add column files_try_at timestamptz;
drop index documents.documents_files_left;
create index documents_files_left on documents.documents (coalesce(files_try_at, erased_at)) where files_left;
`,
};
