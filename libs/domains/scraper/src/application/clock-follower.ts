import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CLOCK, onClockMoved } from '@autobroker/platform/app';
import type { Clock } from '@autobroker/kernel';
import { Jobs } from '@autobroker/platform/jobs';
import { sweepJob } from './jobs';

/** When the sandbox moves the time, what has become due is read at once. */
@Injectable()
export class ClockFollower implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: () => void = () => undefined;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = onClockMoved(this.clock, async (now) => {
      // Every process hears of it; one sweep is enough.
      await this.jobs.enqueueEventually(sweepJob, { moved_to: now.toISOString() }, { jobId: `moved-${Math.floor(now.getTime() / 60_000)}` });
    });
  }

  onApplicationShutdown(): void {
    this.stop();
  }
}
