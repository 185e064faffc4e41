import { Inject, Injectable } from '@nestjs/common';
import { type Refusal, type Result, ok, refuse } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { lockForChange, type LockRefusal } from './lock-for-change';
import { MediaStore, thumbnailKey, type MediaRecord } from './media-ports';
import { VehicleStore } from './ports';
import { RecordChanges } from './record-changes';
import type { Requester } from './requester';

export interface MediaRef {
  readonly vehicleId: string;
  readonly mediaId: string;
  readonly expectedVersion: number | undefined;
}

@Injectable()
export class RemoveMedia {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    @Inject(objectStore) private readonly objects: ObjectStore,
    private readonly vehicles: VehicleStore,
    private readonly media: MediaStore,
    private readonly changes: RecordChanges,
  ) {}

  async run({ vehicleId, mediaId, expectedVersion }: MediaRef, by: Requester): Promise<Result<void, LockRefusal>> {
    const removed = await this.db.transaction<Result<MediaRecord, LockRefusal | Refusal<'not_found'>>>(async (tx) => {
      const locked = await lockForChange(this.vehicles, tx, vehicleId, expectedVersion, by);
      if (!locked.ok) return locked;
      const before = locked.value;
      const all = await this.media.ofVehicle(tx, vehicleId);
      const gone = all.find(({ id }) => id === mediaId);
      if (gone === undefined) return refuse('not_found', 'The vehicle has no such picture');
      await this.media.remove(tx, mediaId);
      // Positions stay without gaps: the first is the cover.
      await this.media.reorder(tx, vehicleId, all.filter((one) => one !== gone).map(({ id }) => id));
      const after = { ...before, version: before.version + 1, imageCount: before.imageCount - 1, updatedAt: this.db.clock.now() };
      await this.changes.record(tx, [{ before, after, also: ['media'] }], by);
      return ok(gone);
    });
    if (!removed.ok) return removed;
    const { objectKey, sizes } = removed.value;
    // After the commit; what a crash leaves behind is swept up at night.
    for (const key of [objectKey, ...sizes.map((width) => thumbnailKey(objectKey, width))]) await this.objects.delete(key);
    return ok();
  }
}
