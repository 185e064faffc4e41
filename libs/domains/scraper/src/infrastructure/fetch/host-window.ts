import { type Database, type Tx } from '@autobroker/platform/database';
import { type Window, takeSlot } from '../../domain/window';

export interface SlotRequest {
  readonly perMinute: number;
  /** The pause that this request leaves behind it. */
  readonly delayMs: number;
}

export interface SlotAnswer {
  readonly booked: boolean;
  /** How long to wait before the request that is booked, or before asking again. */
  readonly waitMs: number;
}

/** The budget of a host, shared by all workers of the installation. */
export abstract class HostWindows {
  abstract take(source: string, ask: SlotRequest): Promise<SlotAnswer>;
  /** The host has asked to be left alone for so long. */
  abstract holdOff(source: string, forMs: number): Promise<void>;
}

export const windowKey = (source: string): string => `rate_limit:scraper:${source}`;

interface Waiting {
  readonly ask: SlotRequest;
  readonly resolve: (answer: SlotAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** Kept in the database, whose time is everybody's. What this process asks for at the same moment is booked at once. */
export class SqlHostWindows extends HostWindows {
  private readonly waiting = new Map<string, Waiting[]>();

  constructor(private readonly db: Database) {
    super();
  }

  override take(source: string, ask: SlotRequest): Promise<SlotAnswer> {
    return new Promise((resolve, reject) => {
      const line = this.waiting.get(source);
      if (line !== undefined) {
        line.push({ ask, resolve, reject });
        return;
      }
      this.waiting.set(source, [{ ask, resolve, reject }]);
      void this.serve(source);
    });
  }

  override async holdOff(source: string, forMs: number): Promise<void> {
    await this.db.query(
      `insert into scraper.rate_windows as w (key, free_at) values ($1, clock_timestamp() + $2 * interval '1 millisecond')
       on conflict (key) do update set free_at = greatest(w.free_at, excluded.free_at)`,
      [windowKey(source), forMs],
    );
  }

  /** One after the other, as long as somebody stands in line. */
  private async serve(source: string): Promise<void> {
    for (;;) {
      const line = this.waiting.get(source) ?? [];
      if (line.length === 0) {
        this.waiting.delete(source);
        return;
      }
      this.waiting.set(source, []);
      try {
        const answers = await this.db.transaction((tx) => book(tx, windowKey(source), line.map(({ ask }) => ask)));
        for (const [index, { resolve }] of line.entries()) resolve(answers[index] ?? { booked: false, waitMs: 1_000 });
      } catch (error) {
        for (const { reject } of line) reject(error);
      }
    }
  }
}

interface Row {
  readonly bucket: string;
  readonly current: number;
  readonly previous: number;
  readonly free: number | null;
  readonly now: number;
}

async function book(tx: Tx, key: string, asks: readonly SlotRequest[]): Promise<SlotAnswer[]> {
  const row = (await lock(tx, key)) ?? (await make(tx, key));
  if (row === null) return [];
  let window: Window = { bucket: Number(row.bucket), current: row.current, previous: row.previous, freeAtMs: row.free ?? 0 };
  const answers: SlotAnswer[] = [];
  for (const ask of asks) {
    const slot = takeSlot(window, ask, row.now);
    if (slot.booked) window = slot.window;
    answers.push({ booked: slot.booked, waitMs: slot.waitMs });
  }
  const { bucket, current, previous, freeAtMs } = window;
  await tx.query('update scraper.rate_windows set bucket = $2, current = $3, previous = $4, free_at = to_timestamp($5::float / 1000) where key = $1', [key, bucket, current, previous, freeAtMs]);
  return answers;
}

async function make(tx: Tx, key: string): Promise<Row | null> {
  await tx.query('insert into scraper.rate_windows (key) values ($1) on conflict do nothing', [key]);
  return lock(tx, key);
}

async function lock(tx: Tx, key: string): Promise<Row | null> {
  const [row] = await tx.query<Row>(
    `select bucket::text, current, previous, case when free_at = '-infinity' then null else extract(epoch from free_at) * 1000 end::float as free,
            (extract(epoch from clock_timestamp()) * 1000)::float as now
     from scraper.rate_windows where key = $1 for update`,
    [key],
  );
  return row ?? null;
}
