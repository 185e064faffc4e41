import { Global, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Clock } from '@autobroker/kernel';
import { databaseOf, type Database } from '../database';
import { collectRoutes, health } from '../http';
import { jobRoutes, JobsController } from '../jobs';
import { mailConfig, mailer, type Mailer, type MailSettings } from '../mail';
import { MessagingController } from '../messaging';
import { EcbRates, platformSchema, ratesConfig, RateStore, ReferenceRates, RefreshRates, type RatesSettings } from '../money';
import {
  getObject,
  ObjectLinks,
  objectStore,
  ObjectsController,
  ObjectServer,
  storageConfig,
  type ObjectStore,
  type StorageSettings,
} from '../storage';
import { appConfig, type AppSettings } from './config';
import { defineService } from './define-service';
import { openLinks, openMailer, openObjects } from './parts/stores';
import { CLOCK } from './tokens';

/** Starts and stops what belongs to no service, and shows it in health. */
class InstallationLifecycle implements OnModuleInit, OnApplicationShutdown {
  private undo: (() => void)[] = [];

  constructor(
    @Inject(ReferenceRates) private readonly rates: ReferenceRates,
    @Inject(objectStore) private readonly store: ObjectStore,
    @Inject(mailer) private readonly mail: Mailer,
  ) {}

  async onModuleInit(): Promise<void> {
    this.undo = [
      health.check('files', () => this.store.check()),
      health.check('mail', () => this.mail.check()),
      health.section('reference_rates', () => ({ latest_day: this.rates.latestDay })),
    ];
    await this.rates.start();
  }

  async onApplicationShutdown(): Promise<void> {
    for (const one of this.undo) one();
    this.rates.stop();
    await this.mail.close();
  }
}

@Global()
@Module({
  controllers: [JobsController, MessagingController, ObjectsController],
  providers: [
    {
      provide: ObjectLinks,
      inject: [storageConfig.token, appConfig.token],
      useFactory: (settings: StorageSettings, app: AppSettings) => openLinks(settings, app),
    },
    {
      provide: objectStore,
      inject: [storageConfig.token, ObjectLinks, appConfig.token],
      useFactory: (settings: StorageSettings, links: ObjectLinks, app: AppSettings) => openObjects(settings, links, app),
    },
    {
      provide: ObjectServer,
      inject: [objectStore, ObjectLinks],
      useFactory: (store: ObjectStore, links: ObjectLinks) => new ObjectServer(store, links),
    },
    {
      provide: mailer,
      inject: [mailConfig.token, appConfig.token],
      useFactory: (settings: MailSettings, app: AppSettings) => openMailer(settings, app),
    },
    { provide: RateStore, inject: [databaseOf(platformSchema.name)], useFactory: (db: Database) => new RateStore(db) },
    {
      provide: ReferenceRates,
      inject: [RateStore, CLOCK, ratesConfig.token],
      useFactory: (store: RateStore, clock: Clock, settings: RatesSettings) => new ReferenceRates(store, clock, settings),
    },
    {
      provide: RefreshRates,
      inject: [RateStore, ReferenceRates, CLOCK, ratesConfig.token],
      useFactory: (store: RateStore, rates: ReferenceRates, clock: Clock, settings: RatesSettings) =>
        new RefreshRates(new EcbRates(settings.url), store, rates, clock),
    },
    InstallationLifecycle,
  ],
  exports: [objectStore, mailer, ReferenceRates],
})
class InstallationModule {}

/** What every process has, whatever services it hosts: files, mail, reference rates, and the operators’ view of jobs and events. */
export const installationService = defineService({
  name: platformSchema.name,
  module: InstallationModule,
  entities: platformSchema.entities,
  migrations: platformSchema.migrations,
  config: [storageConfig, mailConfig, ratesConfig],
  routes: [...jobRoutes, ...collectRoutes([MessagingController]), getObject],
});
