import { Injectable } from '@nestjs/common';
import { maxOffersTold, vehicleDelisted, vehicleListed, vehiclePriceChanged, vehicleUpdated, type EventData } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import type { AuditEntry, PublishInput, Tx } from '@autobroker/platform/database';
import { differences, happenings } from '../domain/changes';
import type { Price } from '../domain/facts';
import { factsJson, offersJson } from '../domain/facts-json';
import type { Listing } from '../domain/ingest/listing';
import { sightingChange } from '../domain/sighting';
import type { Vehicle } from '../domain/vehicle';
import { MediaStore } from './media-ports';
import { bringPictures, returnPictures, type PicturesMoved } from './move-pictures';
import { CacheNotice, PriceHistory, VehicleStore, type HistoryMove, type LateOffer, type PriceSighting } from './ports';
import type { Requester } from './requester';

/** One car's step: from what was locked to what shall be. */
export interface Step {
  readonly before: Vehicle | null;
  readonly after: Vehicle;
  readonly deleted?: boolean;
  /** A car that was deleted and is there again: `before` is null, for it comes onto the market anew. */
  readonly restored?: boolean;
  readonly reason?: string | null;
  /** Parts of the resource that changed beside the car itself: `listings`, `media`. */
  readonly also?: readonly string[];
  /** The offer that the news came from; absent when our own staff said it. */
  readonly listing?: { readonly id: string; readonly source: string; readonly externalId: string };
  /** All listings of the car, where they were read; its events tell of them. Elsewhere they are as they were. */
  readonly listings?: readonly Listing[];
  /** Entries for the price history, where listings have their own idea of what changed. */
  readonly sightings?: readonly PriceSighting[];
}

/**
 * Writes changes of vehicles with everything that belongs to them: state, price history, audit rows and events in one
 * transaction. Every use case that changes a car goes through here, so that none can forget a part.
 */
@Injectable()
export class RecordChanges {
  constructor(
    private readonly store: VehicleStore,
    private readonly history: PriceHistory,
    private readonly caches: CacheNotice,
    private readonly media: MediaStore,
  ) {}

  async record(tx: Tx, steps: readonly Step[], by: Requester): Promise<void> {
    if (steps.length === 0) return;
    const isNew = (step: Step): boolean => step.before === null && step.restored !== true;
    await this.store.insert(tx, steps.filter(isNew).map((step) => step.after));
    await this.store.save(
      tx,
      steps.filter((step) => !isNew(step) && step.deleted !== true).map((step) => step.after),
    );
    for (const { after, deleted } of steps) {
      if (deleted === true) await this.store.markDeleted(tx, after.id, after.version, after.updatedAt);
    }
    await this.history.record(tx, steps.flatMap((step) => sightingsOf(step)));
    await tx.auditAll(steps.map((step) => auditOf(step, by)));
    await this.publish(tx, steps);
    const touched = steps.map(({ after }) => ({ id: after.id, ownerTenantId: after.ownerTenantId }));
    tx.afterCommit(() => this.caches.changed(touched));
  }

  /** What was seen before something that is known already. */
  async recordLate(tx: Tx, offers: readonly LateOffer[]): Promise<void> {
    await this.history.recordLate(tx, offers);
  }

  /** The price history of listings goes where they go. */
  async moveHistory(tx: Tx, moves: readonly HistoryMove[]): Promise<void> {
    for (const { listingIds, fromVehicleId, toVehicleId } of moves) await this.history.move(tx, listingIds, fromVehicleId, toVehicleId);
  }

  /** So do the pictures that staff uploaded to a car. */
  bringPictures(tx: Tx, fromVehicleId: string, toVehicleId: string): Promise<PicturesMoved> {
    return bringPictures(this.media, tx, fromVehicleId, toVehicleId);
  }

  returnPictures(tx: Tx, fromVehicleId: string, toVehicleId: string, ids: readonly string[]): Promise<PicturesMoved> {
    return returnPictures(this.media, tx, fromVehicleId, toVehicleId, ids);
  }

