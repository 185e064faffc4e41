import { deliver } from '../delivery';
import type { LanePage, LaneReader } from '../lane';
import type { RewindTarget } from '../transport';
import type { OutboxReader } from './outbox-reader';

/** One service's outbox as a consumer goes through it. */
export class OutboxLog implements LaneReader {
  constructor(
    private readonly reader: OutboxReader,
    private readonly source: string,
    /** Null: every event. */
    private readonly types: readonly string[] | null,
  ) {}

  async positionOf(target: RewindTarget): Promise<number | null> {
    if ((await this.reader.existing([this.source])).length === 0) return null;
    if (target === 'beginning') return 0;
    return target === 'now' ? this.reader.horizon(this.source) : this.reader.positionBefore(this.source, target);
  }

  async read(position: number, limit: number): Promise<LanePage> {
    const horizon = await this.reader.horizon(this.source);
    if (horizon <= position) return { rows: [], readTo: position };
    const found = await this.reader.read(this.source, position, horizon, this.types, limit);
    return {
      rows: found.map((row) => ({ position: row.position, delivery: deliver(this.source, row.envelope) })),
      readTo: found.length >= limit ? (found.at(-1)?.position ?? position) : horizon,
    };
  }

  behind(position: number): Promise<{ count: number; oldest: Date | null }> {
    return this.reader.behind(this.source, position, this.types);
  }
}
