import { Injectable } from '@nestjs/common';
import { ClockFollower } from '@autobroker/platform/app';
import { sweepJob } from './jobs';

/** When the time has moved, what has become due is read at once. */
@Injectable()
export class SourcesFollowClock extends ClockFollower {
  protected override async moved(now: Date, jobId: string): Promise<void> {
    await this.jobs.enqueueEventually(sweepJob, { moved_to: now.toISOString() }, { jobId });
  }
}
