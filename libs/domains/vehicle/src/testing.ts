import { Cache } from '@autobroker/platform/cache';
import { loadConfig } from '@autobroker/platform/config';
import { platformTables, type Tx } from '@autobroker/platform/database';
import { testDatabase, type TestDatabase } from '@autobroker/platform/testing';
import { Catalogue } from './application/catalogue';
import { ChangeStatus } from './application/change-status';
import { ChangeVehicle } from './application/change-vehicle';
import { vehicleConfig } from './application/config';
import { CreateVehicle } from './application/create-vehicle';
import { DeleteVehicle } from './application/delete-vehicle';
import { IngestListings } from './application/ingest/ingest-listings';
import { IngestHousekeeping } from './application/ingest/housekeeping';
import { Reorganise } from './application/ingest/reorganise';
import { Reprocess } from './application/ingest/reprocess';
import { TakeIn } from './application/ingest/take-in';
import { RecordChanges } from './application/record-changes';
import { systemRequester, type Requester } from './application/requester';
import { FollowSales } from './application/sales/follow-sales';
import { SettleSales } from './application/sales/settle-sales';
import { UpsertVehicles } from './application/upsert-vehicles';
import type { Price } from './domain/facts';
import { vehicleEntities } from './infrastructure/entities';
import { SqlListingStore } from './infrastructure/listing-store';
import { SqlMatchStore } from './infrastructure/match-store';
import { SqlQuarantine } from './infrastructure/quarantine-store';
import { vehicleMigrations } from './infrastructure/migrations';
import { SqlMediaStore } from './infrastructure/media-store';
import { SqlPriceHistory } from './infrastructure/price-history-store';
import { SqlSaleHolds } from './infrastructure/sale-hold-store';
import { SqlVehicleReader } from './infrastructure/vehicle-queries';
import { SqlVehicleStore } from './infrastructure/vehicle-store';
import { ReferencePrices } from './application/ports';

/** For specs: the service on a database of its own, wired by hand, with rates that never change. */
export const vehicleSchema = {
  name: 'vehicle',
  entities: vehicleEntities,
  migrations: [...platformTables('vehicle'), ...vehicleMigrations],
};

const perEuro: Readonly<Record<string, number>> = { EUR: 1, USD: 1.25, GBP: 0.8 };

export class FixedPrices extends ReferencePrices {
  override readonly currency = 'EUR';

  override of(price: Price): Price | null {
    const rate = perEuro[price.currency];
    return rate === undefined ? null : { amount: Math.round(price.amount / rate), currency: 'EUR' };
  }
}

export const operator: Requester = systemRequester('spec');

export const staffOf = (tenantId: string): Requester => ({ ...operator, actor: { kind: 'user', id: null }, tenantId, writesShared: false });

export async function vehicleBench() {
  const database: TestDatabase = await testDatabase({ services: [vehicleSchema] });
  const db = database.of('vehicle');
  const prices = new FixedPrices();
  const store = new SqlVehicleStore(prices);
  const reader = new SqlVehicleReader(db, prices);
  const catalogue = new Catalogue(new Cache(), reader);
  const changes = new RecordChanges(store, new SqlPriceHistory(), catalogue, new SqlMediaStore(db));
  const matches = new SqlMatchStore();
  const listings = new SqlListingStore(db, prices);
  const holds = new SqlSaleHolds();
  const settle = new SettleSales(store, listings, holds, changes);
  const takeIn = new TakeIn(store, listings, matches, changes, prices, settle);
  const quarantine = new SqlQuarantine();
  const ingest = new IngestListings(takeIn, quarantine, listings);
  const reprocess = new Reprocess(db, quarantine, ingest, listings);
  const config = loadConfig(vehicleConfig, {});
  return {
    database,
    db,
    clock: database.clock,
    prices,
    store,
    reader,
    catalogue,
    changes,
    create: new CreateVehicle(db, changes, prices),
    change: new ChangeVehicle(db, store, changes, prices),
    remove: new DeleteVehicle(db, store, changes),
    status: new ChangeStatus(db, store, changes),
    upsert: new UpsertVehicles(db, takeIn),
    takeIn,
    matches,
    listings,
    ingest,
    reorganise: new Reorganise(db, store, listings, matches, takeIn, settle),
    sales: new FollowSales(store, matches, holds, settle),
    reprocess,
    housekeeping: new IngestHousekeeping(db, config, takeIn, reprocess, listings),
    close: () => database.close(),
  };
}

/** Somebody waits for what this transaction holds. */
export async function somebodyWaits(tx: Tx): Promise<void> {
  for (;;) {
    const [row] = await tx.query<{ n: number }>('select count(*)::integer as n from pg_locks l where not l.granted and pg_backend_pid() = any(pg_blocking_pids(l.pid))');
    if ((row?.n ?? 0) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export { aCar, aVehicle } from './domain/a-car';
