import type { Migration } from '@autobroker/platform/database';

/** What is owed is tried for as long as it takes: those that were given up, and have not ended, come again. And lists across orders. */
export const owedPapers: Migration = {
  id: '0008-owed-papers',
  up: `
update documents.documents
   set try_at = now()
 where try_at is null and erased_at is null and ended_at is null
   and (state = 'numbered' or (state = 'issued' and signed_sha256 is null and cardinality(signers) > 0 and signed_by @> signers));

create index documents_of_state on documents.documents (tenant_id, state, id);
create index documents_with_problem on documents.documents (tenant_id, id) where problem is not null;
`,
};
