import { envelopeSchema, eventByType, type EventEnvelope, readTolerantly } from '@autobroker/contracts';
import { deepFreeze } from '@autobroker/kernel';

/** One message as a transport hands it over: an event that keeps its contract, or what arrived in its place. */
export type Delivery = ValidDelivery | InvalidDelivery;

export interface ValidDelivery {
  readonly valid: true;
  readonly source: string;
  readonly event: EventEnvelope;
}

export interface InvalidDelivery {
  readonly valid: false;
  readonly source: string;
  /** As much of the envelope as could be read. */
  readonly eventId: string | null;
  readonly type: string | null;
  readonly key: string | null;
  readonly raw: string;
  readonly reason: string;
}

const uuidPattern = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * Judges what came from a transport by the envelope's schema, then by the event's own. A publisher of a newer version may have
 * written more than this one knows: that is left out, and no fault. All who hear of an event are handed the same one, which is
 * frozen: what one of them did to it would be news to the others.
 */
export function deliver(source: string, message: unknown): Delivery {
  const envelope = readTolerantly(envelopeSchema, message);
  if (!envelope.success) return invalid(source, message, `wrong envelope: ${envelope.error.message}`);
  const def = eventByType(envelope.data.type);
  if (def === undefined) return invalid(source, message, `${envelope.data.type} is not an event of this platform`);
  const data = readTolerantly(def.data, envelope.data.data);
  if (!data.success) return invalid(source, message, `${def.type} breaks its contract: ${data.error.message}`);
  const delivery: ValidDelivery = { valid: true, source, event: { ...envelope.data, data: data.data } };
  deepFreeze(delivery);
  return delivery;
}

export function invalid(source: string, message: unknown, reason: string): InvalidDelivery {
  const field = (name: string): string | null => {
    const value: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;
    return typeof value === 'string' && value.length <= 300 ? value : null;
  };
  const id = field('id')?.toLowerCase() ?? null;
  return {
    valid: false,
    source,
    eventId: id !== null && uuidPattern.test(id) ? id : null,
    type: field('type'),
    key: field('key'),
    // PostgreSQL's text takes no NUL
    raw: (typeof message === 'string' ? message : JSON.stringify(message) ?? 'null').replaceAll('\u0000', '\uFFFD').slice(0, 1_000_000),
    reason,
  };
}
