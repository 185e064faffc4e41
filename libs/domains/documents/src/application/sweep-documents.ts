import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { errors } from '@autobroker/platform/telemetry';
import { documentPatience, filesPatience, signaturePatience } from '../domain/patience';
import { DocumentFiles } from './document-files';
import { ForgetPerson } from './forget-person';
import { followSignatureJob, issueDocumentJob, sealDocumentJob } from './jobs';
import { DocumentStore } from './ports';
import { SignatureRequestStore } from './signature-ports';
import { tellOverdue } from './watch-overdue';

const batch = 500;

/** Asks again for what was planned and never came, and lets go of what no law holds any more. */
@Injectable()
export class SweepDocuments {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly store: DocumentStore,
    private readonly jobs: Jobs,
    private readonly files: DocumentFiles,
    private readonly requests: SignatureRequestStore,
    private readonly forgetting: ForgetPerson,
  ) {}

  async run(signal: AbortSignal): Promise<{ readonly asked: number; readonly outlived: number }> {
    const now = this.db.clock.now();
    // Another id each time: a queue remembers one that has failed for a month, and would take it for a repeat.
    const turn = Math.floor(now.getTime() / 60_000);
    const due = await this.store.due(now, documentPatience, batch);
    for (const document of due) {
      signal.throwIfAborted();
      const { id, tenantId, state } = document;
      tellOverdue(document);
      await this.jobs.enqueue(state === 'issued' ? sealDocumentJob : issueDocumentJob, { document_id: id, tenant_id: tenantId }, { jobId: `${id}.${turn}`, priority: 'low' });
    }
    for (const id of await this.requests.due(now, signaturePatience, batch)) await this.jobs.enqueue(followSignatureJob, { request_id: id }, { jobId: `${id}.${turn}`, priority: 'low' });
    await this.forgetting.finish(now, batch, signal);
    const outlived = await this.store.outlived(now, batch);
    for (const document of outlived) {
      signal.throwIfAborted();
      await this.db.transaction((tx) => this.store.erase(tx, document.id, now));
    }
    await this.removeLeft(now, signal);
    return { asked: due.length, outlived: outlived.length };
  }

  /** One that can't be removed now does not hold up the others, and comes again behind them. */
  private async removeLeft(now: Date, signal: AbortSignal): Promise<void> {
    for (const document of await this.store.withFilesLeft(now, filesPatience, batch)) {
      signal.throwIfAborted();
      await this.files.removeErased(document).catch((error: unknown) => errors.report(error, 'documents.sweep', { document_id: document.id }));
    }
  }
}
