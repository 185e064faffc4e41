import { Injectable, Inject } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { type Window, takeSlot } from '../../domain/window';

export interface SlotRequest {
  readonly perMinute: number;
  /** The pause that this request leaves behind it. */
  readonly delayMs: number;
}

/** The budget of a host, shared by all workers of the installation, under `rate_limit:scraper:<platform>`. */
@Injectable()
export class HostWindows {
  constructor(@Inject(databaseOf('scraper')) private readonly db: Database) {}

  /** How long to wait before the request that is now booked; null when none could be booked yet, with when to ask again. */
  async take(source: string, ask: SlotRequest): Promise<{ readonly booked: boolean; readonly waitMs: number }> {
    const key = `rate_limit:scraper:${source}`;
    await this.db.query('insert into scraper.rate_windows (key) values ($1) on conflict do nothing', [key], { name: 'scraper_window_make' });
    return this.db.transaction(async (tx) => {
      // The time is the database's: workers on several machines must agree about it.
      const [row] = await tx.query<{ bucket: string; current: number; previous: number; free: number | null; now: number }>(
        `select bucket::text, current, previous, case when free_at = '-infinity' then null else extract(epoch from free_at) * 1000 end::float as free,
                (extract(epoch from clock_timestamp()) * 1000)::float as now
         from scraper.rate_windows where key = $1 for update`,
        [key],
      );
      if (row === undefined) return { booked: false, waitMs: 1_000 };
      const window: Window = { bucket: Number(row.bucket), current: row.current, previous: row.previous, freeAtMs: row.free ?? 0 };
      const slot = takeSlot(window, ask, row.now);
      if (!slot.booked) return { booked: false, waitMs: slot.waitMs };
      const { bucket, current, previous, freeAtMs } = slot.window;
      await tx.query('update scraper.rate_windows set bucket = $2, current = $3, previous = $4, free_at = to_timestamp($5::float / 1000) where key = $1', [key, bucket, current, previous, freeAtMs]);
      return { booked: true, waitMs: slot.waitMs };
    });
  }

  /** The host has asked to be left alone for so long. */
  async holdOff(source: string, forMs: number): Promise<void> {
    await this.db.query(
      `update scraper.rate_windows set free_at = greatest(free_at, clock_timestamp() + $2 * interval '1 millisecond') where key = $1`,
      [`rate_limit:scraper:${source}`, forMs],
    );
  }
}
