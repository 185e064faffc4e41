import type { OutboxRow } from './outbox-reader';

interface Page {
  readonly from: number;
  readonly to: number;
  /** All that lies between, with the content of what a consumer may want. */
  readonly rows: readonly OutboxRow[];
  readonly at: number;
}

export interface RecentOptions {
  /** The types of a source's events that the consumers here hear. */
  readonly wanted: (source: string) => readonly string[];
  /** Whether the server is still the one that was read from: one that was restarted can give positions out again. */
  readonly trusted: () => boolean;
}

export interface Look {
  readonly types: readonly string[];
  readonly near: number;
  readonly keep: (source: string, from: number, to: number, rows: readonly OutboxRow[]) => void;
}

/** A look that finds more is not kept: a backlog is read by each consumer at its own pace. */
const mostAtOnce = 100;
const mostPages = 20;
const keptMs = 2_000;

/**
 * How far each outbox can be read, and with it the latest of what was read there: the many consumers of one source hear of
 * the same few events, which were fetched already. Who loses track clears the horizons, and so forgets the events too.
 */
export class Recent extends Map<string, number> {
  private readonly pages = new Map<string, readonly Page[]>();
  private cleared = 0;

  constructor(private readonly options: RecentOptions) {
    super();
  }

  override clear(): void {
    this.cleared += 1;
    this.pages.clear();
    super.clear();
  }

  forget(source: string): void {
    this.pages.delete(source);
  }

  /** What else is worth fetching of these sources where no more than so much is new, and where to put what was found. */
  look(sources: readonly string[]): Look {
    const { cleared } = this;
    const keep = (source: string, from: number, to: number, rows: readonly OutboxRow[]): void => {
      if (to - from > mostAtOnce) return this.forget(source);
      if (cleared !== this.cleared) return;
      const before = this.pages.get(source) ?? [];
      const joined = before.at(-1)?.to === from ? before : [];
      this.pages.set(source, [...joined, { from, to, rows, at: performance.now() }].slice(-mostPages));
    };
    return { types: [...new Set(sources.flatMap((source) => this.options.wanted(source)))], near: mostAtOnce, keep };
  }

  /** Events of these types, in order, and how far they go; undefined where they have to be asked for. */
  between(source: string, after: number, upTo: number, types: readonly string[]): { readonly rows: readonly OutboxRow[]; readonly readTo: number } | undefined {
    if (!this.options.trusted()) return undefined;
    const since = performance.now() - keptMs;
    const pages = (this.pages.get(source) ?? []).filter(({ at }) => at >= since);
    const [first, last] = [pages[0], pages.at(-1)];
    if (first === undefined || last === undefined || after < first.from || after >= last.to) return undefined;
    const readTo = Math.min(upTo, last.to);
    const rows = pages.flatMap((page) => page.rows).filter(({ position, type }) => position > after && position <= readTo && types.includes(type));
    return { rows, readTo };
  }
}
