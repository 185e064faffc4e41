import { consentChanged } from '@autobroker/contracts';
import { err, ok, refusal, uuidv7 } from '@autobroker/kernel';
import { databaseOf, type AuditEntry, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { auditedBy, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { Consents, Users } from './ports';

export interface ConsentChoice {
  readonly kind: string;
  readonly version: string;
  readonly granted: boolean;
}

@Injectable()
export class RecordConsent {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly consents: Consents,
    private readonly users: Users,
  ) {}

  async execute(caller: Caller, choice: ConsentChoice): Promise<Answer<void>> {
    return inTransaction(this.db, async (tx) => {
      const { id, kind } = caller.principal;
      if (id === null || kind !== 'user') return err(refusal('permission_denied', 'Only a signed-in person can do this.'));
      const user = await this.users.byId(tx, id);
      if (user === null) return err(refusal('not_found', 'There is no such account.'));
      const document = await this.consents.document(tx, user.tenantId, choice.kind, choice.version);
      if (document === null) return err(refusal('not_found', 'There is no such version of this document.'));
      if (document.required && !choice.granted) {
        return err(refusal('conflict', 'This consent ends with the account; erase the account to withdraw it.'));
      }
      await this.append(tx, user, choice, auditedBy(caller));
      return ok(undefined);
    });
  }

  async append(
    tx: Tx,
    person: { id: string; tenantId: string | null },
    choice: ConsentChoice,
    by: Pick<AuditEntry, 'actor' | 'from'>,
  ): Promise<void> {
    const now = this.db.clock.now();
    const { kind, version, granted } = choice;
    await this.consents.append(tx, {
      id: uuidv7(now),
      userId: person.id,
      tenantId: person.tenantId,
      kind,
      documentVersion: version,
      granted,
      at: now,
    });
    await tx.publish(consentChanged, {
      key: person.id,
      tenantId: person.tenantId,
      data: { user_id: person.id, kind, document_version: version, granted },
    });
    await tx.audit({
      ...by,
      action: granted ? 'consent.granted' : 'consent.withdrawn',
      object: { type: 'user', id: person.id },
      tenantId: person.tenantId,
      after: { kind, version },
    });
  }
}
