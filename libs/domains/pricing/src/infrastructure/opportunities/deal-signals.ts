import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { DealSignals, OutsideValues, type Reading, type Signals } from '../../application/opportunities/ports';

const monthMs = 30 * 86_400_000;

interface SignalRow {
  readonly id: string;
  readonly doubt: string | null;
  readonly named: number;
  readonly km: number | null;
  readonly at: Date | null;
  /** Whether any other has said what it is worth. */
  readonly valued: boolean;
}

/** From what the market's projection keeps of a car, and the highest reading of its odometer. */
@Injectable()
export class SqlDealSignals extends DealSignals {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly outside: OutsideValues,
  ) {
    super();
  }

  override async of(vehicleIds: readonly string[], at: Date): Promise<ReadonlyMap<string, Signals>> {
    if (vehicleIds.length === 0) return new Map();
    const rows = await this.db.query<SignalRow>(
      `select c.vehicle_id as id, c.doubt, p.km, p.at,
         (select count(*)::integer from jsonb_array_elements(c.moments) m where (m->>'at')::bigint > $2) as named,
         exists (select 1 from pricing.external_valuations x where x.vehicle_id = c.vehicle_id and x.fetched_at is not null) as valued
       from pricing.market_cars c left join pricing.odometer_peaks p using (vehicle_id) where c.vehicle_id = any($1::uuid[])`,
      [vehicleIds, at.getTime() - monthMs],
      { name: 'opportunities-signals' },
    );
    const words = await this.outside.of(rows.filter(({ valued }) => valued).map(({ id }) => id));
    // The first price that was named within the month is no change of one.
    return new Map(rows.map(({ id, doubt, named, km, at: read }) => [id, { doubt, priceChanges: Math.max(0, named - 1), highestMileage: km === null || read === null ? null : { km, at: read }, outside: words.get(id)?.opinion ?? null }]));
  }

  override async hear(tx: Tx, readings: readonly Reading[]): Promise<void> {
    const highest = new Map<string, Reading>();
    for (const reading of readings) {
      const known = highest.get(reading.vehicleId);
      if (known === undefined || reading.km > known.km) highest.set(reading.vehicleId, reading);
    }
    if (highest.size === 0) return;
    const all = [...highest.values()].sort((a, b) => (a.vehicleId < b.vehicleId ? -1 : 1));
    await tx.query(
      `insert into pricing.odometer_peaks as p (vehicle_id, km, at) select * from unnest($1::uuid[], $2::integer[], $3::timestamptz[])
       on conflict (vehicle_id) do update set km = excluded.km, at = excluded.at where excluded.km > p.km`,
      [all.map(({ vehicleId }) => vehicleId), all.map(({ km }) => km), all.map(({ at }) => at)],
    );
  }

  override async forget(tx: Tx, vehicleIds: readonly string[]): Promise<void> {
    if (vehicleIds.length > 0) await tx.query('delete from pricing.odometer_peaks where vehicle_id = any($1::uuid[])', [vehicleIds]);
  }
}
