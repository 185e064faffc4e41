import { Module, type Type } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import { type Database, databaseOf, platformTables } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { AnalyticsController } from './api/analytics.controller';
import { ExternalValuationsController } from './api/external-valuations.controller';
import { ExternalValuationsProcessor } from './api/external-valuations.job';
import { MarketConsumer } from './api/market.consumer';
import { RecountProcessor, RetirementProcessor } from './api/market.jobs';
import { PriceQueriesController } from './api/price-queries.controller';
import { ForgetAskersConsumer, RefusalsConsumer, ScrapesConsumer } from './api/price-query.consumers';
import { CleanUpQueriesProcessor, SettleQueryProcessor, SweepQueriesProcessor } from './api/price-query.jobs';
import { SimilarController } from './api/similar.controller';
import { pricingConfig } from './application/config';
import { externalConfig } from './application/external/config';
import { ExternalValuations, RegionalResearch, ValuationSources } from './application/external/ports';
import { AskForValuations, ReadValuations } from './application/external/read-valuations';
import { ReadBudgets } from './application/external/read-budgets';
import { RefreshValuations } from './application/external/refresh-valuations';
import { FindSimilar } from './application/market/find-similar';
import { DailyBudgets } from '@autobroker/platform/vendors';
import { HearMarket } from './application/market/hear-market';
import { MarketAnalytics } from './application/market/market-analytics';
import { RecountMarket } from './application/market/recount-market';
import { MarketStatistics } from './application/market/statistics';
import { MarketCars, MarketStore } from './application/ports';
import { AskPrice } from './application/queries/ask-price';
import { priceQueryConfig } from './application/queries/config';
import { HearScrapes } from './application/queries/hear-scrapes';
import { KeepQueries } from './application/queries/keep-queries';
import { PriceQueries, QueryMarket } from './application/queries/ports';
import { QueryPrices } from './application/queries/query-prices';
import { ReadQueries } from './application/queries/read-queries';
import { SettleQueries } from './application/queries/settle-queries';
import { pricingEntities } from './infrastructure/entities';
import { SqlMarketCars } from './infrastructure/market/market-cars';
import { SqlMarketStatistics } from './infrastructure/market/market-statistics';
import { SqlMarketStore } from './infrastructure/market/market-store';
import { pricingMigrations } from './infrastructure/migrations';
import { SqlQueryMarket } from './infrastructure/queries/query-market';
import { SqlPriceQueries } from './infrastructure/queries/query-store';
import { EdmundsValuations } from './infrastructure/vendors/edmunds';
import { SqlExternalValuations } from './infrastructure/vendors/external-store';
import { KbbValuations } from './infrastructure/vendors/kbb';
import { SharedResearch } from './infrastructure/vendors/market-research';
import { PerplexityResearch } from './infrastructure/vendors/perplexity';
import { AllValuationSources } from './infrastructure/vendors/sources';
import { VendorConnections } from './infrastructure/vendors/vendor-connections';

const controllers: Type[] = [SimilarController, AnalyticsController, ExternalValuationsController, PriceQueriesController];

@Module({
  controllers,
  providers: [
    // use cases
    HearMarket,
    RecountMarket,
    FindSimilar,
    MarketAnalytics,
    ...[RefreshValuations, ReadValuations, AskForValuations, ReadBudgets],
    ...[AskPrice, QueryPrices, HearScrapes, SettleQueries, ReadQueries, KeepQueries],
    // ports and what stands behind them
    { provide: MarketCars, useClass: SqlMarketCars },
    { provide: MarketStore, useClass: SqlMarketStore },
    { provide: MarketStatistics, useClass: SqlMarketStatistics },
    { provide: ExternalValuations, useClass: SqlExternalValuations },
    { provide: DailyBudgets, inject: [databaseOf('pricing')], useFactory: (db: Database) => new DailyBudgets(db) },
    ...[VendorConnections, KbbValuations, EdmundsValuations, PerplexityResearch, SharedResearch],
    { provide: ValuationSources, useClass: AllValuationSources },
    { provide: RegionalResearch, useExisting: PerplexityResearch },
    { provide: PriceQueries, useClass: SqlPriceQueries },
    { provide: QueryMarket, useClass: SqlQueryMarket },
    // jobs and consumers
    ExternalValuationsProcessor,
    ...[ScrapesConsumer, RefusalsConsumer, ForgetAskersConsumer, SettleQueryProcessor, SweepQueriesProcessor, CleanUpQueriesProcessor],
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
  config: [pricingConfig, externalConfig, priceQueryConfig],
  routes: collectRoutes(controllers),
});
