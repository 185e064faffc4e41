import { Injectable } from '@nestjs/common';
import { vehicleOffersMoved } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import { logger } from '@autobroker/platform/telemetry';
import { statusOfAll } from '../../domain/ingest/compose';
import { heldTwice, statusAfterSale } from '../../domain/sale-status';
import { withStatus } from '../../domain/status';
import type { Vehicle } from '../../domain/vehicle';
import { ListingStore, VehicleStore, type HistoryMove, type MergeRecord } from '../ports';
import { RecordChanges } from '../record-changes';
import { systemRequester } from '../requester';
import { type Hold, SaleHolds } from './ports';

const log = logger('vehicle.sales');
const by = systemRequester('vehicle.follow-sales');

type Merge = Pick<MergeRecord, 'kind' | 'fromVehicleId' | 'toVehicleId'>;

/** Cars are what their orders make of them, also after it has turned out which orders are theirs. */
@Injectable()
export class SettleSales {
  constructor(
    private readonly vehicles: VehicleStore,
    private readonly listings: ListingStore,
    private readonly holds: SaleHolds,
    private readonly changes: RecordChanges,
  ) {}

  /** Orders go where their cars go. */
  async merged(tx: Tx, merges: readonly HistoryMove[], at: Date): Promise<void> {
    await tell(tx, merges.filter(({ kind }) => kind === 'merge'), at);
    for (const { kind, fromVehicleId, toVehicleId } of merges) {
      if (kind !== 'merge' || !(await this.holds.follow(tx, fromVehicleId, toVehicleId))) continue;
      const reason = `merged with ${fromVehicleId}`;
      const car = await this.settle(tx, toVehicleId, reason, at);
      if (car !== undefined) await this.tellTwice(tx, car, await this.holds.ofVehicle(tx, car.id), reason);
    }
  }

  /** Staff know which offer is of which car: what was ordered is the car of that offer. */
  async offersMoved(tx: Tx, moves: readonly HistoryMove[], at: Date): Promise<void> {
    // Merges were told of when they were written.
    await tell(tx, moves.filter(({ kind }) => kind === 'split'), at);
    for (const { listingIds, fromVehicleId, toVehicleId } of moves) {
      if (!(await this.holds.followOffers(tx, listingIds, fromVehicleId, toVehicleId))) continue;
      await this.settle(tx, fromVehicleId, `parted from ${toVehicleId}`, at);
      await this.settle(tx, toVehicleId, `parted from ${fromVehicleId}`, at);
    }
  }

  /** And come back with them. */
  async takenBack(tx: Tx, { kind, fromVehicleId, toVehicleId }: Merge, at: Date): Promise<void> {
    if (kind !== 'merge' || !(await this.holds.giveBack(tx, fromVehicleId, toVehicleId))) return;
    await this.settle(tx, toVehicleId, `parted from ${fromVehicleId}`, at);
    await this.settle(tx, fromVehicleId, `parted from ${toVehicleId}`, at);
  }

  /** The car as it was locked. */
  private async settle(tx: Tx, vehicleId: string, reason: string, at: Date): Promise<Vehicle | undefined> {
    const car = (await this.vehicles.lock(tx, [vehicleId])).get(vehicleId);
    if (car !== undefined) await this.settleLocked(tx, car, reason, at);
    return car;
  }

  /** One whose row is held; its orders that are not over. */
  async settleLocked(tx: Tx, before: Vehicle, reason: string, at: Date): Promise<readonly Hold[]> {
    const offers = (await this.listings.ofVehicles(tx, [before.id])).map((one) => one.status);
    const holds = await this.holds.ofVehicle(tx, before.id);
    const status = statusAfterSale(before.status, holds.map(({ state }) => state), offers.length === 0 ? null : statusOfAll(offers));
    if (status !== before.status) await this.changes.record(tx, [{ before, after: withStatus(before, status, at), reason }], by);
    return holds;
  }

  /**
   * Two buyers hold what has turned out to be one car. It stays held until both orders have ended or one has sold it; which of
   * them that is, or whether they were two cars after all, is for people to say: it is on record for them.
   */
  async tellTwice(tx: Tx, { id, ownerTenantId }: Vehicle, holds: readonly Hold[], reason: string): Promise<void> {
    const orders = heldTwice(holds);
    if (orders.length === 0) return;
    log.warn({ vehicle_id: id, orders }, 'two orders hold one car');
    await tx.audit({ actor: by.actor, action: 'vehicle.held_twice', object: { type: 'vehicle', id }, tenantId: ownerTenantId, after: { orders }, reason });
  }
}

/** The orders themselves name their cars, too. Of a car that goes through several in one step, the last is told. */
async function tell(tx: Tx, moves: readonly HistoryMove[], at: Date): Promise<void> {
  const end = (id: string): string => {
    const next = moves.find((one) => one.kind === 'merge' && one.fromVehicleId === id);
    return next === undefined ? id : end(next.toVehicleId);
  };
  for (const { kind, ownerTenantId, listingIds, fromVehicleId, toVehicleId } of moves) {
    const data = { from_vehicle_id: fromVehicleId, vehicle_id: end(toVehicleId), listing_ids: [...listingIds], whole: kind === 'merge', moved_at: at.toISOString() };
    await tx.publish(vehicleOffersMoved, { key: fromVehicleId, tenantId: ownerTenantId, data });
  }
}
