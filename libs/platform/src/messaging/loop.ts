import { logger } from '../telemetry';

const log = logger('messaging');

/** When a loop goes round again: at once, when it is woken or the time has come, or (after trouble) not before the time. */
export type Next = 'now' | 'idle' | { readonly inMs: number; readonly undisturbed?: boolean };

/** Many that begin, or fail, in the same moment must not all come again in the same one. */
export const spread = (ms: number, random: () => number = Math.random): number => Math.round(ms * (0.5 + random() / 2));

/**
 * Runs rounds one after the other until it is stopped. The poll interval is how long it waits at the most. A wake-up during
 * a round makes another round, so that none is lost.
 */
export class Loop {
  private running: Promise<void> | undefined;
  private stopping = false;
  private woken = false;
  private resume: (() => void) | undefined;

  constructor(
    private readonly name: string,
    private readonly round: () => Promise<Next>,
    private readonly pollMs: number,
  ) {}

  start(): void {
    this.stopping = false;
    this.running ??= this.run();
  }

  wake(): void {
    this.woken = true;
    this.resume?.();
  }

  /** Resolves when the round that is under way has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.resume?.();
    await this.running;
    this.running = undefined;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      const next = await this.safely();
      if (next === 'now') continue;
      const undisturbed = next !== 'idle' && next.undisturbed === true;
      const ms = next === 'idle' ? this.pollMs : Math.min(next.inMs, this.pollMs);
      if (undisturbed || !this.woken) await this.sleep(ms, undisturbed);
    }
  }

  private async safely(): Promise<Next> {
    try {
      return await this.round();
    } catch (error) {
      log.error({ loop: this.name, err: error }, 'a round failed and is repeated');
      return { inMs: Math.min(this.pollMs, 1_000), undisturbed: true };
    }
  }

  private sleep(ms: number, undisturbed: boolean): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.resume = undefined;
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.resume = () => {
        if (!undisturbed || this.stopping) wake();
      };
    });
  }
}
