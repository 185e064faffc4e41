import { Injectable } from '@nestjs/common';
import { type JobContext, type JobData, JobHandler } from '@autobroker/platform/jobs';
import { IssueDocument } from '../application/issue-document';
import { followSignatureJob, issueDocumentJob, sealDocumentJob, sweepDocumentsJob } from '../application/jobs';
import { RequestSignatures } from '../application/request-signatures';
import { SealDocument } from '../application/seal-document';
import { SweepDocuments } from '../application/sweep-documents';

@Injectable()
@JobHandler(issueDocumentJob)
export class IssueDocumentProcessor {
  constructor(private readonly issuing: IssueDocument) {}

  run({ document_id: id }: JobData<typeof issueDocumentJob>, { signal }: JobContext): Promise<unknown> {
    return this.issuing.run(id, signal);
  }
}

@Injectable()
@JobHandler(sealDocumentJob)
export class SealDocumentProcessor {
  constructor(private readonly sealing: SealDocument) {}

  run({ document_id: id }: JobData<typeof sealDocumentJob>, { signal }: JobContext): Promise<unknown> {
    return this.sealing.run(id, signal);
  }
}

@Injectable()
@JobHandler(sweepDocumentsJob)
export class SweepDocumentsProcessor {
  constructor(private readonly sweeping: SweepDocuments) {}

  run(_data: JobData<typeof sweepDocumentsJob>, { signal }: JobContext): Promise<unknown> {
    return this.sweeping.run(signal);
  }
}

@Injectable()
@JobHandler(followSignatureJob)
export class FollowSignatureProcessor {
  constructor(private readonly requests: RequestSignatures) {}

  run({ request_id: id }: JobData<typeof followSignatureJob>): Promise<unknown> {
    return this.requests.follow(id);
  }
}
