import type { Migration } from '@autobroker/platform/database';

/** What can't be issued or sealed any more has an end. Those of before that are stuck come once more, and end with a row on record. */
export const ends: Migration = {
  id: '0005-ends',
  up: `
alter table documents.documents
  add column ended_at timestamptz,
  drop constraint documents_state_check,
  drop constraint documents_number_check,
  add constraint documents_state_check check (state in ('planned', 'numbered', 'issued', 'withdrawn', 'void')),
  add constraint documents_number_check check ((state in ('numbered', 'issued', 'void')) = (number is not null)),
  add constraint documents_ended_check check (state <> 'void' or ended_at is not null);
update documents.documents
   set tries = 0, try_at = coalesce(issued_at, numbered_at)
 where erased_at is null and problem in ('content_differs', 'evidence_differs', 'person_erased')
   and (state = 'numbered' or (state = 'issued' and signed_sha256 is null and cardinality(signers) > 0 and signed_by @> signers));
`,
};
