import type { Database } from '../database';
import { DeadLetters, type DeadLetter, type DeadLetterDetail, type DeadLetterFilter, type OperatorAction } from './dead-letters';
import type { Messaging } from './messaging';
import type { RegisteredConsumer } from './event-run';
import type { RewindTarget, SourceLag } from './transport';

export interface ConsumerState {
  readonly name: string;
  readonly service: string;
  readonly events: readonly string[];
  readonly sources: readonly SourceLag[];
  /** Waiting for another attempt, or behind one that does. */
  readonly deferred: number;
  readonly dead_letters: number;
}

export interface DeadLetterPage {
  readonly items: DeadLetter[];
  readonly total: number;
  readonly nextBefore: string | null;
}

/** What an operator can see and do about events, over all services of this process. */
export class MessagingAdmin {
  constructor(
    private readonly messaging: Messaging,
    private readonly databases: readonly Database[],
  ) {}

  async consumers(): Promise<ConsumerState[]> {
    const consumers = [...this.messaging.consumers].sort((a, b) => (a.def.name < b.def.name ? -1 : 1));
    const lags = await this.messaging.transport.lags(consumers);
    return Promise.all(consumers.map((consumer) => this.stateOf(consumer, lags.get(consumer.def.name) ?? [])));
  }

  async consumer(name: string): Promise<ConsumerState | undefined> {
    const consumer = this.find(name);
    if (consumer === undefined) return undefined;
    const lags = await this.messaging.transport.lags([consumer]);
    return this.stateOf(consumer, lags.get(name) ?? []);
  }

  /** The newest first, of all services; their ids are in the order of time. */
  async listDeadLetters(filter: DeadLetterFilter, page: { readonly limit: number; readonly before?: string | undefined }): Promise<DeadLetterPage> {
    const found = await Promise.all(
      this.letters().map(async (letters) => ({
        items: await letters.list(filter, page.limit + 1, page.before),
        total: await letters.count(filter),
      })),
    );
    const items = found.flatMap((one) => one.items).sort((a, b) => (a.id < b.id ? 1 : -1));
    const shown = items.slice(0, page.limit);
    return {
      items: shown,
      total: found.reduce((sum, one) => sum + one.total, 0),
      nextBefore: items.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
    };
  }

  async deadLetter(id: string): Promise<DeadLetterDetail | undefined> {
    const found = await Promise.all(this.letters().map((letters) => letters.find(id)));
    return found.find((letter) => letter !== undefined);
  }

  /** Returns how many were handed back to their consumers. */
  async replay(filter: DeadLetterFilter, by: OperatorAction): Promise<number> {
    const replayed = (await Promise.all(this.letters().map((letters) => letters.replay(filter, by)))).flat();
    for (const consumer of new Set(replayed)) this.messaging.nudgeDeferred(consumer);
    return replayed.length;
  }

  async discard(filter: DeadLetterFilter, by: OperatorAction): Promise<number> {
    const counts = await Promise.all(this.letters().map((letters) => letters.discard(filter, by)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Lets a consumer go through its events again from a point on. False when there is no such consumer here. */
  async rewind(name: string, target: RewindTarget, by: OperatorAction): Promise<boolean> {
    const consumer = this.find(name);
    if (consumer === undefined) return false;
    await consumer.db.transaction((tx) =>
      tx.audit({
        actor: by.actor,
        action: 'messaging.consumer_rewound',
        object: { type: 'consumer', id: name },
        tenantId: null,
        after: { to: target instanceof Date ? target.toISOString() : target },
        reason: by.reason ?? null,
        ...(by.from === undefined ? {} : { from: by.from }),
      }),
    );
    await this.messaging.transport.rewind(consumer, target);
    return true;
  }

  private find(name: string): RegisteredConsumer | undefined {
    return this.messaging.consumers.find((consumer) => consumer.def.name === name);
  }

  private letters(): DeadLetters[] {
    return this.databases.map((db) => new DeadLetters(db));
  }

  private async stateOf(consumer: RegisteredConsumer, sources: readonly SourceLag[]): Promise<ConsumerState> {
    const { name, service, types } = consumer.def;
    const [counts] = await consumer.db.query<{ deferred: string; dead: string }>(
      `select (select count(*) from ${service}.deferred where consumer = $1) as deferred,
              (select count(*) from ${service}.dead_letter where consumer = $1) as dead`,
      [name],
    );
    return {
      name,
      service,
      events: types,
      sources,
      deferred: Number(counts?.deferred ?? 0),
      dead_letters: Number(counts?.dead ?? 0),
    };
  }
}
