import { indexesInUse } from '@autobroker/platform/database';

/** The broker's people look through the papers of all orders. */
export const listsOfPapers = indexesInUse({
  id: '0009-lists-of-papers',
  create: [
    'create index concurrently documents_of_state on documents.documents (tenant_id, state, id)',
    'create index concurrently documents_with_problem on documents.documents (tenant_id, id) where problem is not null',
  ],
});
