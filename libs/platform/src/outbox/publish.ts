import { envelopeSchema, type EventData, type EventDef, type EventEnvelope } from '@autobroker/contracts';
import { assertSchemaName } from './tables';

/** An event that breaks its own contract never gets into the outbox: the transaction that says it fails. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEventError';
}

export interface EventInput<D extends EventDef> {
  readonly key: string;
  readonly tenantId: string | null;
  readonly data: EventData<D>;
}

export interface EventOrigin {
  readonly id: string;
  readonly occurredAt: Date;
  /** W3C traceparent of what caused it. */
  readonly trace: string | null;
}

/** Checks an event against its contract and puts it into its envelope. */
export function envelopeOf<D extends EventDef>(def: D, input: EventInput<D>, origin: EventOrigin): EventEnvelope {
  const data = def.data.safeParse(input.data);
  if (!data.success) throw new InvalidEventError(`${def.type} breaks its contract: ${data.error.message}`);
  const envelope = envelopeSchema.safeParse({
    id: origin.id,
    type: def.type,
    version: def.version,
    key: input.key,
    tenant_id: input.tenantId,
    occurred_at: origin.occurredAt.toISOString(),
    trace: origin.trace,
    data: data.data,
  });
  if (!envelope.success) throw new InvalidEventError(`${def.type} has a wrong envelope: ${envelope.error.message}`);
  return envelope.data;
}

/** A statement that others are put together with: its parameters are numbered from where they stand. */
export interface SqlPart {
  readonly name: string;
  readonly sql: (first: number) => string;
  readonly values: readonly unknown[];
}

/** `$1::uuid[], $2::text[], …`: one array a column. */
export const arrays = (types: readonly string[], first: number): string =>
  types.map((type, index) => `$${first + index}::${type}[]`).join(', ');

const columns = ['uuid', 'text', 'int', 'text', 'uuid', 'timestamptz', 'text', 'jsonb'];

/** Writes events to the schema's outbox, in order. */
export const outboxRows = (schema: string, events: readonly EventEnvelope[]): SqlPart => ({
  name: 'events',
  sql: (first) =>
    `insert into ${assertSchemaName(schema)}.outbox (id, type, version, key, tenant_id, occurred_at, trace, data)
     select * from unnest(${arrays(columns, first)})`,
  values: [
    events.map((event) => event.id),
    events.map((event) => event.type),
    events.map((event) => event.version),
    events.map((event) => event.key),
    events.map((event) => event.tenant_id),
    events.map((event) => event.occurred_at),
    events.map((event) => event.trace),
    events.map((event) => JSON.stringify(event.data)),
  ],
});
