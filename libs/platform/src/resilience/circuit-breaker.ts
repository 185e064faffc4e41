import { metrics } from '../telemetry';

export type CircuitState = 'closed' | 'open' | 'half_open';

export interface CircuitOptions {
  /** Failures in a row, or the share of failures in the window, that open it. */
  readonly failures?: number;
  readonly failureRate?: number;
  /** The rate counts only from so many calls in the window on. */
  readonly minimumCalls?: number;
  readonly windowMs?: number;
  /** How long it stays open before one call may try. */
  readonly openMs?: number;
  readonly now?: () => number;
}

export interface CircuitReport {
  readonly name: string;
  readonly state: CircuitState;
  readonly failures_in_a_row: number;
  readonly calls: number;
  readonly failed: number;
}

/** The call was not made, because the ones before it failed. */
export class CircuitOpenError extends Error {
  override readonly name = 'CircuitOpenError';
  constructor(
    readonly circuit: string,
    readonly retryAfterMs: number,
  ) {
    super(`${circuit} has failed repeatedly and is left alone for ${Math.ceil(retryAfterMs / 1_000)} s`);
  }
}

const circuits = new Set<CircuitBreaker>();
const values: Readonly<Record<CircuitState, number>> = { closed: 0, half_open: 1, open: 2 };
metrics.gauge({
  name: 'circuit_state',
  help: 'Circuit breakers by name: 0 closed, 1 half open, 2 open',
  labels: ['circuit'],
  collect: (gauge) => {
    for (const circuit of circuits) gauge.set(values[circuit.state], { circuit: circuit.name });
  },
});

export const allCircuits = (): CircuitReport[] =>
  [...circuits].map((circuit) => circuit.report()).sort((a, b) => a.name.localeCompare(b.name));

/** Stops calling what keeps failing, and lets one call at a time find out whether it is back. */
export class CircuitBreaker {
  private inARow = 0;
  private windowStart = 0;
  private calls = 0;
  private failed = 0;
  private openedAt: number | null = null;
  private trial = false;
  private readonly settings: Required<CircuitOptions>;

  constructor(
    readonly name: string,
    options: CircuitOptions = {},
  ) {
    this.settings = {
      failures: 5,
      failureRate: 0.5,
      minimumCalls: 20,
      windowMs: 30_000,
      openMs: 10_000,
      now: () => performance.now(),
      ...options,
    };
    circuits.add(this);
  }

  get state(): CircuitState {
    if (this.openedAt === null) return 'closed';
    return this.settings.now() - this.openedAt >= this.settings.openMs ? 'half_open' : 'open';
  }

  report(): CircuitReport {
    return {
      name: this.name,
      state: this.state,
      failures_in_a_row: this.inARow,
      calls: this.calls,
      failed: this.failed,
    };
  }

  /** Takes it off the books, when what it guards is gone. */
  dispose(): void {
    circuits.delete(this);
  }

  async run<T>(work: () => Promise<T>, isFailure: (error: unknown) => boolean = () => true): Promise<T> {
    this.enter();
    try {
      const value = await work();
      this.succeeded();
      return value;
    } catch (error) {
      if (isFailure(error)) this.failedOnce();
      else this.succeeded();
      throw error;
    }
  }

  private enter(): void {
    const { state } = this;
    if (state === 'closed') return;
    const waited = this.settings.now() - (this.openedAt ?? 0);
    if (state === 'open') throw new CircuitOpenError(this.name, this.settings.openMs - waited);
    if (this.trial) throw new CircuitOpenError(this.name, Math.min(this.settings.openMs, 1_000));
    this.trial = true;
  }

  private count(): void {
    const now = this.settings.now();
    if (now - this.windowStart >= this.settings.windowMs) {
      this.windowStart = now;
      this.calls = 0;
      this.failed = 0;
    }
    this.calls += 1;
  }

  private succeeded(): void {
    this.count();
    this.inARow = 0;
    if (this.trial) {
      this.trial = false;
      this.openedAt = null;
      this.calls = 0;
      this.failed = 0;
    }
  }

  private failedOnce(): void {
    this.count();
    this.failed += 1;
    this.inARow += 1;
    const { failures, failureRate, minimumCalls, now } = this.settings;
    const tooMany = this.calls >= minimumCalls && this.failed / this.calls >= failureRate;
    if (this.trial || this.inARow >= failures || tooMany) this.openedAt = now();
    this.trial = false;
  }
}
