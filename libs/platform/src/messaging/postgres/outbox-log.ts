import type { EventEnvelope } from '@autobroker/contracts';
import { deliver, type Delivery } from '../delivery';
import type { LanePage, LaneReader } from '../lane';
import type { RewindTarget } from '../transport';
import type { OutboxReader } from './outbox-reader';
import type { Recent } from './recent';

/** How far each outbox can be read, as the one who watches them has seen it. */
export type Horizons = Map<string, number>;

/** For so long what was seen is taken for all there is: whatever is new is seen by who watches, and wakes the consumers. */
const trustedMs = 2_000;

/** Many consumers are handed the same few events, which are judged once. */
const known = new WeakMap<EventEnvelope, Delivery>();

function judged(source: string, envelope: EventEnvelope | null): Delivery {
  const before = envelope === null ? undefined : known.get(envelope);
  if (before !== undefined) return before;
  const delivery = deliver(source, envelope);
  if (envelope !== null) known.set(envelope, delivery);
  return delivery;
}

/** One service's outbox as a consumer goes through it. */
export class OutboxLog implements LaneReader {
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly reader: OutboxReader,
    private readonly source: string,
    /** Null: every event. */
    private readonly types: readonly string[] | null,
    private readonly horizons: Horizons,
    private readonly recent?: Recent,
  ) {}

  async positionOf(target: RewindTarget): Promise<number | null> {
    if ((await this.reader.existing([this.source])).length === 0) return null;
    if (target === 'beginning') return 0;
    return target === 'now' ? this.reader.horizon(this.source) : this.reader.positionBefore(this.source, target);
  }

  async read(position: number, limit: number): Promise<LanePage> {
    const horizon = await this.horizon(position);
    if (horizon <= position) return { rows: [], readTo: position };
    const near = this.types === null ? undefined : this.recent?.between(this.source, position, horizon, this.types);
    if (near !== undefined && near.rows.length <= limit) {
      return { rows: near.rows.map((row) => ({ position: row.position, delivery: judged(this.source, row.envelope) })), readTo: near.readTo };
    }
    const found = await this.reader.read(this.source, position, horizon, this.types, limit);
    return {
      rows: found.map((row) => ({ position: row.position, delivery: judged(this.source, row.envelope) })),
      readTo: found.length >= limit ? (found.at(-1)?.position ?? position) : horizon,
    };
  }

  /** Many consumers of one source hear of the same events: each need not ask how far it may go. */
  private async horizon(position: number): Promise<number> {
    const seen = this.horizons.get(this.source);
    if (seen !== undefined && (seen > position || performance.now() - this.askedAt < trustedMs)) return seen;
    this.askedAt = performance.now();
    return this.reader.horizon(this.source);
  }
}
