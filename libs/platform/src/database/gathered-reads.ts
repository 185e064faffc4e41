import { runDetached } from '../telemetry';

/** What fetches things by their ids; what is not there, or may not be seen by this group, is not in it. */
export type FetchMany<T, Group> = (ids: readonly string[], group: Group) => Promise<ReadonlyMap<string, T>>;

interface Waiting<T> {
  readonly id: string;
  readonly found: (thing: T | null) => void;
  readonly failed: (error: unknown) => void;
}

/** More in one statement would keep one connection busy while others have nothing to do. */
const together = 8;

/**
 * Under load several things of a kind are asked for in the same turn of the event loop. One statement for them costs the
 * database and us little more than one for each would. What is asked for alone is fetched at the end of the turn, by itself.
 * A group is whoever may see the same: its reads are never shared with another's.
 */
export class GatheredReads<T, Group = null> {
  private readonly waiting = new Map<Group, Waiting<T>[]>();

  constructor(private readonly fetch: FetchMany<T, Group>) {}

  read(id: string, group: Group): Promise<T | null> {
    return new Promise((found, failed) => {
      const one = { id: id.toLowerCase(), found, failed };
      const others = this.waiting.get(group);
      if (others !== undefined) {
        others.push(one);
        return;
      }
      this.waiting.set(group, [one]);
      // Work for several requests belongs to none of them.
      runDetached(() => setImmediate(() => this.send(group)));
    });
  }

  private send(group: Group): void {
    const waiting = this.waiting.get(group) ?? [];
    this.waiting.delete(group);
    for (let at = 0; at < waiting.length; at += together) void this.answer(waiting.slice(at, at + together), group);
  }

  private async answer(waiting: readonly Waiting<T>[], group: Group): Promise<void> {
    try {
      const things = await this.fetch([...new Set(waiting.map(({ id }) => id))], group);
      for (const { id, found } of waiting) found(things.get(id) ?? null);
    } catch (error) {
      for (const { failed } of waiting) failed(error);
    }
  }
}
