import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, maintainMonths } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { vehicleConfig, type VehicleConfig } from './config';
import { IngestHousekeeping, type HousekeepingReport } from './ingest/housekeeping';
import { makeThumbnailsJob } from './jobs';
import { mediaPrefix, MediaStore } from './media-ports';

export interface MaintenanceReport {
  readonly partitionsMade: number;
  readonly partitionsDropped: number;
  readonly vehiclesPurged: number;
  readonly thumbnailsAsked: number;
  readonly filesSwept: number;
  readonly ingest: HousekeepingReport;
}

const hourMs = 3_600_000;
const purgeBatch = 500;
const sweepBatch = 500;

/** The nightly round: months of the time-partitioned tables, cars deleted long ago, thumbnails and files that were forgotten. */
@Injectable()
export class MaintainVehicles {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    @Inject(objectStore) private readonly objects: ObjectStore,
    @Inject(vehicleConfig.token) private readonly config: VehicleConfig,
    private readonly media: MediaStore,
    private readonly jobs: Jobs,
    private readonly housekeeping: IngestHousekeeping,
  ) {}

  async run(signal?: AbortSignal): Promise<MaintenanceReport> {
    const now = this.db.clock.now();
    const months = await maintainMonths(this.db, now);
    const vehiclesPurged = await this.purge(now, signal);
    const forgotten = await this.media.withoutThumbnails(new Date(now.getTime() - hourMs), 1_000);
    for (const id of forgotten) await this.jobs.enqueue(makeThumbnailsJob, { media_id: id });
    return {
      partitionsMade: months.made.length,
      partitionsDropped: months.dropped.length,
      vehiclesPurged,
      thumbnailsAsked: forgotten.length,
      filesSwept: await this.sweep(now, signal),
      ingest: await this.housekeeping.run(now, signal),
    };
  }

  /** For good: the car with its listings, details and pictures. Its price history stays, for statistics. */
  private async purge(now: Date, signal: AbortSignal | undefined): Promise<number> {
    const before = new Date(now.getTime() - this.config.purgeAfterDays * 24 * hourMs);
    let purged = 0;
    for (;;) {
      signal?.throwIfAborted();
      const gone = await this.db.query(
        `delete from vehicle.vehicles where id in (
           select id from vehicle.vehicles where deleted_at < $1 order by deleted_at limit $2 for update skip locked)
         returning id`,
        [before, purgeBatch],
      );
      purged += gone.length;
      if (gone.length < purgeBatch) return purged;
    }
  }

  /** Files whose row was never written, or is gone. Young ones may just be on their way. */
  private async sweep(now: Date, signal: AbortSignal | undefined): Promise<number> {
    const young = now.getTime() - 24 * hourMs;
    let swept = 0;
    let keys: string[] = [];
    const flush = async (): Promise<void> => {
      signal?.throwIfAborted();
      for (const key of await this.media.unused(keys)) {
        await this.objects.delete(key);
        swept += 1;
      }
      keys = [];
    };
    for await (const { key, modifiedAt } of this.objects.list(mediaPrefix)) {
      if (modifiedAt.getTime() > young) continue;
      keys.push(key);
      if (keys.length >= sweepBatch) await flush();
    }
    if (keys.length > 0) await flush();
    return swept;
  }
}
