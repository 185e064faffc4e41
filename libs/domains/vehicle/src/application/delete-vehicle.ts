import { Inject, Injectable } from '@nestjs/common';
import { type Result, ok, refuse } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { moveTo, type TransitionRefusal } from '../domain/status';
import { lockForChange, type LockRefusal } from './lock-for-change';
import { VehicleStore } from './ports';
import { RecordChanges } from './record-changes';
import type { Requester } from './requester';

/** Takes a car out of the catalogue. It is kept, unseen, until the purge. */
@Injectable()
export class DeleteVehicle {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly store: VehicleStore,
    private readonly changes: RecordChanges,
  ) {}

  run(id: string, expectedVersion: number | undefined, by: Requester): Promise<Result<void, LockRefusal | TransitionRefusal>> {
    const now = this.db.clock.now();
    return this.db.transaction<Result<void, LockRefusal | TransitionRefusal>>(async (tx) => {
      const locked = await lockForChange(this.store, tx, id, expectedVersion, by);
      if (!locked.ok) return locked;
      const before = locked.value;
      if (before.heldBySale === true) return refuse('transition_not_allowed', 'An order holds this car: it can go when the order is cancelled', { extra: { from: before.status, to: 'deleted' } });
      const move = moveTo(before.status, 'deleted', 'staff');
      if (!move.ok) return move;
      const after = { ...before, version: before.version + 1, updatedAt: now };
      await this.changes.record(tx, [{ before, after, deleted: true }], by);
      return ok();
    });
  }
}