  private async publish(tx: Tx, steps: readonly Step[]): Promise<void> {
    const listed: PublishInput<typeof vehicleListed>[] = [];
    const updated: PublishInput<typeof vehicleUpdated>[] = [];
    const priceChanged: PublishInput<typeof vehiclePriceChanged>[] = [];
    const delisted: PublishInput<typeof vehicleDelisted>[] = [];
    for (const step of steps) {
      const { after } = step;
      const to = { key: after.id, tenantId: after.ownerTenantId };
      const ref = { vehicle_id: after.id, version: after.version };
      for (const one of happenings(step.before, after, step.deleted, step.also)) {
        if (one.kind === 'listed') listed.push({ ...to, data: { ...ref, facts: toldFacts(step) } });
        else if (one.kind === 'updated') updated.push({ ...to, data: { ...ref, changed: [...one.changed], facts: toldFacts(step) } });
        else if (one.kind === 'delisted') delisted.push({ ...to, data: { ...ref, reason: one.reason, status: after.status } });
        else priceChanged.push({ ...to, data: priceData(step, one.previous, one.previousReference) });
      }
    }
    // One kind after the other keeps this order per car: it came, it changed, it got another price, it left.
    if (listed.length > 0) await tx.publishAll(vehicleListed, listed);
    if (updated.length > 0) await tx.publishAll(vehicleUpdated, updated);
    if (priceChanged.length > 0) await tx.publishAll(vehiclePriceChanged, priceChanged);
    if (delisted.length > 0) await tx.publishAll(vehicleDelisted, delisted);
  }
}

const toldFacts = ({ after, listings }: Step) => ({
  ...factsJson(after),
  ...(listings === undefined ? {} : { offers: offersJson(listings, maxOffersTold) }),
});

function priceData(
  { after, listing }: Step,
  previous: Price | null,
  previousReference: Price | null,
): EventData<typeof vehiclePriceChanged> {
  return {
    vehicle_id: after.id,
    version: after.version,
    previous,
    price: after.facts.price,
    previous_reference: previousReference,
    reference_price: after.referencePrice,
    seen_at: after.updatedAt.toISOString(),
    sighting: listing === undefined ? null : { listing_id: listing.id, source: listing.source, external_id: listing.externalId },
  };
}

function sightingsOf(step: Step): readonly PriceSighting[] {
  if (step.sightings !== undefined) return step.sightings;
  if (step.deleted === true) return [];
  const { before, after } = step;
  const seen = (vehicle: Vehicle) => ({ price: vehicle.facts.price, status: vehicle.status });
  const change = sightingChange(before === null ? null : seen(before), seen(after));
  if (change === null) return [];
  return [
    {
      id: uuidv7(after.updatedAt),
      vehicleId: after.id,
      listingId: null,
      source: null,
      observedAt: after.updatedAt,
      change,
      status: after.status,
      price: after.facts.price,
      referencePrice: after.referencePrice,
    },
  ];
}

/** Only what changed is kept, by the names of the resource; a new car's whole facts are in its event. */
function auditOf({ before, after, deleted, restored, reason, also = [] }: Step, by: Requester): AuditEntry {
  const base = {
    actor: by.actor,
    object: { type: 'vehicle', id: after.id },
    tenantId: after.ownerTenantId,
    reason: reason ?? null,
    from: by.from,
  };
  if (deleted === true) return { ...base, action: 'vehicle.deleted', before: { status: after.status, version: before?.version } };
  if (before === null) {
    const { make, model, year, price, vin } = after.facts;
    return { ...base, action: restored === true ? 'vehicle.restored' : 'vehicle.created', after: { make, model, year, price, vin, status: after.status } };
  }
  const changed = [...differences(before, after), ...also];
  const action = changed.length === 1 && changed[0] === 'status' ? 'vehicle.status_changed' : 'vehicle.updated';
  return { ...base, action, before: excerpt(before, changed), after: excerpt(after, changed) };
}

function excerpt(vehicle: Vehicle, fields: readonly string[]): Record<string, unknown> {
  const { mileage_km, power_kw, exterior_colour, interior_colour, vin_flags: _flags, relist_count: _relists, ...rest } = factsJson(vehicle);
  const known = new Map<string, unknown>(
    Object.entries({
      ...rest,
      mileage: mileage_km,
      power: power_kw,
      colour: { exterior: exterior_colour, interior: interior_colour },
      description: vehicle.facts.description,
      images: { count: vehicle.imageCount },
    }),
  );
  const kept: Record<string, unknown> = { version: vehicle.version };
  for (const field of fields) kept[field] = known.get(field);
  return kept;
}
