import type { Admin, Consumer } from '@platformatic/kafka';
import { clientOptions, refusedWith, type KafkaConnection } from './connection';

export interface KafkaRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
  readonly type: string | null;
}

export interface Place {
  readonly topic: string;
  readonly partition: number;
  /** The next offset to read. */
  readonly offset: number;
}

export interface TopicOptions {
  readonly partitions: number;
  readonly replicas: number;
}

const earliest = -2n;
const latest = -1n;
const partitionBytes = 1_048_576;

/** A place lies outside of what the topic holds: it was cleaned up, or made anew. */
export class OffsetOutOfRange extends Error {
  override readonly name = 'OffsetOutOfRange';
}

/**
 * Reads topics by place, without a consumer group: who reads what, and how far one has come, is kept in PostgreSQL
 * together with the work. A client that has failed is thrown away, and the next call makes a new one.
 */
export class KafkaReader {
  private consumer: Promise<Consumer> | undefined;
  private readonly tracked = new Set<string>();

  constructor(private readonly connection: KafkaConnection) {}

  /** Makes the topics that are not there. */
  async ensureTopics(topics: readonly string[], options: TopicOptions): Promise<void> {
    await this.withAdmin(async (admin) => {
      const there = new Set(await admin.listTopics());
      for (const topic of topics.filter((name) => !there.has(name))) {
        await admin.createTopics({ topics: [topic], partitions: options.partitions, replicas: options.replicas }).catch((error: unknown) => {
          if (!refusedWith(error, 'TOPIC_ALREADY_EXISTS')) throw error;
        });
      }
    });
  }

  partitionsOf(topics: readonly string[]): Promise<Map<string, number>> {
    return this.use(async (consumer) => {
      this.track(consumer, topics);
      const metadata = await consumer.metadata({ topics: [...topics], forceUpdate: true });
      return new Map([...metadata.topics].map(([topic, { partitionsCount }]) => [topic, partitionsCount]));
    });
  }

  /** The offset of a partition's beginning, its end, or the first message from a time on. */
  async offsetAt(topic: string, partition: number, at: 'beginning' | 'now' | Date): Promise<number> {
    const timestamp = at === 'beginning' ? earliest : at === 'now' ? latest : BigInt(at.getTime());
    const found = await this.offset(topic, partition, timestamp);
    // No message from that time on: the end.
    return found < 0 ? this.offset(topic, partition, latest) : found;
  }

  private offset(topic: string, partition: number, timestamp: bigint): Promise<number> {
    return this.use(async (consumer) => {
      this.track(consumer, [topic]);
      const offsets = await consumer.listOffsets({ topics: [topic], partitions: { [topic]: [partition] }, timestamp });
      return Number(offsets.get(topic)?.[partition] ?? -1n);
    });
  }

  /** What the brokers have beyond these places, waiting a little for it when there is nothing. */
  fetch(places: readonly Place[], maxWaitMs: number): Promise<KafkaRecord[]> {
    return this.use(async (consumer) => {
      this.track(consumer, places.map((place) => place.topic));
      const metadata = await consumer.metadata({ topics: [...new Set(places.map((place) => place.topic))] });
      const names = new Map([...metadata.topics].map(([name, { id }]) => [id, name]));
      const wanted = new Map(places.map((place) => [`${place.topic}/${place.partition}`, place.offset]));
      const byNode = new Map<number, Map<string, Place[]>>();
      for (const place of places) {
        const topic = metadata.topics.get(place.topic);
        const leader = topic?.partitions[place.partition]?.leader;
        if (topic === undefined || leader === undefined || leader < 0) throw new Error(`${place.topic}/${place.partition} has no leader now`);
        const topics = byNode.get(leader) ?? new Map<string, Place[]>();
        byNode.set(leader, topics);
        topics.set(topic.id, [...(topics.get(topic.id) ?? []), place]);
      }
      const answers = await Promise.all(
        [...byNode].map(([node, topics]) =>
          consumer.fetch({
            node,
            maxWaitTime: maxWaitMs,
            minBytes: 1,
            maxBytes: 8 * partitionBytes,
            isolationLevel: 0,
            topics: [...topics].map(([topicId, list]) => ({
              topicId,
              partitions: list.map(({ partition, offset }) => ({
                partition,
                currentLeaderEpoch: -1,
                fetchOffset: BigInt(offset),
                lastFetchedEpoch: -1,
                partitionMaxBytes: partitionBytes,
              })),
            })),
          }),
        ),
      );
      return answers.flatMap((answer) => answer.responses).flatMap(({ topicId, partitions }) => {
        const topic = names.get(topicId) ?? '';
        return partitions.flatMap(({ partitionIndex, records }) =>
          (records ?? []).flatMap((batch) => recordsOf(batch, topic, partitionIndex, wanted.get(`${topic}/${partitionIndex}`) ?? 0)),
        );
      });
    });
  }

  async ping(): Promise<void> {
    await this.use((consumer) => consumer.metadata({ forceUpdate: true }));
  }

  async close(): Promise<void> {
    await this.drop();
  }

  private async use<T>(work: (consumer: Consumer) => Promise<T>): Promise<T> {
    const made = (this.consumer ??= this.make());
    try {
      return await work(await made);
    } catch (error) {
      if (refusedWith(error, 'OFFSET_OUT_OF_RANGE')) throw new OffsetOutOfRange('the place is outside of the topic', { cause: error });
      if (this.consumer === made) await this.drop();
      throw error;
    }
  }

  private async make(): Promise<Consumer> {
    const kafka = await import('@platformatic/kafka');
    this.tracked.clear();
    const consumer = new kafka.Consumer({ ...clientOptions(this.connection), groupId: this.connection.clientId });
    consumer.on('error', () => undefined);
    return consumer;
  }

  private track(consumer: Consumer, topics: readonly string[]): void {
    for (const topic of topics) {
      if (this.tracked.has(topic)) continue;
      this.tracked.add(topic);
      consumer.topics.track(topic);
    }
  }

  private async drop(): Promise<void> {
    const consumer = this.consumer;
    this.consumer = undefined;
    await consumer?.then((made) => made.close(true)).catch(() => undefined);
  }

  private async withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const kafka = await import('@platformatic/kafka');
    const admin = new kafka.Admin(clientOptions(this.connection));
    admin.on('error', () => undefined);
    try {
      return await work(admin);
    } finally {
      await admin.close().catch(() => undefined);
    }
  }
}

interface WireBatch {
  readonly firstOffset: bigint;
  readonly attributes: number;
  readonly records: readonly { readonly offsetDelta: number; readonly value: Buffer | null; readonly headers: readonly (readonly [Buffer | null, Buffer | null])[] }[];
}

const controlBatch = 0x20;

/** Brokers answer with whole batches, which may begin before the place that was asked for. */
function recordsOf(batch: WireBatch, topic: string, partition: number, from: number): KafkaRecord[] {
  if ((batch.attributes & controlBatch) !== 0) return [];
  return batch.records.flatMap((record) => {
    const offset = Number(batch.firstOffset) + record.offsetDelta;
    if (offset < from) return [];
    const type = record.headers.find(([name]) => name?.toString() === 'type')?.[1];
    return [{ topic, partition, offset, value: record.value?.toString('utf8') ?? '', type: type?.toString() ?? null }];
  });
}
