import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import { ReferencePrices, VehicleStore } from '../application/ports';
import type { Vehicle } from '../domain/vehicle';
import { detailColumns, rowOf, vehicleColumns, vehicleOf, type VehicleRow } from './vehicle-row';

const names = Object.keys(vehicleColumns);
const details = Object.keys(detailColumns);

/** The rows come as one JSON parameter: a call writes a thousand vehicles with as many statements as one. */
const recordset = `jsonb_to_recordset($1::jsonb) as r(id uuid, tenant_id uuid, created_at timestamptz, search text, ${[
  ...Object.entries(vehicleColumns),
  ...Object.entries(detailColumns),
]
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')})`;

/** Both tables in one round trip; the reference from the details to the vehicle is checked when the statement is complete. */
const insertBoth = `with r as materialized (select * from ${recordset}), v as (
  insert into vehicle.vehicles (id, tenant_id, created_at, search, ${names.join(', ')})
  select r.id, r.tenant_id, r.created_at, to_tsvector('simple', r.search), ${names.map((name) => `r.${name}`).join(', ')} from r
)
insert into vehicle.vehicle_details (vehicle_id, ${details.join(', ')})
select r.id, ${details.map((name) => `r.${name}`).join(', ')} from r`;

const updateBoth = `with r as materialized (select * from ${recordset}), u as (
  update vehicle.vehicles v set search = to_tsvector('simple', r.search), ${names.map((name) => `${name} = r.${name}`).join(', ')}
  from r where v.id = r.id and v.deleted_at is null
)
update vehicle.vehicle_details d
set ${details.map((name) => `${name} = r.${name}`).join(', ')}
from r where d.vehicle_id = r.id`;

@Injectable()
export class SqlVehicleStore extends VehicleStore {
  constructor(private readonly prices: ReferencePrices) {
    super();
  }

  override async lock(tx: Tx, ids: readonly string[]): Promise<Map<string, Vehicle>> {
    // Both are locked: after waiting for the one alone, the other would be read as it was before.
    const rows = await tx.query<{ row: VehicleRow }>(
      `select to_jsonb(v) - 'search' || to_jsonb(d) as row
       from vehicle.vehicles v join vehicle.vehicle_details d on d.vehicle_id = v.id
       where v.id = any($1::uuid[]) and v.deleted_at is null
       order by v.id for update of v, d`,
      [ids],
      { name: 'vehicle-lock' },
    );
    const held = await this.held(tx, rows.map(({ row }) => row.id));
    return new Map(rows.map(({ row }) => [row.id, { ...vehicleOf(row, this.prices.currency), heldBySale: held.has(row.id) }]));
  }

  /** Asked after the lock, in a statement of its own: it sees what was committed while the lock was waited for. */
  private async held(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const rows = await tx.query<{ vehicle_id: string }>(`select vehicle_id from vehicle.sale_holds where vehicle_id = any($1::uuid[]) and state = 'holds'`, [ids], { name: 'vehicle-held' });
    return new Set(rows.map(({ vehicle_id }) => vehicle_id));
  }

  override async insert(tx: Tx, vehicles: readonly Vehicle[]): Promise<void> {
    if (vehicles.length === 0) return;
    await tx.query(insertBoth, [JSON.stringify(vehicles.map(rowOf))], { name: 'vehicle-insert' });
  }

  override async save(tx: Tx, vehicles: readonly Vehicle[]): Promise<void> {
    if (vehicles.length === 0) return;
    await tx.query(updateBoth, [JSON.stringify(vehicles.map(rowOf))], { name: 'vehicle-update' });
  }

  override async markDeleted(tx: Tx, id: string, version: number, at: Date): Promise<void> {
    await tx.query(
      `update vehicle.vehicles set deleted_at = $3, updated_at = $3, version = $2 where id = $1`,
      [id, version, at],
    );
  }

  override async undelete(tx: Tx, id: string): Promise<Vehicle | null> {
    await tx.query('update vehicle.vehicles set deleted_at = null where id = $1', [id]);
    return (await this.lock(tx, [id])).get(id) ?? null;
  }
}
