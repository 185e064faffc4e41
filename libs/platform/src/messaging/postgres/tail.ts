import type { BroadcastHub } from '../broadcast-hub';
import { Loop, type Next } from '../loop';
import type { Horizons } from './outbox-log';
import type { OutboxReader, SourceNews, SourceState, Word } from './outbox-reader';
import type { Look, Recent } from './recent';

/** More than this behind, broadcast subscribers start afresh instead of being handed history. */
const tooFar = 10_000;
const pageSize = 1_000;
/** An outbox that is not there yet is looked for once in the time of so many polls. */
const discoverRounds = 20;
/**
 * After a look it rests so many times as long as that took: where everybody is busy, one look finds what many commits have
 * brought, and where nobody is, it is back at once.
 */
const rests = 3;
const longestRestMs = 20;

/** Hears which types of events a source has new. */
export type TailListener = (source: string, types: ReadonlySet<string>) => void;

/** What other processes are to be told; taken along by the next look. */
export interface Telling {
  take(): Word | null;
  /** It was not told. */
  giveBack(): void;
}

export interface TailOptions {
  readonly sources: readonly string[];
  readonly hub: BroadcastHub;
  readonly onNew: TailListener;
  /** What is new at a source can lie behind what was seen of it: nothing that was remembered of it holds. */
  readonly onAfresh: (source: string) => void;
  /** Kept for the consumers. */
  readonly horizons: Horizons;
  /** Keeps for them what was read, too. */
  readonly recent?: Recent;
  readonly telling?: Telling;
  /** How often it looks when nobody tells it that there is something, at the most and at the least. */
  readonly pollMs: { readonly busy: number; readonly idle: number };
}

/**
 * The one place in a process that watches the outboxes of all services: it hands broadcast events on and wakes the
 * consumers that have something to do, so that an idle process costs one small query per poll.
 */
export class Tail {
  private readonly loop: Loop;
  private readonly positions = new Map<string, number>();
  private missing: string[];
  private discoveredAt = Number.NEGATIVE_INFINITY;
  private quietRounds = 0;
  private waiting = 0;
  private restsUntil = Number.NEGATIVE_INFINITY;
  /** A look has left something to read. */
  private more = false;
  /** How often track was lost, and up to which of those times that has been made good. */
  private losses = 0;
  private madeGood = 0;

  constructor(
    private readonly reader: OutboxReader,
    private readonly options: TailOptions,
  ) {
    this.missing = [...options.sources];
    this.loop = new Loop('outbox tail', () => this.round(), options.pollMs.idle);
  }

  /** Resolves when it knows from where on it looks. */
  async start(): Promise<void> {
    await this.discover();
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  /**
   * The server may have been restarted. Positions that it had given out but not yet kept are given out again then, so
   * that what is new can lie behind what was seen.
   */
  lostTrack(): void {
    this.lose();
    this.loop.wake();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<Next> {
    try {
      return await this.look();
    } catch (error) {
      this.lose();
      throw error;
    }
  }

  private lose(): void {
    this.losses += 1;
    this.options.horizons.clear();
  }

  private async look(): Promise<Next> {
    const rest = this.restsUntil - performance.now();
    if (rest > 0 && !this.more) return { inMs: rest, undisturbed: true };
    if (this.missing.length > 0 && performance.now() - this.discoveredAt > discoverRounds * this.options.pollMs.busy) await this.discover();
    this.more = false;
    let pending = false;
    let found = false;
    const losses = this.losses;
    const look = this.options.recent?.look([...this.positions.keys()]);
    const began = performance.now();
    const states = await this.news(look);
    const ended = performance.now();
    this.restsUntil = ended + Math.min(rests * (ended - began), longestRestMs);
    // While they were on their way: they may tell of the time before, and make nothing good.
    if (this.losses > losses) return 'now';
    if (losses > this.madeGood) this.catchUp(states, losses);
    for (const { source, horizon } of states) this.options.horizons.set(source, horizon);
    for (const state of states) {
      pending ||= state.horizon < state.issued;
      const position = this.positions.get(state.source) ?? 0;
      if (state.horizon === position) continue;
      found = true;
      this.more = this.advance(state, position, look) || this.more;
    }
    this.quietRounds = found ? 0 : this.quietRounds + 1;
    if (this.more) return 'now';
    // Somebody is about to commit: worth a closer look for a while, less and less often.
    this.waiting = pending && !found ? Math.min(this.waiting * 2 || 1, 50) : 0;
    if (pending) return { inMs: Math.max(1, this.waiting) };
    const { busy, idle } = this.options.pollMs;
    return { inMs: this.quietRounds < 40 ? busy : idle };
  }

  /** Of what is told on and of what the consumers want, all; of the rest the types. */
  private async news(look: Look | undefined): Promise<SourceNews[]> {
    const { hub, telling } = this.options;
    const told = [...new Set(hub.types)];
    const wanted = { far: tooFar, near: look?.near ?? 0, wanted: [...new Set([...told, ...(look?.types ?? [])])], told, most: pageSize };
    const word = this.positions.size === 0 ? null : (telling?.take() ?? null);
    try {
      return await this.reader.news(this.positions, wanted, word);
    } catch (error) {
      if (word !== null) telling?.giveBack();
      throw error;
    }
  }

  private catchUp(states: readonly SourceState[], losses: number): void {
    this.madeGood = losses;
    for (const { source } of states) this.options.onAfresh(source);
    this.options.hub.gap('the database was away');
  }

  /** True when there is more to read. */
  private advance({ source, horizon, issued, rows }: SourceNews, position: number, look: Look | undefined): boolean {
    const { hub, onNew, onAfresh } = this.options;
    // Fewer than we have seen: the database was set back to an earlier state.
    if (issued < position || horizon - position > tooFar) {
      this.positions.set(source, horizon);
      this.options.recent?.forget(source);
      hub.gap(issued < position ? `${source} was set back` : `${source} is ${horizon - position} events ahead`);
      if (issued < position) onAfresh(source);
      else onNew(source, everyType);
      return false;
    }
    if (horizon < position) return false;
    look?.keep(source, position, horizon, rows);
    const full = rows.length >= pageSize;
    this.positions.set(source, full ? (rows.at(-1)?.position ?? horizon) : horizon);
    // Consumers first: theirs is work in other transactions, which can begin while subscribers are served here.
    if (rows.length > 0) onNew(source, new Set(rows.map((row) => row.type)));
    const broadcast = new Set(hub.types);
    for (const row of rows) if (row.envelope !== null && broadcast.has(row.type)) hub.publish(source, row.envelope);
    return full;
  }

  private async discover(): Promise<void> {
    this.discoveredAt = performance.now();
    const found = await this.reader.existing(this.missing);
    for (const source of found) {
      this.positions.set(source, await this.reader.horizon(source));
      this.options.onNew(source, everyType);
    }
    this.missing = this.missing.filter((source) => !found.includes(source));
  }
}

const everyType: ReadonlySet<string> = new (class extends Set<string> {
  override has(): boolean {
    return true;
  }
})();
