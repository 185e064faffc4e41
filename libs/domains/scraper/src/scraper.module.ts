import { Module } from '@nestjs/common';
import { defineService, enginesConfig } from '@autobroker/platform/app';
import { type Database, databaseOf, platformTables } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { DailyBudgets } from '@autobroker/platform/vendors';
import { HearOfferChecks, HearSavedSearches, HearScrapeRequests } from './api/consumers';
import { RunsController, SourcesController } from './api/sources.controller';
import { CleanUpProcessor, RescueProcessor, RunProcessor, SweepProcessor } from './api/jobs';
import { ChangeSource, CommandRuns } from './application/change-source';
import { CheckListings } from './application/check-listings';
import { CleanUp } from './application/clean-up';
import { SourcesFollowClock } from './application/clock-follower';
import { scraperConfig } from './application/config';
import { EmitListings } from './application/emit-listings';
import { FinishRun } from './application/finish-run';
import { HearRequests } from './application/hear-requests';
import { JudgeHealth } from './application/judge-health';
import { Backlog, Captures, Fetchers, Frontier, History, ImageHashes, KnownListings, PageMemory, PageReading, Runs, Schedules, Sources, Usage } from './application/ports';
import { ReadChecks } from './application/read-checks';
import { ReadDetails } from './application/read-details';
import { PageLedger, ReadLists } from './application/read-pages';
import { Counters, ReadSources, Shelves } from './application/read-sources';
import { RequestRuns } from './application/request-runs';
import { SourceRegistry } from './application/source-plugin';
import { PageReaders, StepRun } from './application/step-run';
import { RescueRuns, SweepSchedules } from './application/sweep-schedules';
import { TurnHelpers, WorkRun } from './application/work-run';
import { scraperEntities } from './infrastructure/entities';
import { DirectFetcher } from './infrastructure/fetch/direct-fetcher';
import { AllFetchers } from './infrastructure/fetch/fetchers';
import { FirecrawlFetcher } from './infrastructure/fetch/firecrawl-fetcher';
import { HostWindows } from './infrastructure/fetch/host-window';
import { openHostWindows } from './infrastructure/fetch/open-host-windows';
import { ReplayFetcher } from './infrastructure/fetch/replay-fetcher';
import { RobotsGate } from './infrastructure/fetch/robots-gate';
import { SignIns } from './infrastructure/fetch/sign-ins';
import { SourceAddresses } from './infrastructure/fetch/source-addresses';
import { Allowance, Ways } from './infrastructure/fetch/ways';
import { PictureHashes } from './infrastructure/images/picture-hashes';
import { scraperMigrations } from './infrastructure/migrations';
import { PooledPageReading } from './infrastructure/reading/page-reading';
import { BuiltInSources } from './infrastructure/sources';
import { sourceAddressConfig } from './infrastructure/sources/addresses';
import { StoredCaptures } from './infrastructure/stores/capture-store';
import { SqlFrontier } from './infrastructure/stores/frontier-store';
import { SqlKnownListings, SqlPageMemory } from './infrastructure/stores/known-store';
import { SqlRuns } from './infrastructure/stores/run-store';
import { OutboxBacklog, SqlHistory, SqlSchedules, SqlUsage } from './infrastructure/stores/small-stores';
import { SqlSources } from './infrastructure/stores/source-store';

const controllers = [SourcesController, RunsController];

@Module({
  controllers,
  providers: [
    // use cases
    RequestRuns,
    WorkRun,
    TurnHelpers,
    StepRun,
    PageReaders,
    ReadLists,
    ReadDetails,
    ReadChecks,
    CheckListings,
    PageLedger,
    EmitListings,
    FinishRun,
    JudgeHealth,
    SweepSchedules,
    RescueRuns,
    HearRequests,
    CleanUp,
    ReadSources,
    Shelves,
    Counters,
    ChangeSource,
    CommandRuns,
    SourcesFollowClock,
    // ports and what stands behind them
    { provide: Sources, useClass: SqlSources },
    { provide: Runs, useClass: SqlRuns },
    { provide: Frontier, useClass: SqlFrontier },
    { provide: KnownListings, useClass: SqlKnownListings },
    { provide: PageMemory, useClass: SqlPageMemory },
    { provide: Captures, useClass: StoredCaptures },
    { provide: Schedules, useClass: SqlSchedules },
    { provide: Usage, useClass: SqlUsage },
    { provide: Backlog, useClass: OutboxBacklog },
    { provide: History, useClass: SqlHistory },
    { provide: SourceRegistry, useClass: BuiltInSources },
    { provide: Fetchers, useClass: AllFetchers },
    { provide: PageReading, useClass: PooledPageReading },
    { provide: ImageHashes, useClass: PictureHashes },
    // the way out
    SourceAddresses,
    { provide: HostWindows, inject: [databaseOf('scraper'), enginesConfig.token], useFactory: openHostWindows },
    { provide: DailyBudgets, inject: [databaseOf('scraper')], useFactory: (db: Database) => new DailyBudgets(db) },
    RobotsGate,
    Allowance,
    Ways,
    SignIns,
    DirectFetcher,
    FirecrawlFetcher,
    ReplayFetcher,
    // jobs and consumers
    RunProcessor,
    SweepProcessor,
    RescueProcessor,
    CleanUpProcessor,
    HearScrapeRequests,
    HearOfferChecks,
    HearSavedSearches,
  ],
})
export class ScraperModule {}

/** The scraper service, for whichever process hosts it. */
export const scraperService = defineService({
  name: 'scraper',
  module: ScraperModule,
  entities: scraperEntities,
  migrations: [...platformTables('scraper'), ...scraperMigrations],
  config: [scraperConfig, sourceAddressConfig],
  routes: collectRoutes(controllers),
});
