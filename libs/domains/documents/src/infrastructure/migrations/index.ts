import type { Migration } from '@autobroker/platform/database';
import { documents } from './0001-documents';
import { signatureRequests } from './0002-signature-requests';
import { patience } from './0003-patience';
import { filesLeft } from './0004-files-left';
import { ends } from './0005-ends';
import { filesPatience } from './0006-files-patience';
import { peopleToForget } from './0007-people-to-forget';
import { owedPapers } from './0008-owed-papers';
import { listsOfPapers } from './0009-lists-of-papers';

/** Forward only and in this order: once it has run anywhere, a migration never changes. */
export const documentsMigrations: readonly Migration[] = [documents, signatureRequests, patience, filesLeft, ends, filesPatience, peopleToForget, owedPapers, listsOfPapers];
