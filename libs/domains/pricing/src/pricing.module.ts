import { Module, type Type } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import { platformTables } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { AnalyticsController } from './api/analytics.controller';
import { MarketConsumer } from './api/market.consumer';
import { RecountProcessor, RetirementProcessor } from './api/market.jobs';
import { SimilarController } from './api/similar.controller';
import { pricingConfig } from './application/config';
import { FindSimilar } from './application/market/find-similar';
import { HearMarket } from './application/market/hear-market';
import { MarketAnalytics } from './application/market/market-analytics';
import { RecountMarket } from './application/market/recount-market';
import { MarketStatistics } from './application/market/statistics';
import { MarketCars, MarketStore } from './application/ports';
import { pricingEntities } from './infrastructure/entities';
import { SqlMarketCars } from './infrastructure/market/market-cars';
import { SqlMarketStatistics } from './infrastructure/market/market-statistics';
import { SqlMarketStore } from './infrastructure/market/market-store';
import { pricingMigrations } from './infrastructure/migrations';

const controllers: Type[] = [SimilarController, AnalyticsController];

@Module({
  controllers,
  providers: [
    // use cases
    HearMarket,
    RecountMarket,
    FindSimilar,
    MarketAnalytics,
    // ports and what stands behind them
    { provide: MarketCars, useClass: SqlMarketCars },
    { provide: MarketStore, useClass: SqlMarketStore },
    { provide: MarketStatistics, useClass: SqlMarketStatistics },
    // jobs and consumers
    MarketConsumer,
    RetirementProcessor,
    RecountProcessor,
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
