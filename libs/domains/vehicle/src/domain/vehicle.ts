import type { VehicleStatus } from '@autobroker/kernel';
import type { Price, VehicleFacts } from './facts';
import type { Quality } from './ingest/quality';

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
  /** How much can be relied on what is known; null for a car that was last written before this was told. */
  readonly quality: Quality | null;
  /** How often one of its sources has offered it anew, under another number. */
  readonly relistCount: number;
  /** When it last came onto the market. */
  readonly listedAt: Date;
  /** Whether an order holds it, where it was read to be changed: then no source’s word and no hand but the order’s makes it free. */
  readonly heldBySale?: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
