import { Module } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import { platformTables } from '@autobroker/platform/database';
import { scraperEntities } from './infrastructure/entities';
import { scraperMigrations } from './infrastructure/migrations';

@Module({})
class ScraperModule {}

/** The scraper service, for whichever process hosts it. */
export const scraperService = defineService({
  name: 'scraper',
  module: ScraperModule,
  entities: scraperEntities,
  migrations: [...platformTables('scraper'), ...scraperMigrations],
  routes: [],
});
