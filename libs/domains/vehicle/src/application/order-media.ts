import { Inject, Injectable } from '@nestjs/common';
import { type Refusal, type Result, ok, refuse } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { lockForChange, type LockRefusal } from './lock-for-change';
import { MediaStore } from './media-ports';
import { VehicleStore } from './ports';
import { RecordChanges } from './record-changes';
import type { Requester } from './requester';

export interface MediaOrder {
  readonly vehicleId: string;
  /** All of the vehicle's pictures; the first becomes the cover. */
  readonly ids: readonly string[];
  readonly expectedVersion: number | undefined;
}

@Injectable()
export class OrderMedia {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly vehicles: VehicleStore,
    private readonly media: MediaStore,
    private readonly changes: RecordChanges,
  ) {}

  run({ vehicleId, ids, expectedVersion }: MediaOrder, by: Requester): Promise<Result<void, LockRefusal | Refusal<'validation_failed'>>> {
    return this.db.transaction<Result<void, LockRefusal | Refusal<'validation_failed'>>>(async (tx) => {
      const locked = await lockForChange(this.vehicles, tx, vehicleId, expectedVersion, by);
      if (!locked.ok) return locked;
      const known = (await this.media.ofVehicle(tx, vehicleId)).map(({ id }) => id);
      if (known.length !== ids.length || new Set([...known, ...ids]).size !== known.length) {
        return refuse('validation_failed', 'The order must name every picture of the vehicle once', {
          errors: [{ pointer: '/order', code: 'incomplete', detail: `The vehicle has ${known.length} pictures` }],
        });
      }
      if (known.join() === ids.join()) return ok();
      await this.media.reorder(tx, vehicleId, ids);
      const before = locked.value;
      const after = { ...before, version: before.version + 1, updatedAt: this.db.clock.now() };
      await this.changes.record(tx, [{ before, after, also: ['media'] }], by);
      return ok();
    });
  }
}
