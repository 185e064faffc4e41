import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Refusal, type Result, ok, refuse, uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { makeThumbnailsJob } from './jobs';
import { lockForChange, type LockRefusal } from './lock-for-change';
import { mediaPrefix, MediaStore, Pictures, type MediaRecord, type Picture, type PictureRefusal } from './media-ports';
import { VehicleStore } from './ports';
import { RecordChanges } from './record-changes';
import type { Requester } from './requester';

export type AddMediaRefusal = LockRefusal | PictureRefusal | Refusal<'already_exists' | 'limit_reached'>;

const maxPerVehicle = 60;

/** What pictures are made with. */
@Injectable()
export class MediaTools {
  constructor(
    readonly pictures: Pictures,
    readonly jobs: Jobs,
  ) {}
}

@Injectable()
export class AddMedia {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    @Inject(objectStore) private readonly objects: ObjectStore,
    private readonly vehicles: VehicleStore,
    private readonly media: MediaStore,
    private readonly changes: RecordChanges,
    private readonly tools: MediaTools,
  ) {}

  async run(vehicleId: string, upload: Buffer, by: Requester): Promise<Result<MediaRecord, AddMediaRefusal>> {
    // Who may not change the car makes us paint nothing.
    const allowed = await this.db.transaction((tx) => lockForChange(this.vehicles, tx, vehicleId, undefined, by));
    if (!allowed.ok) return allowed;
    const picture = await this.tools.pictures.accept(upload);
    if (!picture.ok) return picture;

    const id = uuidv7(this.db.clock.now());
    const objectKey = `${mediaPrefix}${vehicleId}/${id}.webp`;
    const sha256 = createHash('sha256').update(upload).digest('hex');
    // The file is there before its row: a row never points at nothing, and a file without a row is swept up at night.
    await this.objects.put(objectKey, picture.value.bytes, { contentType: picture.value.contentType, immutable: true });
    let added: Result<MediaRecord, AddMediaRefusal>;
    try {
      added = await this.attach(vehicleId, { id, objectKey, sha256 }, picture.value, by);
    } catch (error) {
      await this.objects.delete(objectKey);
      throw error;
    }
    if (!added.ok) {
      await this.objects.delete(objectKey);
      return added;
    }
    await this.tools.jobs.enqueueEventually(makeThumbnailsJob, { media_id: id }, { jobId: id });
    return added;
  }

  private attach(
    vehicleId: string,
    file: Pick<MediaRecord, 'id' | 'objectKey' | 'sha256'>,
    picture: Picture,
    by: Requester,
  ): Promise<Result<MediaRecord, AddMediaRefusal>> {
    return this.db.transaction<Result<MediaRecord, AddMediaRefusal>>(async (tx) => {
      const locked = await lockForChange(this.vehicles, tx, vehicleId, undefined, by);
      if (!locked.ok) return locked;
      const others = await this.media.ofVehicle(tx, vehicleId);
      if (others.some((other) => other.sha256 === file.sha256)) return refuse('already_exists', 'The vehicle has this picture already');
      if (others.length >= maxPerVehicle) return refuse('limit_reached', `A vehicle has at most ${maxPerVehicle} pictures`);
      const now = this.db.clock.now();
      const record: MediaRecord = {
        ...file,
        vehicleId,
        position: (others.at(-1)?.position ?? -1) + 1,
        contentType: picture.contentType,
        width: picture.width,
        height: picture.height,
        bytes: picture.bytes.length,
        sizes: [],
        createdAt: now,
      };
      await this.media.insert(tx, record);
      const before = locked.value;
      const after = { ...before, version: before.version + 1, imageCount: before.imageCount + 1, updatedAt: now };
      await this.changes.record(tx, [{ before, after, also: ['media'] }], by);
      return ok(record);
    });
  }
}
