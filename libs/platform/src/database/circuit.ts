import { DatabaseUnavailableError } from './errors';

export type CircuitState = 'closed' | 'open' | 'half_open';

/**
 * Stops asking a database that is plainly away, so that callers get their 503 at once instead of queueing for a time-out.
 * After a pause one caller tries; its luck decides for all.
 */
export class CircuitBreaker {
  private failures = 0;
  private openUntil = 0;
  private trial = false;

  constructor(
    private readonly threshold = 20,
    private readonly pauseMs = 500,
    /** Real time: a moved clock must not keep the database away. */
    private readonly time: () => number = () => performance.now(),
  ) {}

  get state(): CircuitState {
    if (this.failures < this.threshold) return 'closed';
    return this.time() < this.openUntil ? 'open' : 'half_open';
  }

  check(): void {
    const state = this.state;
    if (state === 'closed') return;
    if (state === 'open' || this.trial) throw new DatabaseUnavailableError('the database is away (circuit open)');
    this.trial = true;
  }

  succeeded(): void {
    this.failures = 0;
    this.trial = false;
  }

  failed(): void {
    this.failures += 1;
    this.trial = false;
    if (this.failures >= this.threshold) this.openUntil = this.time() + this.pauseMs;
  }
}
