import { z } from 'zod';

/** What travels between services about one fact. `data` is the event's own schema. */
export interface EventEnvelope<T = unknown> {
  readonly id: string;
  /** `<service>.<fact>.v<n>` or `<aggregate>.<fact>.v<n>`: past tense and versioned. */
  readonly type: string;
  readonly version: number;
  /** Events of one key arrive in the order in which they were committed. */
  readonly key: string;
  readonly tenant_id: string | null;
  readonly occurred_at: string;
  /** W3C traceparent of the request or job that caused it. */
  readonly trace: string | null;
  readonly data: T;
}

export interface EventDef<S extends z.ZodType = z.ZodType, T extends string = string> {
  readonly type: T;
  readonly version: number;
  /** The service that owns the fact: its outbox, its topic. */
  readonly service: string;
  readonly summary: string;
  readonly data: S;
  /** An example that producer and consumer both test against. */
  readonly fixture: z.output<S>;
}

/** The envelope of one kind of event. */
export type EventOf<D extends EventDef> = EventEnvelope<z.output<D['data']>>;
export type EventData<D extends EventDef> = z.output<D['data']>;

/**
 * The `service` of an event that every service may produce. Its consumers read the outbox (or topic) of all `services`.
 */
export const anyService = 'any';

/** Every service that has an outbox: its schema's name, and the topic `autobroker.<service>`. */
export const services = ['identity', 'vehicle', 'scraper', 'pricing', 'orders', 'payment', 'documents'] as const;
export type ServiceName = (typeof services)[number];

/** Services to come: others hear their events already, and their outbox comes with them. */
export const laterServices = ['search'] as const;

const registry = new Map<string, EventDef>();
const typePattern = /^[a-z][a-z_]*\.[a-z][a-z_]*\.v([1-9][0-9]*)$/;

/** Declares one event, once for the whole platform. A change that old consumers can't read is a new version. */
export function defineEvent<S extends z.ZodType, T extends string>(
  input: Omit<EventDef<S, T>, 'version'>,
): EventDef<S, T> {
  const match = typePattern.exec(input.type);
  if (match === null) throw new Error(`event type ${input.type} is not of the form thing.fact.v1`);
  if (registry.has(input.type)) throw new Error(`event type ${input.type} is defined twice`);
  const def: EventDef<S, T> = { ...input, version: Number(match[1]) };
  registry.set(def.type, def);
  return def;
}

export const eventByType = (type: string): EventDef | undefined => registry.get(type);
export const allEvents = (): EventDef[] => [...registry.values()].sort((a, b) => a.type.localeCompare(b.type));

export const envelopeSchema = z.strictObject({
  id: z.uuid(),
  type: z.string().regex(typePattern),
  version: z.int().positive(),
  key: z.string().min(1).max(200),
  tenant_id: z.uuid().nullable(),
  occurred_at: z.iso.datetime(),
  trace: z.string().nullable(),
  data: z.unknown(),
});
