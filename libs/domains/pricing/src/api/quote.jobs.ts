import { Injectable } from '@nestjs/common';
import { type JobContext, type JobData, JobHandler } from '@autobroker/platform/jobs';
import { keepQuotesJob } from '../application/quotes/jobs';
import { KeepQuotes } from '../application/quotes/keep-quotes';

@Injectable()
@JobHandler(keepQuotesJob)
export class KeepQuotesProcessor {
  constructor(private readonly keep: KeepQuotes) {}

  run(_data: JobData<typeof keepQuotesJob>, { signal }: JobContext): Promise<unknown> {
    return this.keep.run(signal);
  }
}
