import { Module, type Type } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import type { ConfigOf } from '@autobroker/platform/config';
import { type Database, databaseOf, PersonVault, platformTables, vaultConfig, vaultSettings } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { ChangedCarsConsumer, ForgetModel } from './api/changed-cars.consumer';
import { OpportunitiesController } from './api/opportunities.controller';
import { FollowDealsConsumer, ForgetStatusesConsumer, HearValuationsConsumer } from './api/opportunity.consumers';
import { FindOpportunitiesProcessor, SweepOpportunitiesProcessor } from './api/opportunity.jobs';
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
import { MarketOfCar } from './application/valuation/market-of-car';
import { DayRates, Revaluations, ValuationStore } from './application/valuation/ports';
import { PriceOfCar } from './application/valuation/price-of-car';
import { PricingCache } from './application/valuation/pricing-cache';
import { PricingNotice } from './application/valuation/pricing-notice';
import { RevalueCatalogue } from './application/valuation/revalue-catalogue';
import { ValueCars } from './application/valuation/value-cars';
import { ValueChanged } from './application/valuation/value-changed';
import { ValuePage } from './application/valuation/value-page';
import { RatedDayRates } from './infrastructure/day-rates';
import { AnalyticsController } from './api/analytics.controller';
import { ExternalValuationsController } from './api/external-valuations.controller';
import { ExternalValuationsProcessor } from './api/external-valuations.job';
import { MarketConsumer } from './api/market.consumer';
import { RecountProcessor, RetirementProcessor } from './api/market.jobs';
import { PriceQueriesController } from './api/price-queries.controller';
import { ForgetAskersConsumer, RefusalsConsumer, ScrapesConsumer } from './api/price-query.consumers';
import { CleanUpQueriesProcessor, SettleQueryProcessor, SweepQueriesProcessor } from './api/price-query.jobs';
import { SimilarController } from './api/similar.controller';
import { CostsController } from './api/costs.controller';
import { ForgetQuotesConsumer } from './api/quote.consumers';
import { KeepQuotesProcessor } from './api/quote.jobs';
import { QuotesController } from './api/quotes.controller';
import { pricingConfig } from './application/config';
import { CostRules } from './application/costs/cost-rules';
import { BrokerFees } from './application/costs/broker-fees';
import { CostRuleStore, FeeScheduleStore } from './application/costs/ports';
import { WorkOutCosts } from './application/costs/work-out-costs';
import { SqlCostRuleStore } from './infrastructure/costs/cost-rule-store';
import { KeepQuotes } from './application/quotes/keep-quotes';
import { MakeQuote } from './application/quotes/make-quote';
import { QuoteStore } from './application/quotes/ports';
import { QuoteKeys } from './application/quotes/quote-keys';
import { ReadQuotes } from './application/quotes/read-quotes';
import { SqlQuoteStore } from './infrastructure/quotes/quote-store';
import { SqlFeeScheduleStore } from './infrastructure/costs/fee-schedule-store';
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
import { AssembleDeals } from './application/opportunities/assemble-deals';
import { opportunitiesConfig } from './application/opportunities/config';
import { FindOpportunities } from './application/opportunities/find-opportunities';
import { DealSignals, LandedCosts, OpportunityReader, OpportunityStatuses, OpportunityStore, OutsideValues } from './application/opportunities/ports';
import { SetOpportunityStatus } from './application/opportunities/set-status';
import { SweepOpportunities } from './application/opportunities/sweep-opportunities';
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
import { ArtefactLoader } from './infrastructure/model/model-loader';
import { ProcessTrainer } from './infrastructure/model/process-trainer';
import { AllowanceCosts } from './infrastructure/opportunities/allowance-costs';
import { SqlDealSignals } from './infrastructure/opportunities/deal-signals';
import { SqlOpportunityReader } from './infrastructure/opportunities/opportunity-reader';
import { SqlOpportunityStatuses } from './infrastructure/opportunities/opportunity-statuses';
import { RuledCosts } from './infrastructure/opportunities/ruled-costs';
import { SqlOpportunityStore } from './infrastructure/opportunities/opportunity-store';
import { StoredOutsideValues } from './infrastructure/opportunities/outside-values';
import { SqlModelStore } from './infrastructure/model-store';
import { SqlPolicyStore } from './infrastructure/policy-store';
import { SqlRevaluations } from './infrastructure/revaluations';
import { SqlValuationStore } from './infrastructure/valuation-store';
import { SqlQueryMarket } from './infrastructure/queries/query-market';
import { SqlPriceQueries } from './infrastructure/queries/query-store';
import { EdmundsValuations } from './infrastructure/vendors/edmunds';
import { SqlExternalValuations } from './infrastructure/vendors/external-store';
import { KbbValuations } from './infrastructure/vendors/kbb';
import { SharedResearch } from './infrastructure/vendors/market-research';
import { PerplexityResearch } from './infrastructure/vendors/perplexity';
import { AllValuationSources } from './infrastructure/vendors/sources';
import { VendorConnections } from './infrastructure/vendors/vendor-connections';

