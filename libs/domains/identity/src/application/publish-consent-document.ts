import { ok, refuse } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { auditedBy, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { Consents, type ConsentDocumentRecord } from './ports';

/** A published version never changes: what somebody agreed to must stay what it was. */
@Injectable()
export class PublishConsentDocument {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly consents: Consents,
  ) {}

  async execute(caller: Caller, document: ConsentDocumentRecord): Promise<Answer<void>> {
    return inTransaction(this.db, async (tx) => {
      if (!(await this.consents.publish(tx, document))) return refuse('already_exists', 'This version of this document is published already.');
      const { id, tenantId, kind, version, required } = document;
      await tx.audit({ ...auditedBy(caller), action: 'consent_document.published', object: { type: 'consent_document', id }, tenantId, after: { kind, version, required } });
      return ok(undefined);
    });
  }
}
