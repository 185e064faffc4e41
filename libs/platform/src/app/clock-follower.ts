import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from '@autobroker/kernel';
import { Jobs } from '../jobs';
import { onClockMoved } from './sandbox-clock';
import { CLOCK } from './tokens';

/** Whoever has something to do at once when the sandbox moves the time, because it may have become due. */
@Injectable()
export abstract class ClockFollower implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: () => void = () => undefined;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    protected readonly jobs: Jobs,
  ) {}

  /** Every process hears of a move; with `jobId`, each of the jobs is enqueued once. */
  protected abstract moved(now: Date, jobId: string): Promise<void>;

  onApplicationBootstrap(): void {
    this.stop = onClockMoved(this.clock, (now) => this.moved(now, `moved-${Math.floor(now.getTime() / 60_000)}`));
  }

  onApplicationShutdown(): void {
    this.stop();
  }
}
