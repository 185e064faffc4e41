import { Injectable } from '@nestjs/common';
import { uuidv7 } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import { PriceHistory, type LateOffer, type PriceSighting } from '../application/ports';
import { lateChanges, type HistoryEntry } from '../domain/late-sighting';
import { priceOf } from './vehicle-row';

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
    await tx.writeLater({ table: 'price_history', what: 'insert', sql: insert, values: [JSON.stringify(rows)] });
  }

  override async recordLate(tx: Tx, offers: readonly LateOffer[]): Promise<void> {
    if (offers.length === 0) return;
    const rows = await tx.query<HistoryRow>(
      `select id, listing_id, observed_at, change, status, price_amount::float8 as price_amount, price_currency from vehicle.price_history
       where vehicle_id = any($1::uuid[]) and listing_id = any($2::uuid[]) order by observed_at, id`,
      [offers.map(({ vehicleId }) => vehicleId), offers.map(({ listingId }) => listingId)],
    );
    const known = Map.groupBy(rows, (row) => row.listing_id);
    const added: PriceSighting[] = [];
    const amended = new Map<string, { readonly from: HistoryEntry; readonly to: HistoryEntry }>();
    for (const [listingId, theirs] of Map.groupBy(offers, (offer) => offer.listingId)) {
      let history = (known.get(listingId) ?? []).map(entryOf);
      const stored = new Map(history.map((entry) => [entry.id, entry]));
      for (const offer of theirs.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
        const { entries, amended: other } = lateChanges(history, offer, offer.confirmedAt);
        const fresh = entries.map((entry) => ({ ...offer, ...entry, id: uuidv7(entry.at), observedAt: entry.at }));
        added.push(...fresh);
        const from = other === null ? undefined : stored.get(other.id);
        if (other !== null && from !== undefined) amended.set(other.id, { from, to: other });
        history = [...history.map((entry) => (entry.id === other?.id ? other : entry)), ...fresh].toSorted((a, b) => a.at.getTime() - b.at.getTime());
      }
    }
    await this.amend(tx, [...amended.values()]);
    await this.record(tx, added);
  }

  private async amend(tx: Tx, changes: readonly { readonly from: HistoryEntry; readonly to: HistoryEntry }[]): Promise<void> {
    if (changes.length === 0) return;
    await tx.query(
      `update vehicle.price_history h set observed_at = r.at, change = r.change
       from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::text[]) as r(id, was, at, change) where h.id = r.id and h.observed_at = r.was`,
      [changes.map(({ from }) => from.id), changes.map(({ from }) => from.at), changes.map(({ to }) => to.at), changes.map(({ to }) => to.change)],
    );
  }

  override async move(tx: Tx, listingIds: readonly string[], fromVehicleId: string, toVehicleId: string): Promise<void> {
    await tx.query('update vehicle.price_history set vehicle_id = $3 where vehicle_id = $2 and listing_id = any($1::uuid[])', [
      listingIds,
      fromVehicleId,
      toVehicleId,
    ]);
  }
}

interface HistoryRow {
  readonly id: string;
  readonly listing_id: string;
  readonly observed_at: Date;
  readonly change: HistoryEntry['change'];
  readonly status: string;
  readonly price_amount: number | null;
  readonly price_currency: string | null;
}

const entryOf = (row: HistoryRow): HistoryEntry => ({
  id: row.id,
  at: row.observed_at,
  change: row.change,
  status: row.status,
  price: priceOf(row.price_amount, row.price_currency ?? ''),
});
