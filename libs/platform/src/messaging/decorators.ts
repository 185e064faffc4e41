import type { EventDef } from '@autobroker/contracts';
import type { BroadcastHandler, ConsumerDef, EventHandler } from './consumer-def';

// By class and not as metadata, which a class that extends another would inherit.
const consumers = new WeakMap<object, ConsumerDef>();
const broadcasts = new WeakMap<object, readonly EventDef[]>();

type Class<T> = abstract new (...args: never[]) => T;

/** Marks the provider that handles a consumer's events. Its type must fit the events of the definition. */
export const EventConsumer =
  <D extends EventDef>(def: ConsumerDef<D>) =>
  (target: Class<EventHandler<D>>): void => {
    consumers.set(target, def);
  };

/** Marks a provider that wants to see these events in every process, from now on. */
export const Broadcast =
  <const D extends EventDef>(events: readonly D[]) =>
  (target: Class<BroadcastHandler<D>>): void => {
    broadcasts.set(target, events);
  };

/** The definition that a class was marked with. */
export const consumerOf = (target: object): ConsumerDef | undefined => consumers.get(target);

export const broadcastOf = (target: object): readonly EventDef[] | undefined => broadcasts.get(target);
