import type { EventDef, EventEnvelope, EventOf } from '@autobroker/contracts';

/** An answer as it goes out: serialised once, with the ETag that belongs to it. */
export interface CacheEntry {
  readonly body: string;
  /** The body as it is kept, where that is in bytes: long ones are, and then this is at hand and `body` is decoded when asked for. */
  readonly bytes?: Buffer;
  /** A complete entity tag, quotes included. */
  readonly etag: string;
}

/** What a loader may return: the body as text or in bytes, and its ETag, which is else its hash; `null` is "there is none". */
export type Loaded = string | { readonly body: string; readonly etag?: string } | { readonly bytes: Buffer; readonly etag?: string };

/**
 * One kind of cached answer. A key is `subject` or `subject#variant`: several answers about one thing (fields, include,
 * who may see it) share the subject, and forgetting the subject forgets them all.
 */
export interface InvalidationRule {
  readonly event: EventDef;
  keys(event: EventEnvelope): readonly string[] | 'all';
}

/** Types the event that `keys` is given by the event that is listened to. */
export const invalidatedBy = <D extends EventDef>(
  event: D,
  keys: (event: EventOf<D>) => readonly string[] | 'all',
): InvalidationRule => ({
  event,
  // The feed delivers under a rule only envelopes of the rule's own event, parsed by its schema.
  keys: (envelope) => keys(envelope as EventOf<D>),
});

export interface RegionOptions {
  /** Unique within the installation: it is part of the keys in Redis. */
  readonly name: string;
  /** 5 minutes unless told. */
  readonly ttlMs?: number;
  /** Entries kept in this process (10,000 unless told). */
  readonly max?: number;
  /** Bytes kept in this process (32 MiB unless told). */
  readonly maxBytes?: number;
  /** How long "there is none" is remembered; not at all unless told. */
  readonly negativeTtlMs?: number;
  /**
   * `again`: once this process has no more room, what is asked for the first time displaces nothing. For long answers of which
   * most are never asked for again: keeping them costs more than they are worth, and they push out those that are.
   */
  readonly admit?: 'always' | 'again';
  readonly invalidateOn?: readonly InvalidationRule[];
}

export interface RegionStats {
  readonly name: string;
  readonly entries: number;
  readonly bytes: number;
  readonly hits: number;
  readonly sharedHits: number;
  readonly misses: number;
  /** Loads that finished after what they read had been invalidated, and were therefore not kept. */
  readonly outrun: number;
  readonly failures: number;
  /** Answers from memory or Redis of all answers, 0 to 1; `null` before the first. */
  readonly hitRate: number | null;
}

export const hotTtlMs = 5 * 60_000;

export const subjectOf = (key: string): string => {
  const at = key.indexOf('#');
  return at === -1 ? key : key.slice(0, at);
};

export const variantOf = (key: string): string => {
  const at = key.indexOf('#');
  return at === -1 ? '' : key.slice(at + 1);
};