const controllers: Type[] = [PricingController, StockController, PriceModelsController, SimilarController, AnalyticsController, ExternalValuationsController, PriceQueriesController, OpportunitiesController, CostsController, QuotesController];

@Module({
  controllers,
  providers: [
    // use cases
    HearMarket,
    RecountMarket,
    FindSimilar,
    MarketAnalytics,
    ...[CostRules, BrokerFees, WorkOutCosts],
    ...[MakeQuote, ReadQuotes, KeepQuotes],
    ValueCars,
    ValueChanged,
    ...[RevalueCatalogue, ValuePage],
    PriceOfCar,
    MarketOfCar,
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
    ...[RefreshValuations, ReadValuations, AskForValuations, ReadBudgets],
    ...[AssembleDeals, FindOpportunities, SetOpportunityStatus, SweepOpportunities],
    ...[AskPrice, QueryPrices, HearScrapes, SettleQueries, ReadQueries, KeepQueries],
    // ports and what stands behind them
    { provide: MarketCars, useClass: SqlMarketCars },
    { provide: MarketStore, useClass: SqlMarketStore },
    { provide: PricingNotice, useExisting: PricingCache },
    { provide: ValuationStore, useClass: SqlValuationStore },
    { provide: Revaluations, useClass: SqlRevaluations },
    { provide: ModelStore, useClass: SqlModelStore },
    { provide: ModelTrainer, useClass: ProcessTrainer },
    { provide: ModelLoader, useClass: ArtefactLoader },
    { provide: PolicyStore, useClass: SqlPolicyStore },
    { provide: DayRates, useClass: RatedDayRates },
    { provide: MarketStatistics, useClass: SqlMarketStatistics },
    { provide: ExternalValuations, useClass: SqlExternalValuations },
    { provide: DailyBudgets, inject: [databaseOf('pricing')], useFactory: (db: Database) => new DailyBudgets(db) },
    ...[VendorConnections, KbbValuations, EdmundsValuations, PerplexityResearch, SharedResearch],
    { provide: ValuationSources, useClass: AllValuationSources },
    { provide: RegionalResearch, useExisting: PerplexityResearch },
    { provide: CostRuleStore, useClass: SqlCostRuleStore },
    { provide: FeeScheduleStore, useClass: SqlFeeScheduleStore },
    { provide: QuoteStore, useClass: SqlQuoteStore },
    {
      provide: QuoteKeys,
      inject: [databaseOf('pricing'), vaultConfig.token],
      useFactory: (db: Database, config: ConfigOf<typeof vaultConfig>) => new QuoteKeys(db, new PersonVault(db, vaultSettings(config))),
    },
    { provide: OpportunityStore, useClass: SqlOpportunityStore },
    { provide: OpportunityReader, useClass: SqlOpportunityReader },
    { provide: OpportunityStatuses, useClass: SqlOpportunityStatuses },
    { provide: DealSignals, useClass: SqlDealSignals },
    AllowanceCosts,
    { provide: LandedCosts, useClass: RuledCosts },
    { provide: OutsideValues, useClass: StoredOutsideValues },
    { provide: PriceQueries, useClass: SqlPriceQueries },
    { provide: QueryMarket, useClass: SqlQueryMarket },
    // jobs and consumers
    ChangedCarsConsumer,
    ForgetModel,
    ValueChangedProcessor,
    TrainModelProcessor,
    RevalueCatalogueProcessor,
    WatchModelProcessor,
    SweepModelsProcessor,
    ExternalValuationsProcessor,
    ...[KeepQuotesProcessor, ForgetQuotesConsumer],
    ...[FollowDealsConsumer, HearValuationsConsumer, ForgetStatusesConsumer, FindOpportunitiesProcessor, SweepOpportunitiesProcessor],
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
  config: [pricingConfig, externalConfig, priceQueryConfig, opportunitiesConfig],
  routes: collectRoutes(controllers),
  quoteKeys: QuoteKeys,
});
