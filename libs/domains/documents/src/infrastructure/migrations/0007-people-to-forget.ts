import type { Migration } from '@autobroker/platform/database';

/** Who waits to be forgotten until what the law keeps of them is written. Files of the erased are looked at once more: some came after. */
export const peopleToForget: Migration = {
  id: '0007-people-to-forget',
  up: `
create table documents.people_to_forget (
  person_id uuid primary key,
  asked_at timestamptz not null,
  try_at timestamptz not null
);
create index people_to_forget_due on documents.people_to_forget (try_at);
update documents.documents set files_left = true, files_tries = 0, files_try_at = null where erased_at is not null and number is not null;
`,
};
