import type { Producer } from '@platformatic/kafka';
import type { EventEnvelope } from '@autobroker/contracts';
import type { Database, Tx } from '../../database';
import { logger } from '../../telemetry';
import { Lane } from '../lane';
import { Loop, type Next, spread } from '../loop';
import { messagingMetrics } from '../metrics';
import { OutboxLog } from '../postgres/outbox-log';
import type { OutboxReader } from '../postgres/outbox-reader';
import { clientOptions, type KafkaConnection } from './connection';

const log = logger('messaging');

/** The name under which the relay's progress is kept, in the schema of each service. */
export const relayName = 'relay:kafka';

const batchSize = 500;
const pollMs = 5_000;
const busyMs = 250;

/**
 * Carries one service's outbox to its topic, in order. The offset is stored after the brokers have the events, so that a
 * crash in between sends some twice; the inboxes drop those. While the brokers are away the outbox simply grows.
 */
export class Relay {
  private readonly lane: Lane;
  private readonly loop: Loop;
  private producer: Promise<Producer> | undefined;
  private failures = 0;
  private afresh = false;

  constructor(
    private readonly db: Database,
    reader: OutboxReader,
    private readonly connection: KafkaConnection,
    private readonly topic: string,
  ) {
    const source = db.schema;
    this.lane = new Lane(db, new OutboxLog(reader, source, null, new Map()), { consumer: relayName, source, log: source, startFrom: 'beginning' });
    this.loop = new Loop(`relay of ${source}`, () => this.round(), pollMs);
  }

  get source(): string {
    return this.db.schema;
  }

  start(): void {
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  /** The outbox is not what it was taken for: nothing that was seen of it holds. */
  reset(): void {
    this.afresh = true;
    this.loop.wake();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    await this.dropProducer();
  }

  private async round(): Promise<Next> {
    if (this.afresh) this.lane.forget();
    this.afresh = false;
    try {
      if (!(await this.lane.fill()) || this.lane.empty) return 'idle';
      const taken = await this.relay();
      this.failures = 0;
      if (taken === null) {
        this.lane.forget();
        return { inMs: busyMs };
      }
      this.lane.committed();
      messagingMetrics.relayed.inc({ source: this.source }, taken);
      return 'now';
    } catch (error) {
      this.failures += 1;
      this.lane.forget();
      // A producer whose numbering was interrupted would have its next messages refused.
      await this.dropProducer();
      const inMs = spread(Math.min(100 * 2 ** this.failures, 5_000));
      if (this.failures === 1 || this.failures % 20 === 0) log.warn({ topic: this.topic, retry_in_ms: inMs, err: error }, 'events wait in the outbox');
      return { inMs, undisturbed: true };
    }
  }

  /** How many went out; null while another replica is at it. The row lock is what makes this the only sender. */
  private relay(): Promise<number | null> {
    let count = 0;
    const relayed = async (tx: Tx): Promise<number | null> => {
      count = 0;
      const taken = await this.lane.take(tx, batchSize);
      if (taken === null || taken.length === 0) return taken === null ? null : 0;
      // Kafka carries an event as it is; whether it keeps its contract is judged by those who consume it.
      await this.send(taken.flatMap((delivery) => (delivery.valid ? [messageOf(delivery.event)] : [rawMessage(delivery.raw, delivery)])));
      count = taken.length;
      return count;
    };
    return this.db.transaction(relayed, { lastly: () => this.lane.done(count) });
  }

  private async send(messages: readonly OutgoingMessage[]): Promise<void> {
    const producer = await (this.producer ??= this.makeProducer());
    await producer.send({ messages: messages.map((message) => ({ ...message, topic: this.topic })) });
  }

  private async makeProducer(): Promise<Producer> {
    const kafka = await import('@platformatic/kafka');
    const producer = new kafka.Producer({ ...clientOptions(this.connection), idempotent: true, acks: -1 });
    producer.on('error', () => undefined);
    return producer;
  }

  private async dropProducer(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await producer?.then((made) => made.close()).catch(() => undefined);
  }
}

interface OutgoingMessage {
  readonly key?: Buffer;
  readonly value: Buffer;
  readonly headers: Map<Buffer, Buffer>;
  readonly timestamp?: bigint;
}

function messageOf(event: EventEnvelope): OutgoingMessage {
  return {
    key: Buffer.from(event.key),
    value: Buffer.from(JSON.stringify(event)),
    headers: headersOf({
      id: event.id,
      type: event.type,
      version: String(event.version),
      tenant_id: event.tenant_id,
      occurred_at: event.occurred_at,
      traceparent: event.trace,
    }),
    timestamp: BigInt(Date.parse(event.occurred_at)),
  };
}

const rawMessage = (raw: string, { key, type }: { readonly key: string | null; readonly type: string | null }): OutgoingMessage => ({
  ...(key === null ? {} : { key: Buffer.from(key) }),
  value: Buffer.from(raw),
  headers: headersOf({ type }),
});

const headersOf = (values: Record<string, string | null>): Map<Buffer, Buffer> =>
  new Map(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[Buffer.from(name), Buffer.from(value)] as const])));
