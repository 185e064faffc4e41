import type { Tx } from '@autobroker/platform/database';
import type { SaleState } from '../../domain/sale-status';

export interface HeardSale {
  readonly orderId: string;
  /** As the order calls its car, wherever that has gone since. */
  readonly vehicleId: string;
  /** The offer that was ordered. */
  readonly listingId: string | null;
  /** Of the order: what is older than what is known says nothing. */
  readonly version: number;
  readonly state: SaleState;
  readonly at: Date;
}

/** An order that is not over. */
export interface Hold {
  readonly orderId: string;
  readonly orderedVehicleId: string;
  readonly state: SaleState;
}

/** Orders of cars, as the order service tells of them. */
export abstract class SaleHolds {
  /** `vehicleId` is the car that the order's car has become. What was known of this order before; `stale` where something newer was. */
  abstract put(tx: Tx, sale: HeardSale, vehicleId: string): Promise<SaleState | null | 'stale'>;
  /** Of every order of a car that is not over. */
  abstract ofVehicle(tx: Tx, vehicleId: string): Promise<readonly Hold[]>;
  /** A car that had been sold was for sale again: this order came later, and the sale before it says nothing any more. */
  abstract resold(tx: Tx, sale: HeardSale, vehicleId: string): Promise<void>;
  /** A car was put together with another: its orders are of that one now. Whether there were any. */
  abstract follow(tx: Tx, fromVehicleId: string, toVehicleId: string): Promise<boolean>;
  /** Staff have put offers of a car elsewhere: their orders go with them. Whether there were any. */
  abstract followOffers(tx: Tx, listingIds: readonly string[], fromVehicleId: string, toVehicleId: string): Promise<boolean>;
  /** That was taken back: orders of the car, and of those that it had taken in, are its own again. Whether there were any. */
  abstract giveBack(tx: Tx, fromVehicleId: string, toVehicleId: string): Promise<boolean>;
}
