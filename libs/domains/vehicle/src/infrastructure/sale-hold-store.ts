import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import { type HeardSale, SaleHolds } from '../application/sales/ports';
import type { SaleState } from '../domain/sale-status';

@Injectable()
export class SqlSaleHolds extends SaleHolds {
  override async put(tx: Tx, { orderId, vehicleId, version, state }: HeardSale): Promise<SaleState | null | 'stale'> {
    // The order's own row first: two events of one order that are worked on at once see each other.
    const [known] = await tx.query<{ state: SaleState; version: number }>('select state, version from vehicle.sale_holds where order_id = $1 for update', [orderId]);
    const rows = await tx.query(
      `insert into vehicle.sale_holds as h (order_id, vehicle_id, version, state) values ($1, $2, $3, $4)
       on conflict (order_id) do update set version = excluded.version, state = excluded.state where h.version < excluded.version
       returning 1`,
      [orderId, vehicleId, version, state],
    );
    return rows.length === 0 ? 'stale' : (known?.state ?? null);
  }

  override async ofVehicle(tx: Tx, vehicleId: string): Promise<readonly SaleState[]> {
    const rows = await tx.query<{ state: SaleState }>(`select state from vehicle.sale_holds where vehicle_id = $1 and state <> 'over'`, [vehicleId]);
    return rows.map(({ state }) => state);
  }
}
