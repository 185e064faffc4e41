import { Inject, Injectable } from '@nestjs/common';
import { type Refusal, type Result, ok, refuse } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { differences } from '../domain/changes';
import { contradictions, tidyFacts, type VehicleFacts } from '../domain/facts';
import { samePrice } from '../domain/sighting';
import type { Vehicle } from '../domain/vehicle';
import { qualityOf } from '../domain/ingest/quality';
import { vinDoubts } from '../domain/ingest/vin-check';
import { vinFlags } from '../domain/vin-flags';
import { lockForChange, type LockRefusal } from './lock-for-change';
import { ReferencePrices, VehicleStore } from './ports';
import { RecordChanges } from './record-changes';
import type { Requester } from './requester';

export interface VehicleChange {
  readonly id: string;
  readonly expectedVersion: number | undefined;
  /** From the facts as they are to the facts as they shall be: a replacement ignores its argument, a patch builds on it. */
  readonly change: (facts: VehicleFacts) => VehicleFacts;
}

/** Replaces or amends the facts of a car. A change that changes nothing leaves the version as it is. */
@Injectable()
export class ChangeVehicle {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly store: VehicleStore,
    private readonly changes: RecordChanges,
    private readonly prices: ReferencePrices,
  ) {}

  run(input: VehicleChange, by: Requester): Promise<Result<Vehicle, LockRefusal | Refusal<'validation_failed'>>> {
    const now = this.db.clock.now();
    return this.db.transaction<Result<Vehicle, LockRefusal | Refusal<'validation_failed'>>>(async (tx) => {
      const locked = await lockForChange(this.store, tx, input.id, input.expectedVersion, by);
      if (!locked.ok) return locked;
      const before = locked.value;
      const facts = tidyFacts(input.change(before.facts));
      const errors = contradictions(facts, now);
      if (errors.length > 0) return refuse('validation_failed', 'Some facts contradict each other', { errors });

      const after: Vehicle = {
        ...before,
        version: before.version + 1,
        facts,
        vinFlags: vinFlags(facts),
        quality: qualityOf(facts, vinDoubts(facts.vin, facts.make, facts.year)),
        referencePrice: this.referencePrice(before, facts, now),
        imageCount: before.imageCount - before.facts.images.length + facts.images.length,
        updatedAt: now,
      };
      if (differences(before, after).length === 0) return ok(before);
      await this.changes.record(tx, [{ before, after }], by);
      return ok(after);
    });
  }

  private referencePrice(before: Vehicle, facts: VehicleFacts, now: Date): Vehicle['referencePrice'] {
    if (facts.price === null) return null;
    return samePrice(before.facts.price, facts.price) ? before.referencePrice : this.prices.of(facts.price, now);
  }
}
