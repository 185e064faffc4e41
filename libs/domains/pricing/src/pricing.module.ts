import { Module, type Type } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import { platformTables } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { pricingConfig } from './application/config';
import { pricingEntities } from './infrastructure/entities';
import { pricingMigrations } from './infrastructure/migrations';

const controllers: Type[] = [];

@Module({
  controllers,
  providers: [
    // use cases
    // ports and what stands behind them
    // jobs and consumers
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
