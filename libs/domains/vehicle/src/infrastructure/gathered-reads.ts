import { runDetached } from '@autobroker/platform/telemetry';
import type { VehicleJson } from '../application/reader';

export interface KeyedVehicle extends VehicleJson {
  readonly id: string;
}

/** What fetches vehicles by their ids; those that the tenant may not see are not there. */
export type FetchVehicles = (ids: readonly string[], tenantId: string | null) => Promise<readonly KeyedVehicle[]>;

interface Waiting {
  readonly id: string;
  readonly found: (vehicle: VehicleJson | null) => void;
  readonly failed: (error: unknown) => void;
}

/** More in one statement would keep one connection busy while others have nothing to do. */
const together = 8;

/**
 * Under load several cars are asked for in the same turn of the event loop. One statement for them costs the database and
 * us little more than one for each would. A car that is asked for alone is fetched at the end of the turn, by itself.
 */
export class GatheredReads {
  private readonly waiting = new Map<string | null, Waiting[]>();

  constructor(private readonly fetch: FetchVehicles) {}

  read(id: string, tenantId: string | null): Promise<VehicleJson | null> {
    return new Promise((found, failed) => {
      const one = { id: id.toLowerCase(), found, failed };
      const others = this.waiting.get(tenantId);
      if (others !== undefined) {
        others.push(one);
        return;
      }
      this.waiting.set(tenantId, [one]);
      // Work for several requests belongs to none of them.
      runDetached(() => setImmediate(() => this.send(tenantId)));
    });
  }

  private send(tenantId: string | null): void {
    const waiting = this.waiting.get(tenantId) ?? [];
    this.waiting.delete(tenantId);
    for (let at = 0; at < waiting.length; at += together) void this.answer(waiting.slice(at, at + together), tenantId);
  }

  private async answer(waiting: readonly Waiting[], tenantId: string | null): Promise<void> {
    try {
      const vehicles = await this.fetch([...new Set(waiting.map(({ id }) => id))], tenantId);
      const byId = new Map(vehicles.map((vehicle) => [vehicle.id, vehicle]));
      for (const { id, found } of waiting) found(byId.get(id) ?? null);
    } catch (error) {
      for (const { failed } of waiting) failed(error);
    }
  }
}
