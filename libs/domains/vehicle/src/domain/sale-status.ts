import type { ListingStatus, VehicleStatus } from '@autobroker/kernel';
import { moveTo, statusOfListing } from './status';

/** What an order means for its car: it holds it, it came to nothing, or it has sold it. */
export type SaleState = 'holds' | 'over' | 'sold';

/**
 * What a car is after an order has moved: held while any order holds it, sold when one has sold it, and else again what its
 * offers say, or for sale where nobody else speaks of it. Nothing where the life of a car has no such move.
 */
export function statusAfterSale(current: VehicleStatus, sales: readonly SaleState[], offers: ListingStatus | null): VehicleStatus {
  const target = sales.includes('sold') ? 'sold' : sales.includes('holds') ? 'reserved' : offers === null ? 'available' : statusOfListing(offers);
  return target !== current && moveTo(current, target, 'system').ok ? target : current;
}

/** The orders that have or hold a car, where they name different cars: those have turned out to be one, which only one of them can have. */
export function heldTwice(holds: readonly { readonly orderId: string; readonly orderedVehicleId: string }[]): readonly string[] {
  return new Set(holds.map(({ orderedVehicleId }) => orderedVehicleId)).size > 1 ? holds.map(({ orderId }) => orderId) : [];
}
