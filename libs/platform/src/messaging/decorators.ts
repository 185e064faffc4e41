import 'reflect-metadata';
import type { EventDef } from '@autobroker/contracts';
import type { BroadcastHandler, ConsumerDef, EventHandler } from './consumer-def';

const consumerKey = Symbol('autobroker:event-consumer');
const broadcastKey = Symbol('autobroker:broadcast');

type Class<T> = abstract new (...args: never[]) => T;

/** Marks the provider that handles a consumer's events. Its type must fit the events of the definition. */
export const EventConsumer =
  <D extends EventDef>(def: ConsumerDef<D>) =>
  (target: Class<EventHandler<D>>): void =>
    Reflect.defineMetadata(consumerKey, def, target);

/** Marks a provider that wants to see these events in every process, from now on. */
export const Broadcast =
  <const D extends EventDef>(events: readonly D[]) =>
  (target: Class<BroadcastHandler<D>>): void =>
    Reflect.defineMetadata(broadcastKey, events, target);

/** The definition that a class was marked with; its own, not one of a class that it extends. */
export function consumerOf(target: object): ConsumerDef | undefined {
  const def: ConsumerDef | undefined = Reflect.getOwnMetadata(consumerKey, target);
  return def;
}

export function broadcastOf(target: object): readonly EventDef[] | undefined {
  const events: readonly EventDef[] | undefined = Reflect.getOwnMetadata(broadcastKey, target);
  return events;
}
