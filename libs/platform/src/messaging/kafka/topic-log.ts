import { deliver, invalid, type Delivery } from '../delivery';
import type { LanePage, LaneReader } from '../lane';
import { logger } from '../../telemetry';
import type { RewindTarget } from '../transport';
import { OffsetOutOfRange, type KafkaReader, type KafkaRecord } from './kafka-reader';

const log = logger('messaging');

const countable = 10_000;

/** One partition of a service's topic as a consumer goes through it. Its position is the next offset to read. */
export class TopicLog implements LaneReader {
  constructor(
    private readonly reader: KafkaReader,
    private readonly topic: string,
    private readonly partition: number,
    private readonly source: string,
    private readonly types: ReadonlySet<string>,
  ) {}

  positionOf(target: RewindTarget): Promise<number> {
    return this.reader.offsetAt(this.topic, this.partition, target);
  }

  async read(position: number, limit: number): Promise<LanePage> {
    const records = await this.fetch(position);
    const rows = records.filter((record) => this.concerns(record)).slice(0, limit);
    const last = rows.length >= limit ? rows.at(-1) : records.at(-1);
    return {
      rows: rows.map((record) => ({ position: record.offset + 1, delivery: decode(record, this.source) })),
      readTo: last === undefined ? position : last.offset + 1,
    };
  }

  /** Exact while one fetch reaches the end; beyond that, with events of other kinds. */
  async behind(position: number): Promise<{ count: number; oldest: Date | null }> {
    const end = await this.reader.offsetAt(this.topic, this.partition, 'now');
    if (end <= position) return { count: 0, oldest: null };
    const { rows, readTo } = await this.read(position, countable);
    const first = rows[0]?.delivery;
    return {
      count: readTo >= end ? rows.length : end - position,
      oldest: first?.valid === true ? new Date(first.event.occurred_at) : null,
    };
  }

  /** What does not say what it is is looked at, so that it ends up as a dead letter and not as nothing. */
  private concerns(record: KafkaRecord): boolean {
    return record.type === null || this.types.has(record.type);
  }

  private async fetch(position: number): Promise<KafkaRecord[]> {
    const place = { topic: this.topic, partition: this.partition };
    try {
      return await this.reader.fetch([{ ...place, offset: position }], 0);
    } catch (error) {
      if (!(error instanceof OffsetOutOfRange)) throw error;
      const [beginning, end] = [await this.reader.offsetAt(this.topic, this.partition, 'beginning'), await this.positionOf('now')];
      const offset = position < beginning ? beginning : end;
      log.error({ ...place, position, offset }, 'the topic no longer holds the place where a consumer stood');
      return offset === end ? [] : this.reader.fetch([{ ...place, offset }], 0);
    }
  }
}

export function decode(record: KafkaRecord, source: string): Delivery {
  try {
    return deliver(source, JSON.parse(record.value));
  } catch (error) {
    if (error instanceof SyntaxError) return invalid(source, record.value, `not JSON: ${error.message}`);
    throw error;
  }
}
