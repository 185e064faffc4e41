import type { Migration } from '@autobroker/platform/database';

/** What an erased document still has in the store. Those of before are looked at once more: nobody has noted which were removed. */
export const filesLeft: Migration = {
  id: '0004-files-left',
  up: `
alter table documents.documents add column files_left boolean not null default false;
update documents.documents set files_left = true where erased_at is not null and object_key is not null;
create index documents_files_left on documents.documents (erased_at) where files_left;
`,
};
