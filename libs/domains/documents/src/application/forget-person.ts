import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { errors } from '@autobroker/platform/telemetry';
import type { DocumentRecord } from '../domain/document';
import { SealedContent } from './content';
import { DocumentFiles } from './document-files';
import { DocumentStore } from './ports';

/**
 * Somebody asked to be forgotten. What no law holds goes at once; what one holds stays as a file until its day, while what we
 * could still read of the person in the database can't be read any more. That there was a document, with its number, stays.
 */
@Injectable()
export class ForgetPerson {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly store: DocumentStore,
    private readonly sealed: SealedContent,
    private readonly files: DocumentFiles,
  ) {}

  async run(tx: Tx, personId: string): Promise<void> {
    const now = this.db.clock.now();
    const theirs = await this.store.ofBuyer(tx, personId);
    const gone: DocumentRecord[] = [];
    for (const document of theirs) {
      if (document.erasedAt !== null || (document.keptUntil !== null && document.keptUntil > now)) continue;
      if (document.state === 'planned') await this.store.withdraw(tx, document.id, 'person_erased');
      else if (document.state !== 'withdrawn') {
        await this.store.erase(tx, document.id, now);
        gone.push(document);
      }
    }
    await this.sealed.destroy(tx, personId);
    if (theirs.length > 0) await tx.audit({ actor: { kind: 'system', id: 'documents.forget' }, action: 'document.forgotten', object: { type: 'user', id: personId }, tenantId: null, after: { erased: gone.length, kept: theirs.length - gone.length } });
    tx.afterCommit(() => void this.removeFiles(gone));
  }

  /** Files whose rows are erased. One that stays because the store was away is tried again by the sweep. */
  private async removeFiles(documents: readonly DocumentRecord[]): Promise<void> {
    for (const document of documents) await this.files.removeErased(document).catch((error: unknown) => errors.report(error, 'documents.forget', { document_id: document.id }));
  }
}
