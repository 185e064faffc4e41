import type { BroadcastHub } from '../broadcast-hub';
import { logger } from '../../telemetry';
import { Loop, type Next, spread } from '../loop';
import { OffsetOutOfRange, type KafkaReader, type Place } from './kafka-reader';

const log = logger('messaging');
const maxWaitMs = 1_000;

export interface TopicTailOptions {
  readonly reader: Pick<KafkaReader, 'fetch' | 'offsetAt' | 'close'>;
  readonly hub: BroadcastHub;
  /** By topic: the service whose events it carries. */
  readonly topics: ReadonlyMap<string, string>;
  /** Makes the topics if need be, and tells their numbers of partitions. */
  readonly discover: () => Promise<ReadonlyMap<string, number>>;
  readonly onNew: (topic: string, partition: number, types: ReadonlySet<string>) => void;
}

const everyType: ReadonlySet<string> = new Set(['*']);

/** How often it looks for partitions that were added. */
const discoverMs = 60_000;

/**
 * The one place in a process that waits at the ends of all topics: it hands broadcast events on, and wakes the consumers
 * that have something to do.
 */
export class TopicTail {
  private readonly places = new Map<string, Place>();
  private readonly loop: Loop;
  private discoveredAt = Number.NEGATIVE_INFINITY;
  private failures = 0;
  private settle: () => void = () => undefined;
  private readonly settled = new Promise<void>((resolve) => (this.settle = resolve));

  constructor(private readonly options: TopicTailOptions) {
    this.loop = new Loop('topic tail', () => this.round(), discoverMs);
  }

  /** Resolves when it stands at the ends; while the brokers are away, after a while without. */
  async start(patienceMs: number): Promise<void> {
    this.loop.start();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
    await Promise.race([this.settled, late]);
    clearTimeout(timer);
  }

  stop(): Promise<void> {
    // The request that waits at the brokers is not waited for.
    void this.options.reader.close();
    return this.loop.stop();
  }

  private async round(): Promise<Next> {
    const { reader, hub, topics, onNew } = this.options;
    try {
      if (performance.now() - this.discoveredAt > discoverMs) await this.discover();
      const records = await reader.fetch([...this.places.values()], maxWaitMs);
      this.failures = 0;
      const found = new Map<string, { place: Place; types: Set<string> }>();
      for (const { topic, partition, offset, type, value } of records) {
        const name = `${topic}/${partition}`;
        const entry = found.get(name) ?? { place: { topic, partition, offset }, types: new Set<string>() };
        found.set(name, { place: { topic, partition, offset: offset + 1 }, types: entry.types.add(type ?? '*') });
        if (type !== null && hub.types.includes(type)) hub.publish(topics.get(topic) ?? topic, parse(value));
      }
      for (const [name, { place, types }] of found) {
        this.places.set(name, place);
        onNew(place.topic, place.partition, types);
      }
      return 'now';
    } catch (error) {
      return this.failed(error);
    }
  }

  private async discover(): Promise<void> {
    const first = this.places.size === 0;
    for (const [topic, partitions] of await this.options.discover()) {
      for (let partition = 0; partition < partitions; partition++) {
        const name = `${topic}/${partition}`;
        if (this.places.has(name)) continue;
        // What a partition that was added later holds has not been seen yet.
        const offset = await this.options.reader.offsetAt(topic, partition, first ? 'now' : 'beginning');
        this.places.set(name, { topic, partition, offset });
        // What came before that is nobody's news: a consumer may have looked before it, too.
        this.options.onNew(topic, partition, everyType);
      }
    }
    this.discoveredAt = performance.now();
    if (first && this.failures > 0) this.options.hub.gap('Kafka was not there at the start');
    this.settle();
  }

  private failed(error: unknown): Next {
    if (error instanceof OffsetOutOfRange) {
      this.options.hub.gap('topics no longer hold what comes next');
      this.places.clear();
      this.discoveredAt = Number.NEGATIVE_INFINITY;
      return 'now';
    }
    this.failures += 1;
    const inMs = spread(Math.min(100 * 2 ** this.failures, 3_000));
    if (this.failures === 1 || this.failures % 20 === 0) log.warn({ retry_in_ms: inMs, err: error }, 'Kafka is not there: trying again');
    return { inMs, undisturbed: true };
  }
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value; // judged, and reported, as what it is
  }
}
