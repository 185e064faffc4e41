import { Module, type Type } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import { platformTables } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { MarketConsumer } from './api/market.consumer';
import { pricingConfig } from './application/config';
import { HearMarket } from './application/market/hear-market';
import { RecountMarket } from './application/market/recount-market';
import { MarketCars, MarketStore } from './application/ports';
import { pricingEntities } from './infrastructure/entities';
import { SqlMarketCars } from './infrastructure/market/market-cars';
import { SqlMarketStore } from './infrastructure/market/market-store';
import { pricingMigrations } from './infrastructure/migrations';

const controllers: Type[] = [];

@Module({
  controllers,
  providers: [
    // use cases
    HearMarket,
    RecountMarket,
    // ports and what stands behind them
    { provide: MarketCars, useClass: SqlMarketCars },
    { provide: MarketStore, useClass: SqlMarketStore },
    // jobs and consumers
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
