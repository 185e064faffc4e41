import { Inject, Injectable } from '@nestjs/common';
import { type Result, type VehicleStatus, ok, refuse } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { moveTo, type TransitionRefusal, withStatus } from '../domain/status';
import type { Vehicle } from '../domain/vehicle';
import { lockForChange, type LockRefusal } from './lock-for-change';
import { VehicleStore } from './ports';
import { RecordChanges } from './record-changes';
import type { Requester } from './requester';

export interface StatusChange {
  readonly id: string;
  readonly to: VehicleStatus;
  readonly reason: string | null;
  readonly expectedVersion: number | undefined;
}

@Injectable()
export class ChangeStatus {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly store: VehicleStore,
    private readonly changes: RecordChanges,
  ) {}

  run(input: StatusChange, by: Requester): Promise<Result<Vehicle, LockRefusal | TransitionRefusal>> {
    const now = this.db.clock.now();
    return this.db.transaction<Result<Vehicle, LockRefusal | TransitionRefusal>>(async (tx) => {
      const locked = await lockForChange(this.store, tx, input.id, input.expectedVersion, by);
      if (!locked.ok) return locked;
      const before = locked.value;
      if (before.heldBySale === true) return refuse('transition_not_allowed', 'An order holds this car: it is free when the order is cancelled', { extra: { from: before.status, to: input.to } });
      const move = moveTo(before.status, input.to, 'staff');
      if (!move.ok) return move;
      const after = withStatus(before, input.to, now);
      await this.changes.record(tx, [{ before, after, reason: input.reason }], by);
      return ok(after);
    });
  }
}
