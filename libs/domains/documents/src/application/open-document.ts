import { Inject, Injectable } from '@nestjs/common';
import { documentOpened } from '@autobroker/contracts';
import { uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import { databaseOf, scopeOf, type AuditEntry, type Database } from '@autobroker/platform/database';
import { openDocument, type Document } from '../domain/document';
import { DocumentStore } from './ports';

/** On whose behalf, and from where: for the audit log. */
export interface Requester extends Pick<AuditEntry, 'actor' | 'from'> {
  readonly tenantId: string;
}

@Injectable()
export class OpenDocument {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly store: DocumentStore,
  ) {}

  async run(input: { readonly title: string }, by: Requester): Promise<Result<Document, Refusal<'validation_failed'>>> {
    const now = this.db.clock.now();
    const opened = openDocument({ id: uuidv7(now), tenantId: by.tenantId, title: input.title, at: now });
    if (!opened.ok) return opened;
    const document = opened.value;
    await this.db.transaction(async (tx) => {
      await this.store.insert(scopeOf(by), tx, document);
      await tx.audit({
        actor: by.actor,
        ...(by.from === undefined ? {} : { from: by.from }),
        action: 'document.opened',
        object: { type: 'document', id: document.id },
        tenantId: by.tenantId,
        after: { title: document.title },
      });
      await tx.publish(documentOpened, {
        key: document.id,
        tenantId: by.tenantId,
        data: { document_id: document.id, version: document.version },
      });
    });
    return opened;
  }
}
