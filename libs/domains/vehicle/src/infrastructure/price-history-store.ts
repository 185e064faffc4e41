import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import { PriceHistory, type PriceSighting } from '../application/ports';

const insert = `insert into vehicle.price_history
  (id, vehicle_id, listing_id, observed_at, source, change, status, price_amount, price_currency, price_ref)
select * from jsonb_to_recordset($1::jsonb) as r(id uuid, vehicle_id uuid, listing_id uuid, observed_at timestamptz,
  source text, change text, status text, price_amount bigint, price_currency text, price_ref bigint)`;

@Injectable()
export class SqlPriceHistory extends PriceHistory {
  override async record(tx: Tx, sightings: readonly PriceSighting[]): Promise<void> {
    if (sightings.length === 0) return;
    const rows = sightings.map((sighting) => ({
      id: sighting.id,
      vehicle_id: sighting.vehicleId,
      listing_id: sighting.listingId,
      observed_at: sighting.observedAt.toISOString(),
      source: sighting.source,
      change: sighting.change,
      status: sighting.status,
      price_amount: sighting.price?.amount ?? null,
      price_currency: sighting.price?.currency ?? null,
      price_ref: sighting.referencePrice?.amount ?? null,
    }));
    await tx.query(insert, [JSON.stringify(rows)], { name: 'price-history-insert' });
  }

  override async move(tx: Tx, listingIds: readonly string[], fromVehicleId: string, toVehicleId: string): Promise<void> {
    await tx.query('update vehicle.price_history set vehicle_id = $3 where vehicle_id = $2 and listing_id = any($1::uuid[])', [
      listingIds,
      fromVehicleId,
      toVehicleId,
    ]);
  }
}
