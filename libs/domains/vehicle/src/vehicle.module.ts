import { Module } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import { platformTables } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { BulkController } from './api/bulk.controller';
import { CatalogueController } from './api/catalogue.controller';
import { MaintenanceProcessor, ReferencePriceProcessor, ThumbnailProcessor } from './api/jobs';
import { IngestController } from './api/ingest.controller';
import { ListingsConsumer } from './api/ingest.consumer';
import { MediaController } from './api/media.controller';
import { MergesController } from './api/merges.controller';
import { SalesConsumer } from './api/sales.consumer';
import { OffersController } from './api/offers.controller';
import { VehiclesController } from './api/vehicles.controller';
import { AddMedia, MediaTools } from './application/add-media';
import { Catalogue } from './application/catalogue';
import { ChangeStatus } from './application/change-status';
import { ChangeVehicle } from './application/change-vehicle';
import { vehicleConfig } from './application/config';
import { CreateVehicle } from './application/create-vehicle';
import { DeleteVehicle } from './application/delete-vehicle';
import { IngestHousekeeping } from './application/ingest/housekeeping';
import { IngestListings } from './application/ingest/ingest-listings';
import { IngestReader } from './application/ingest/ingest-reader';
import { Quarantine } from './application/ingest/quarantine';
import { Reorganise } from './application/ingest/reorganise';
import { Reprocess } from './application/ingest/reprocess';
import { TakeIn } from './application/ingest/take-in';
import { MaintainVehicles } from './application/maintain-vehicles';
import { MakeThumbnails } from './application/make-thumbnails';
import { MediaStore, Pictures } from './application/media-ports';
import { OfferReader } from './application/offer-reader';
import { OrderMedia } from './application/order-media';
import { CacheNotice, ListingStore, MatchStore, PriceHistory, ReferencePrices, VehicleStore } from './application/ports';
import { VehicleReader } from './application/reader';
import { RecordChanges } from './application/record-changes';
import { RefreshReferencePrices } from './application/refresh-reference-prices';
import { RemoveMedia } from './application/remove-media';
import { FollowSales } from './application/sales/follow-sales';
import { SaleHolds } from './application/sales/ports';
import { SettleSales } from './application/sales/settle-sales';
import { UpsertVehicles } from './application/upsert-vehicles';
import { VehicleDemo } from './infrastructure/demo/seeder';
import { vehicleEntities } from './infrastructure/entities';
import { SharpPictures } from './infrastructure/images/sharp-pictures';
import { SqlIngestReader } from './infrastructure/ingest-queries';
import { SqlListingStore } from './infrastructure/listing-store';
import { SqlMatchStore } from './infrastructure/match-store';
import { SqlMediaStore } from './infrastructure/media-store';
import { vehicleMigrations } from './infrastructure/migrations';
import { SqlOfferReader } from './infrastructure/offer-queries';
import { SqlPriceHistory } from './infrastructure/price-history-store';
import { SqlQuarantine } from './infrastructure/quarantine-store';
import { RatedPrices } from './infrastructure/rated-prices';
import { SqlSaleHolds } from './infrastructure/sale-hold-store';
import { SqlVehicleReader } from './infrastructure/vehicle-queries';
import { SqlVehicleStore } from './infrastructure/vehicle-store';

const controllers = [CatalogueController, VehiclesController, BulkController, OffersController, MediaController, IngestController, MergesController];

@Module({
  controllers,
  providers: [
    // use cases
    Catalogue,
    CreateVehicle,
    ChangeVehicle,
    ChangeStatus,
    DeleteVehicle,
    UpsertVehicles,
    TakeIn,
    IngestListings,
    IngestHousekeeping,
    Reorganise,
    Reprocess,
    AddMedia,
    MediaTools,
    OrderMedia,
    RemoveMedia,
    MakeThumbnails,
    MaintainVehicles,
    RefreshReferencePrices,
    RecordChanges,
    FollowSales,
    SettleSales,
    // ports and what stands behind them
    { provide: CacheNotice, useExisting: Catalogue },
    { provide: VehicleStore, useClass: SqlVehicleStore },
    { provide: VehicleReader, useClass: SqlVehicleReader },
    { provide: ListingStore, useClass: SqlListingStore },
    { provide: MatchStore, useClass: SqlMatchStore },
    { provide: IngestReader, useClass: SqlIngestReader },
    { provide: Quarantine, useClass: SqlQuarantine },
    { provide: PriceHistory, useClass: SqlPriceHistory },
    { provide: OfferReader, useClass: SqlOfferReader },
    { provide: SaleHolds, useClass: SqlSaleHolds },
    { provide: MediaStore, useClass: SqlMediaStore },
    { provide: Pictures, useClass: SharpPictures },
    { provide: ReferencePrices, useClass: RatedPrices },
    // events and jobs
    ListingsConsumer,
    SalesConsumer,
    ThumbnailProcessor,
    MaintenanceProcessor,
    ReferencePriceProcessor,
    VehicleDemo,
  ],
})
export class VehicleModule {}

/** The vehicle service, ready to be hosted. */
export const vehicleService = defineService({
  name: 'vehicle',
  module: VehicleModule,
  entities: vehicleEntities,
  migrations: [...platformTables('vehicle'), ...vehicleMigrations],
  config: [vehicleConfig],
  routes: collectRoutes(controllers),
  seed: VehicleDemo,
});
