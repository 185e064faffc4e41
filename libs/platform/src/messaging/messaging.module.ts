import { Inject, Module, type BeforeApplicationShutdown, type DynamicModule, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import { services as allServices } from '@autobroker/contracts';
import { databaseHost, type DatabaseHost } from '../database';
import { messagingConfig, type MessagingSettings } from './config';
import { broadcastOf, consumerOf } from './decorators';
import { Messaging } from './messaging';
import { MessagingAdmin } from './messaging-admin';
import { MessagingController } from './messaging.controller';
import { Retention } from './retention';
import { transportFor } from './transport-for';

export interface MessagingModuleOptions {
  /** The services that this process hosts. */
  readonly services: readonly string[];
  /** Whether it runs their consumers; broadcasts reach it either way. */
  readonly consume: boolean;
}

interface Handles {
  handle(...args: unknown[]): unknown;
  onGap?(): unknown;
}

const handles = (instance: unknown): instance is Handles =>
  typeof instance === 'object' && instance !== null && 'handle' in instance && typeof instance.handle === 'function';

/** Finds the providers that are marked as consumers or broadcast subscribers, and starts and stops with the app. */
class MessagingLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(Messaging) private readonly messaging: Messaging,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(databaseHost) private readonly host: DatabaseHost,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (typeof metatype !== 'function') continue;
      this.consumer(metatype, instance);
      this.broadcast(metatype, instance);
    }
    await this.messaging.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.messaging.stop();
  }

  private consumer(metatype: Function, instance: unknown): void {
    const def = consumerOf(metatype);
    if (def === undefined) return;
    if (!handles(instance)) throw new Error(`${metatype.name} is marked as ${def.name} but has no handle()`);
    this.messaging.register({ def, db: this.host.of(def.service), handle: async (event, tx) => void (await instance.handle(event, tx)) });
  }

  private broadcast(metatype: Function, instance: unknown): void {
    const on = broadcastOf(metatype);
    if (on === undefined) return;
    if (!handles(instance)) throw new Error(`${metatype.name} is marked as a broadcast subscriber but has no handle()`);
    this.messaging.subscribe({
      name: metatype.name,
      on,
      handle: async (event) => void (await instance.handle(event)),
      onGap: async () => void (await instance.onGap?.()),
    });
  }
}

/** Events for one process. `Messaging`, `MessagingAdmin` and `Retention` can be injected everywhere. */
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingModuleOptions): DynamicModule {
    const hosted = (host: DatabaseHost) => options.services.map((service) => host.of(service));
    return {
      module: MessagingModule,
      global: true,
      imports: [DiscoveryModule],
      controllers: [MessagingController],
      providers: [
        {
          provide: Messaging,
          inject: [databaseHost, messagingConfig.token],
          useFactory: (host: DatabaseHost, settings: MessagingSettings) =>
            new Messaging({
              transport: transportFor({
                host,
                settings,
                hosted: options.services,
                services: [...new Set([...allServices, ...options.services])],
                relay: options.consume,
              }),
              consume: options.consume,
            }),
        },
        {
          provide: MessagingAdmin,
          inject: [Messaging, databaseHost],
          useFactory: (messaging: Messaging, host: DatabaseHost) => new MessagingAdmin(messaging, hosted(host)),
        },
        {
          provide: Retention,
          inject: [databaseHost, messagingConfig.token],
          useFactory: (host: DatabaseHost, settings: MessagingSettings) => new Retention(hosted(host), settings),
        },
        MessagingLifecycle,
      ],
      exports: [Messaging, MessagingAdmin, Retention],
    };
  }
}
