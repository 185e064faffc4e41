import { Inject, Injectable } from '@nestjs/common';
import { type Refusal, type Result, type Stock, type VehicleStatus, ok, refuse, uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { contradictions, tidyFacts, type VehicleFacts } from '../domain/facts';
import { qualityOf } from '../domain/ingest/quality';
import { vinDoubts } from '../domain/ingest/vin-check';
import { vinFlags } from '../domain/vin-flags';
import type { Vehicle } from '../domain/vehicle';
import { ownerOfNew } from '../domain/visibility';
import { ReferencePrices } from './ports';
import { RecordChanges } from './record-changes';
import type { Requester } from './requester';

export interface NewVehicle {
  readonly facts: VehicleFacts;
  readonly stock: Stock | undefined;
  readonly status: VehicleStatus;
}

@Injectable()
export class CreateVehicle {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly changes: RecordChanges,
    private readonly prices: ReferencePrices,
  ) {}

  async run(input: NewVehicle, by: Requester): Promise<Result<Vehicle, Refusal<'permission_denied' | 'validation_failed'>>> {
    const owner = ownerOfNew(by, input.stock);
    if (!owner.ok) return owner;
    const now = this.db.clock.now();
    const facts = tidyFacts(input.facts);
    const errors = contradictions(facts, now);
    if (errors.length > 0) return refuse('validation_failed', 'Some facts contradict each other', { errors });

    const vehicle: Vehicle = {
      id: uuidv7(now),
      ownerTenantId: owner.value,
      version: 1,
      status: input.status,
      facts,
      vinFlags: vinFlags(facts),
      referencePrice: facts.price === null ? null : this.prices.of(facts.price, now),
      sources: [],
      imageCount: facts.images.length,
      quality: qualityOf(facts, vinDoubts(facts.vin, facts.make, facts.year)),
      relistCount: 0,
      listedAt: now,
      createdAt: now,
      updatedAt: now,
    };
    await this.db.transaction((tx) => this.changes.record(tx, [{ before: null, after: vehicle }], by));
    return ok(vehicle);
  }
}
