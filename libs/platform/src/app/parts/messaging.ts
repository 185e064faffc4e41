import { services as everyService, type EventEnvelope } from '@autobroker/contracts';
import type { Cache } from '../../cache';
import type { DatabaseHost } from '../../database';
import {
  broadcastOf,
  consumerOf,
  Messaging,
  MessagingAdmin,
  messagingConfig,
  Retention,
  transportFor,
  type BroadcastSubscription,
  type Transport,
} from '../../messaging';
import type { ServiceDefinition } from '../define-service';
import type { Settings } from '../settings';
import type { Made, ProviderClass } from './discover';

/** The events of a process: consumers, broadcasts, and the caches that listen. */
export class MessagingParts {
  readonly messaging: Messaging;
  readonly admin: MessagingAdmin;
  readonly retention: Retention;
  private readonly hosted: ReadonlySet<string>;

  constructor(
    private readonly host: DatabaseHost,
    services: readonly ServiceDefinition[],
    settings: Settings,
    options: { readonly consume: boolean; readonly transport?: Transport },
  ) {
    this.hosted = new Set(services.map((service) => service.name));
    const hosted = [...this.hosted];
    const transport =
      options.transport ??
      transportFor({
        host,
        settings: settings.get(messagingConfig),
        hosted,
        services: [...new Set([...everyService, ...hosted])],
        relay: options.consume,
      });
    this.messaging = new Messaging({ transport, consume: options.consume });
    const databases = hosted.map((service) => host.of(service));
    this.admin = new MessagingAdmin(this.messaging, databases);
    this.retention = new Retention(databases, settings.get(messagingConfig), this.messaging);
  }

  register(made: readonly Made[]): void {
    for (const { type, instance } of made) {
      const def = consumerOf(type);
      if (def !== undefined) {
        const handler = handlerOf(type, instance);
        if (!this.hosted.has(def.service)) throw new Error(`consumer ${def.name} belongs to ${def.service}, which this process does not host`);
        this.messaging.register({
          def,
          db: this.host.of(def.service),
          handle: async (event, tx) => {
            await handler.handle(event, tx);
          },
          handleBatch: handler.handleBatch === undefined ? undefined : async (events, tx) => handler.handleBatch?.(events, tx),
        });
      }
      const heard = broadcastOf(type);
      if (heard !== undefined) {
        const handler = handlerOf(type, instance);
        this.subscribe({
          name: type.name,
          on: heard,
          handle: (event) => handler.handle(event),
          onGap: () => handler.onGap?.(),
        });
      }
    }
  }

  subscribe(subscription: BroadcastSubscription): void {
    this.messaging.subscribe(subscription);
  }

  /** After the modules have defined their regions: only then is known what the cache must hear of. */
  feed(cache: Cache): void {
    const on = cache.events();
    if (on.length === 0) return;
    this.subscribe({ name: 'platform.cache', on, handle: (event) => cache.handle(event), onGap: () => cache.forgetAll() });
  }
}

interface Handler {
  handle(event: EventEnvelope, tx?: unknown): void | Promise<void>;
  handleBatch?(events: readonly EventEnvelope[], tx: unknown): Promise<void>;
  onGap?(): void | Promise<void>;
}

function handlerOf(type: ProviderClass, instance: object): Handler {
  if (!isHandler(instance)) throw new Error(`${type.name} hears events but has no method handle`);
  return instance;
}

const isHandler = (instance: object): instance is Handler => 'handle' in instance && typeof instance.handle === 'function';
