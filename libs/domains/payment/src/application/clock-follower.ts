import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from '@autobroker/kernel';
import { CLOCK, onClockMoved } from '@autobroker/platform/app';
import { Jobs } from '@autobroker/platform/jobs';
import { sweepPaymentsJob, watchHoldsJob } from './jobs';

/** When the sandbox moves the time, holds that are about to end and payments that have run out are looked at at once. */
@Injectable()
export class ClockFollower implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: () => void = () => undefined;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = onClockMoved(this.clock, async (now) => {
      // Every process hears of it; one of each is enough.
      const jobId = `moved-${Math.floor(now.getTime() / 60_000)}`;
      await this.jobs.enqueueEventually(watchHoldsJob, {}, { jobId });
      await this.jobs.enqueueEventually(sweepPaymentsJob, {}, { jobId });
    });
  }

  onApplicationShutdown(): void {
    this.stop();
  }
}
