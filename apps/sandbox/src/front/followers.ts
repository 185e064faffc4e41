import type { SandboxClock } from '../clock';

/** Whoever has not asked for so long has gone; a long poll is shorter. */
const forgottenAfterMs = 70_000;

interface Follower {
  seen: number;
  lastAsked: number;
  asking: number;
}

/** Who follows the clock, and what each of them has seen of it. A follower says it by asking again. */
export class Followers {
  private readonly known = new Map<string, Follower>();
  private readonly watchers = new Set<() => void>();

  constructor(private readonly clock: SandboxClock) {}

  /** A follower's long poll: what it knows is what it has seen. */
  async poll(id: string, known: number, waitMs: number, gone: AbortSignal): Promise<void> {
    const follower = this.known.get(id) ?? { seen: known, lastAsked: 0, asking: 0 };
    this.known.set(id, follower);
    follower.seen = known;
    follower.lastAsked = performance.now();
    follower.asking += 1;
    for (const watcher of this.watchers) watcher();
    await this.clock.moved(known, waitMs, gone);
    follower.asking -= 1;
    follower.lastAsked = performance.now();
    if (gone.aborted && follower.asking === 0) {
      this.known.delete(id);
      for (const watcher of this.watchers) watcher();
    }
  }

  /** Until everybody who follows has seen the clock as it is now, at most for the time given. Gives how many have. */
  async seen(withinMs: number): Promise<{ readonly followers: number; readonly behind: number }> {
    const now = performance.now();
    for (const [id, one] of this.known) if (one.asking === 0 && now - one.lastAsked > forgottenAfterMs) this.known.delete(id);
    const behind = (): number => [...this.known.values()].filter((one) => one.seen !== this.clock.offsetMs).length;
    if (behind() > 0) {
      await new Promise<void>((done) => {
        const finish = (): void => {
          clearTimeout(timer);
          this.watchers.delete(look);
          done();
        };
        const look = (): void => {
          if (behind() === 0) finish();
        };
        const timer = setTimeout(finish, withinMs);
        this.watchers.add(look);
      });
    }
    return { followers: this.known.size, behind: behind() };
  }
}
