export { backoffMs, defineConsumer, sourcesOf, type Backoff, type BroadcastHandler, type ConsumerDef, type ConsumerOptions, type EnvelopeOf, type EventFor, type EventHandler } from './consumer-def';
export { Broadcast, EventConsumer, broadcastOf, consumerOf } from './decorators';
export { BroadcastHub, type BroadcastSubscription } from './broadcast-hub';
export { type RegisteredConsumer } from './event-run';
export type { RewindTarget, SourceLag, Transport, TransportPlan } from './transport';
export { PostgresTransport, type PostgresTransportOptions } from './postgres/postgres-transport';
export { Messaging, type MessagingOptions } from './messaging';
