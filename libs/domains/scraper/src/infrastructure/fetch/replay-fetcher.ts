import { Injectable } from '@nestjs/common';
import { requestKey } from '../../application/request-key';
import { Captures, type FetchContext, type FetchJob, type FetchOutcome, PageFetcher } from '../../application/ports';

/** Answers from what an earlier run has kept; the network is not asked. */
@Injectable()
export class ReplayFetcher extends PageFetcher {
  override readonly name = 'replay';
  override readonly batch = 1;

  constructor(private readonly captures: Captures) {
    super();
  }

  override fetch(jobs: readonly FetchJob[], context: FetchContext): Promise<FetchOutcome[]> {
    return Promise.all(jobs.map((job) => this.one(job, context)));
  }

  private async one({ request }: FetchJob, { replayOf }: FetchContext): Promise<FetchOutcome> {
    const row = replayOf === null ? null : await this.captures.findByRequest(replayOf, requestKey(request));
    const page = row === null ? null : await this.captures.read(row);
    if (page === null) return { ok: false, error: 'not_captured', detail: 'the earlier run has not kept this page', retryAfterMs: null };
    return { ok: true, notModified: false, page, validators: { etag: null, lastModified: null } };
  }
}
