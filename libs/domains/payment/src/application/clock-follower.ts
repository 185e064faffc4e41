import { Injectable } from '@nestjs/common';
import { ClockFollower } from '@autobroker/platform/app';
import { sweepPaymentsJob, watchHoldsJob } from './jobs';

/** When the time has moved, holds that are about to end and payments that have run out are looked at at once. */
@Injectable()
export class PaymentsFollowClock extends ClockFollower {
  protected override async moved(_now: Date, jobId: string): Promise<void> {
    await this.jobs.enqueueEventually(watchHoldsJob, {}, { jobId });
    await this.jobs.enqueueEventually(sweepPaymentsJob, {}, { jobId });
  }
}
