import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SystemClock, type Clock } from '@autobroker/kernel';
import { logger } from '../telemetry';

const log = logger('app.clock');

export type ClockListener = (now: Date) => void | Promise<void>;

/** A clock that somebody else may move. */
export interface MovableClock extends Clock {
  /** Calls back whenever the time was moved, so that what has become due is done at once. Gives how to stop. */
  onMoved(listener: ClockListener): () => void;
}

/** Where a clock can be moved, hears of it; elsewhere time only passes, and nothing ever calls back. */
export function onClockMoved(clock: Clock, listener: ClockListener): () => void {
  return isMovable(clock) ? clock.onMoved(listener) : () => undefined;
}

const isMovable = (clock: Clock): clock is MovableClock => 'onMoved' in clock && typeof clock.onMoved === 'function';

/** Asks for the sandbox's offset: at once for null, else as soon as it is another than the known one, or after a while. */
export type AskOffset = (known: number | null, signal: AbortSignal) => Promise<number>;

const firstWaitMs = 2_000;
const pauses = { first: 250, longest: 5_000 };

/**
 * The machine's time, moved as the sandbox's control API moves it. Every process of the platform follows by a long poll;
 * to ask again is how it says that it has seen the last move. A sandbox that is away changes nothing: time goes on from
 * where it was.
 */
export class SandboxClock implements MovableClock {
  private readonly time = new SystemClock();
  private readonly listeners = new Set<ClockListener>();
  private readonly stopping = new AbortController();
  private following: Promise<void> = Promise.resolve();

  constructor(private readonly ask: AskOffset) {}

  now(): Date {
    return this.time.now();
  }

  get offsetMs(): number {
    return this.time.offsetMs;
  }

  onMoved(listener: ClockListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Begins to follow. Waits a moment for the first answer, so that a start on moved time knows it. */
  async start(): Promise<void> {
    try {
      this.move(await this.ask(null, AbortSignal.any([this.stopping.signal, AbortSignal.timeout(firstWaitMs)])));
    } catch (error) {
      log.warn({ err: error }, 'the sandbox does not tell its time yet; going on with the machine’s');
    }
    this.following = this.follow();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.following;
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopping;
    let pause = 0;
    while (!signal.aborted) {
      try {
        const offset = await this.ask(this.offsetMs, signal);
        if (pause > 0) log.info({ offset_ms: offset }, 'following the sandbox’s clock again');
        pause = 0;
        this.move(offset);
      } catch (error) {
        if (signal.aborted) return;
        if (pause === 0) log.warn({ err: error }, 'the sandbox’s clock can’t be followed; time goes on from where it was');
        pause = Math.min(pauses.longest, Math.max(pauses.first, pause * 2));
        await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  private move(offset: number): void {
    if (offset === this.offsetMs) return;
    this.time.shift(offset - this.offsetMs);
    const now = this.now();
    log.info({ now, offset_ms: offset }, 'the sandbox moved the clock');
    for (const listener of this.listeners) void this.tell(listener, now);
  }

  /** One that fails must keep neither the others nor the next move from being heard. */
  private async tell(listener: ClockListener, now: Date): Promise<void> {
    try {
      await listener(now);
    } catch (error) {
      log.error({ err: error }, 'what should happen when the clock moves has failed');
    }
  }
}

const pollSeconds = 25;

/** The question as the sandbox's front page takes it. */
export function askSandbox(url: string): AskOffset {
  const follower = `${process.pid}-${randomUUID()}`;
  return async (known, signal) => {
    const address = new URL('/control/clock', url);
    if (known !== null) {
      address.searchParams.set('after', String(known));
      address.searchParams.set('wait', String(pollSeconds));
      address.searchParams.set('follower', follower);
    }
    const answer = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout((pollSeconds + 10) * 1_000)]), redirect: 'error' });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}`);
    const told: unknown = await answer.json();
    const offset: unknown = typeof told === 'object' && told !== null && 'offset_ms' in told ? told.offset_ms : undefined;
    if (typeof offset !== 'number' || !Number.isSafeInteger(offset)) throw new Error('the sandbox told no time');
    return offset;
  };
}
