import { databaseOf, type AuditEntry, type Database, type Tx } from '@autobroker/platform/database';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { Inject, Injectable } from '@nestjs/common';
import { PersonalData } from './personal-data';
import { OidcProviders, PrivacyExports, Users, type UserRecord } from './ports';
import { RevokeApiKeys } from './revoke-api-keys';
import { SessionEnder } from './session-ender';

@Injectable()
export class PersonExportFiles {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly exports: PrivacyExports,
    @Inject(objectStore) private readonly store: ObjectStore,
  ) {}

  async removeAll(userId: string): Promise<void> {
    for (const { id, objectKey } of await this.exports.list(this.db, userId)) {
      if (objectKey === null) continue;
      await this.store.delete(objectKey);
      await this.db.transaction((tx) => this.exports.update(tx, id, { status: 'expired', objectKey: null }));
    }
  }
}

/** The parts of an erasure. */
@Injectable()
export class ErasureSteps {
  constructor(
    private readonly ender: SessionEnder,
    private readonly apiKeys: RevokeApiKeys,
    private readonly users: Users,
    private readonly links: OidcProviders,
    private readonly personal: PersonalData,
    private readonly files: PersonExportFiles,
  ) {}

  async closeDoors(tx: Tx, user: UserRecord, by: Pick<AuditEntry, 'actor' | 'from'>): Promise<void> {
    await this.ender.end(tx, user, 'erased', by);
    await this.apiKeys.allOf(tx, user, by);
    await this.links.unlinkAll(tx, user.id);
    // Network addresses and browsers are personal data too; waiting tokens hold what was typed into a form.
    await this.users.forgetTraces(tx, user.id);
  }

  async destroyKey(tx: Tx, userId: string): Promise<void> {
    await this.personal.destroy(tx, userId);
  }

  /** Files are no part of a transaction; what is left behind by a crash expires by itself. */
  async afterwards(userId: string): Promise<void> {
    await this.files.removeAll(userId);
  }
}
