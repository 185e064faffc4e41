import { databaseOf, type Database } from '@autobroker/platform/database';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { Inject, Injectable } from '@nestjs/common';
import { systemActor } from './caller';
import { identityConfig, type IdentityConfig } from './config';
import { PersonFile } from './person-file';
import { PrivacyExports } from './ports';
import { REAL_TIME, type RealTime } from './real-time';

/** Writes the file of an export. Run twice it writes the same object again. */
@Injectable()
export class BuildExport {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly exports: PrivacyExports,
    private readonly file: PersonFile,
    @Inject(objectStore) private readonly store: ObjectStore,
    @Inject(identityConfig.token) private readonly config: IdentityConfig,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async execute(exportId: string): Promise<void> {
    const request = await this.exports.byId(this.db, exportId);
    if (request === null || request.status !== 'queued') return;
    const user = await this.file.owner(request.userId);
    if (user === null) return this.db.transaction((tx) => this.exports.update(tx, exportId, { status: 'failed', completedAt: this.time.now() }));
    const body = Buffer.from(JSON.stringify(await this.file.compose(user), null, 2));
    const objectKey = `privacy-exports/${request.userId}/${exportId}.json`;
    await this.store.put(objectKey, body, { contentType: 'application/json' });
    const now = this.time.now();
    await this.db.transaction(async (tx) => {
      await this.exports.update(tx, exportId, {
        status: 'ready',
        objectKey,
        sizeBytes: body.length,
        completedAt: now,
        expiresAt: new Date(now.getTime() + this.config.exportLifeHours * 3_600_000),
      });
      await tx.audit({ actor: systemActor, action: 'privacy_export.completed', object: { type: 'user', id: user.id }, tenantId: user.tenantId });
      await this.file.announce(tx, user);
    });
  }

  /** Removes what has been downloadable long enough. */
  async expire(): Promise<number> {
    const due = await this.exports.expired(this.db, this.time.now());
    for (const request of due) {
      if (request.objectKey !== null) await this.store.delete(request.objectKey);
      await this.db.transaction((tx) => this.exports.update(tx, request.id, { status: 'expired', objectKey: null }));
    }
    return due.length;
  }
}
