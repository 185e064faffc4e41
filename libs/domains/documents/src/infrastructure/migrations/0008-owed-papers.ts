import type { Migration } from '@autobroker/platform/database';

/** What is owed is tried for as long as it takes: those that were given up, and have not ended, come again. */
export const owedPapers: Migration = {
  id: '0008-owed-papers',
  up: `
update documents.documents
   set try_at = now()
 where try_at is null and erased_at is null and ended_at is null
   and (state = 'numbered' or (state = 'issued' and signed_sha256 is null and cardinality(signers) > 0 and signed_by @> signers));
`,
};
