import type { Clock } from '@autobroker/kernel';

/** A job has a minute. */
const enoughMs = 40_000;

/** The turns of a job that goes through what waits: what is left after so many, or so long, waits for the next one. */
export class JobTurns {
  private readonly until: number;

  constructor(
    private readonly clock: Clock,
    private left: number,
  ) {
    this.until = clock.now().getTime() + enoughMs;
  }

  /** Whether there is time for one more. */
  next(): boolean {
    this.left -= 1;
    return this.left >= 0 && this.clock.now().getTime() <= this.until;
  }
}
