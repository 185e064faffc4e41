import type { VehicleStatus } from '@autobroker/kernel';
import type { Price, VehicleFacts } from './facts';

/** A car as we keep it. `ownerTenantId` null is the shared catalogue. */
export interface Vehicle {
  readonly id: string;
  readonly ownerTenantId: string | null;
  readonly version: number;
  readonly status: VehicleStatus;
  readonly facts: VehicleFacts;
  readonly vinFlags: readonly string[];
  /** The price in the installation's currency; `null` also where there is no rate for its currency. */
  readonly referencePrice: Price | null;
  readonly sources: readonly string[];
  /** Pictures at sources and pictures of our own. */
  readonly imageCount: number;
  /** When it last came onto the market. */
  readonly listedAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
