import type { Tx } from '@autobroker/platform/database';
import type { SaleState } from '../../domain/sale-status';

export interface HeardSale {
  readonly orderId: string;
  readonly vehicleId: string;
  /** Of the order: what is older than what is known says nothing. */
  readonly version: number;
  readonly state: SaleState;
  readonly at: Date;
}

/** Orders of cars, as the order service tells of them. */
export abstract class SaleHolds {
  /** What was known of this order before; `stale` where something newer was. */
  abstract put(tx: Tx, sale: HeardSale): Promise<SaleState | null | 'stale'>;
  /** Of every order of a car. */
  abstract ofVehicle(tx: Tx, vehicleId: string): Promise<readonly SaleState[]>;
}
