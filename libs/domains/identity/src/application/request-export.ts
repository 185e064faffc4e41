import { ok, refuse, uuidv7 } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { defineJob, Jobs } from '@autobroker/platform/jobs';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { auditedBy, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { PrivacyExports, type PrivacyExportRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';

export const buildExport = defineJob({
  name: 'build-privacy-export',
  queue: 'identity.default',
  data: z.strictObject({ export_id: z.uuid() }),
});

const linkLifeS = 300;
const missing = refuse('not_found', 'There is no such export.');

/** What we hold about a person, for that person. Made by a job, fetched by a short signed link, gone after some days. */
@Injectable()
export class RequestExport {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly exports: PrivacyExports,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(objectStore) private readonly store: ObjectStore,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async execute(caller: Caller): Promise<Answer<PrivacyExportRecord>> {
    const { id: userId, kind, tenantId } = caller.principal;
    if (kind !== 'user' || userId === null) return refuse('permission_denied', 'Only a signed-in person can do this.');
    const request: PrivacyExportRecord = {
      id: uuidv7(this.time.now()),
      userId,
      tenantId,
      status: 'queued',
      objectKey: null,
      sizeBytes: null,
      requestedAt: this.time.now(),
      completedAt: null,
      expiresAt: null,
    };
    const answer = await inTransaction(this.db, async (tx) => {
      const open = await this.exports.open(tx, userId);
      if (open !== null) return ok(open);
      await this.exports.insert(tx, request);
      await tx.audit({ ...auditedBy(caller), action: 'privacy_export.requested', object: { type: 'user', id: userId }, tenantId });
      return ok(request);
    });
    // An export that was asked for before and whose job got lost is put into the queue again by this.
    if (answer.ok) await this.jobs.enqueueEventually(buildExport, { export_id: answer.value.id }, { jobId: answer.value.id });
    return answer;
  }

  list(caller: Caller): Promise<readonly PrivacyExportRecord[]> {
    return this.exports.list(this.db, caller.principal.id ?? '');
  }

  async get(caller: Caller, id: string): Promise<Answer<{ record: PrivacyExportRecord; downloadUrl: string | null }>> {
    const record = await this.exports.find(this.db, caller.principal.id ?? '', id);
    if (record === null) return missing;
    const ready = record.status === 'ready' && record.objectKey !== null && record.expiresAt !== null && record.expiresAt > this.time.now();
    const downloadUrl = ready && record.objectKey !== null ? await this.store.signedUrl(record.objectKey, { expiresInS: linkLifeS }) : null;
    return ok({ record, downloadUrl });
  }
}
