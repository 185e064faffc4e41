import { Module, type Type } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import { platformTables } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { ChangedCarsConsumer, ForgetModel } from './api/changed-cars.consumer';
import { PriceModelsController } from './api/price-models.controller';
import { PricingController } from './api/pricing.controller';
import { StockController } from './api/stock.controller';
import { RevalueCatalogueProcessor, SweepModelsProcessor, TrainModelProcessor, ValueChangedProcessor, WatchModelProcessor } from './api/valuation.jobs';
import { ChangeModel } from './application/registry/change-model';
import { ModelInService } from './application/registry/model-in-service';
import { ModelLoader, ModelStore, ModelTrainer } from './application/registry/ports';
import { SweepModels } from './application/registry/sweep-models';
import { TrainingMeans, TrainModel } from './application/registry/train-model';
import { TrainingCars } from './application/registry/training-cars';
import { WatchModel } from './application/registry/watch-model';
import { PolicyStore, PricingPolicies } from './application/stock/policies';
import { RecommendPrice } from './application/stock/recommend-price';
import { SupplyOfCar } from './application/stock/supply-of-car';
import { DayRates, ValuationStore } from './application/valuation/ports';
import { PriceOfCar } from './application/valuation/price-of-car';
import { PricingCache } from './application/valuation/pricing-cache';
import { PricingNotice } from './application/valuation/pricing-notice';
import { RevalueCatalogue } from './application/valuation/revalue-catalogue';
import { ValueCars } from './application/valuation/value-cars';
import { ValueChanged } from './application/valuation/value-changed';
import { RatedDayRates } from './infrastructure/day-rates';
import { MarketConsumer } from './api/market.consumer';
import { pricingConfig } from './application/config';
import { HearMarket } from './application/market/hear-market';
import { RecountMarket } from './application/market/recount-market';
import { MarketCars, MarketStore } from './application/ports';
import { pricingEntities } from './infrastructure/entities';
import { SqlMarketCars } from './infrastructure/market/market-cars';
import { SqlMarketStore } from './infrastructure/market/market-store';
import { pricingMigrations } from './infrastructure/migrations';
import { ArtefactLoader } from './infrastructure/model/model-loader';
import { ThreadedTrainer } from './infrastructure/model/threaded-trainer';
import { SqlModelStore } from './infrastructure/model-store';
import { SqlPolicyStore } from './infrastructure/policy-store';
import { SqlSupplyOfCar } from './infrastructure/supply-of-car';
import { SqlValuationStore } from './infrastructure/valuation-store';

const controllers: Type[] = [PricingController, StockController, PriceModelsController];

@Module({
  controllers,
  providers: [
    // use cases
    HearMarket,
    RecountMarket,
    ValueCars,
    ValueChanged,
    RevalueCatalogue,
    PriceOfCar,
    PricingCache,
    ModelInService,
    ChangeModel,
    TrainModel,
    TrainingMeans,
    TrainingCars,
    WatchModel,
    SweepModels,
    PricingPolicies,
    RecommendPrice,
    // ports and what stands behind them
    { provide: MarketCars, useClass: SqlMarketCars },
    { provide: MarketStore, useClass: SqlMarketStore },
    { provide: PricingNotice, useExisting: PricingCache },
    { provide: ValuationStore, useClass: SqlValuationStore },
    { provide: ModelStore, useClass: SqlModelStore },
    { provide: ModelTrainer, useClass: ThreadedTrainer },
    { provide: ModelLoader, useClass: ArtefactLoader },
    { provide: PolicyStore, useClass: SqlPolicyStore },
    { provide: DayRates, useClass: RatedDayRates },
    { provide: SupplyOfCar, useClass: SqlSupplyOfCar },
    // jobs and consumers
    ChangedCarsConsumer,
    ForgetModel,
    ValueChangedProcessor,
    TrainModelProcessor,
    RevalueCatalogueProcessor,
    WatchModelProcessor,
    SweepModelsProcessor,
    MarketConsumer,
  ],
})
export class PricingModule {}

/** The pricing service, for whichever process hosts it. */
export const pricingService = defineService({
  name: 'pricing',
  module: PricingModule,
  entities: pricingEntities,
  migrations: [...platformTables('pricing'), ...pricingMigrations],
  config: [pricingConfig],
  routes: collectRoutes(controllers),
});
