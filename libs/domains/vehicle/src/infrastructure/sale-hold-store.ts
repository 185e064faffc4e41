import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import { type HeardSale, type Hold, SaleHolds } from '../application/sales/ports';
import type { SaleState } from '../domain/sale-status';

interface HoldRow {
  readonly order_id: string;
  readonly ordered: string;
  readonly state: SaleState;
}

// The order's own row first, with which the other is joined: two events of one order that are worked on at once see each other.
const putSql = `with known as materialized (select state from vehicle.sale_holds where order_id = $1 for update),
     put as (
       insert into vehicle.sale_holds as h (order_id, vehicle_id, ordered_id, listing_id, version, state)
       select $1::uuid, $2::uuid, nullif($3::uuid, $2::uuid), $6::uuid, $4::integer, $5::text from (values (1)) one (n) left join known on true
       on conflict (order_id) do update set vehicle_id = excluded.vehicle_id, ordered_id = excluded.ordered_id, listing_id = excluded.listing_id, version = excluded.version, state = excluded.state
       where h.version < excluded.version
       returning 1)
  select (select state from known) as known, exists (select from put) as "isNews"`;

@Injectable()
export class SqlSaleHolds extends SaleHolds {
  override async put(tx: Tx, { orderId, vehicleId: ordered, listingId, version, state }: HeardSale, vehicleId: string): Promise<SaleState | null | 'stale'> {
    const [row] = await tx.query<{ known: SaleState | null; isNews: boolean }>(putSql, [orderId, vehicleId, ordered, version, state, listingId], { name: 'vehicle-sale-put' });
    return row?.isNews === true ? row.known : 'stale';
  }

  override async ofVehicle(tx: Tx, vehicleId: string): Promise<readonly Hold[]> {
    const rows = await tx.query<HoldRow>(
      `select order_id, coalesce(ordered_id, vehicle_id) as ordered, state from vehicle.sale_holds where vehicle_id = $1 and state <> 'over' order by order_id`,
      [vehicleId],
    );
    return rows.map((row) => ({ orderId: row.order_id, orderedVehicleId: row.ordered, state: row.state }));
  }

  override async resold(tx: Tx, { orderId, vehicleId: ordered }: HeardSale, vehicleId: string): Promise<void> {
    // Ids of orders grow with time. Of another car's orders nobody knows which came first: that is for people to say.
    await tx.query(
      `update vehicle.sale_holds set state = 'over' where vehicle_id = $1 and state = 'sold' and order_id < $2::uuid and coalesce(ordered_id, vehicle_id) = $3::uuid`,
      [vehicleId, orderId, ordered],
    );
  }

  override async follow(tx: Tx, fromVehicleId: string, toVehicleId: string): Promise<boolean> {
    const rows = await tx.query(
      `update vehicle.sale_holds set vehicle_id = $2::uuid, ordered_id = nullif(coalesce(ordered_id, vehicle_id), $2::uuid)
       where vehicle_id = $1 and state <> 'over' returning 1`,
      [fromVehicleId, toVehicleId],
    );
    return rows.length > 0;
  }

  override async followOffers(tx: Tx, listingIds: readonly string[], fromVehicleId: string, toVehicleId: string): Promise<boolean> {
    const rows = await tx.query(
      `update vehicle.sale_holds set vehicle_id = $2::uuid, ordered_id = nullif(coalesce(ordered_id, vehicle_id), $2::uuid)
       where vehicle_id = $1 and state <> 'over' and listing_id = any($3::uuid[]) returning 1`,
      [fromVehicleId, toVehicleId, listingIds],
    );
    return rows.length > 0;
  }

  override async giveBack(tx: Tx, fromVehicleId: string, toVehicleId: string): Promise<boolean> {
    const rows = await tx.query(
      `with recursive taken_in(id) as (
         select $1::uuid
         union
         select m.from_vehicle_id from taken_in t join vehicle.vehicle_merges m on m.to_vehicle_id = t.id where m.kind = 'merge' and m.reverted_at is null
       )
       update vehicle.sale_holds set vehicle_id = $1, ordered_id = nullif(coalesce(ordered_id, vehicle_id), $1::uuid)
       where vehicle_id = $2 and state <> 'over' and coalesce(ordered_id, vehicle_id) in (select id from taken_in) returning 1`,
      [fromVehicleId, toVehicleId],
    );
    return rows.length > 0;
  }
}
