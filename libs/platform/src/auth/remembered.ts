import { LRUCache } from 'lru-cache';

export interface RememberOptions {
  readonly max: number;
  readonly foundForMs: number;
  /** Shorter, so that what is created a moment after it was asked for is soon found. */
  readonly missingForMs: number;
  /** How long an answer is used past its time while whoever knows is away. */
  readonly staleForMs: number;
  readonly now?: () => number;
}

interface Entry<T> {
  readonly value: T | null;
  readonly until: number;
  readonly learntAt: number;
}

/**
 * Answers of a look-up, kept for a while: found and not found alike, one question at a time per key, and the last
 * answer again while whoever knows is away.
 */
export class Remembered<T extends object> {
  private readonly entries: LRUCache<string, Entry<T>>;
  private readonly asking = new Map<string, Promise<T | null>>();
  private readonly now: () => number;
  private generation = 0;

  constructor(private readonly options: RememberOptions) {
    this.entries = new LRUCache({ max: options.max });
    this.now = options.now ?? (() => performance.now());
  }

  /** The remembered answer, or undefined when it has to be asked for. */
  peek(key: string): T | null | undefined {
    const entry = this.entries.get(key);
    return entry !== undefined && entry.until > this.now() ? entry.value : undefined;
  }

  async ask(key: string, look: () => Promise<T | null>): Promise<T | null> {
    const remembered = this.peek(key);
    if (remembered !== undefined) return remembered;
    const underway = this.asking.get(key);
    if (underway !== undefined) return underway;
    const asked = this.look(key, look).finally(() => {
      if (this.asking.get(key) === asked) this.asking.delete(key);
    });
    this.asking.set(key, asked);
    return asked;
  }

  forget(matches: (value: T | null) => boolean): void {
    // Whatever is being asked for right now may have been answered before the change: it is not kept.
    this.generation += 1;
    this.asking.clear();
    for (const [key, entry] of this.entries) if (matches(entry.value)) this.entries.delete(key);
  }

  private async look(key: string, look: () => Promise<T | null>): Promise<T | null> {
    const { generation } = this;
    try {
      const value = await look();
      if (generation !== this.generation) return value;
      const life = value === null ? this.options.missingForMs : this.options.foundForMs;
      this.entries.set(key, { value, until: this.now() + life, learntAt: this.now() });
      return value;
    } catch (error) {
      const before = this.entries.get(key);
      if (before === undefined || before.value === null) throw error;
      if (this.now() - before.learntAt > this.options.staleForMs) throw error;
      // Ask again soon, not for every request: the source is in trouble.
      this.entries.set(key, { ...before, until: this.now() + this.options.missingForMs });
      return before.value;
    }
  }
}
