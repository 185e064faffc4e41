import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { logger } from '../../telemetry';
import { spread } from '../loop';
import type { Word } from './outbox-reader';

const log = logger('messaging');
const channel = 'autobroker_events';

/** At most one notification in this time: under load it stands for many commits. */
const quietMs = 4;

/** What a notification stands for: new events, or also events that were put off and are to be taken at once. */
export type News = 'events' | 'deferred';

export interface NotifierOptions {
  /** A connection that keeps its session: not through a pooler in transaction mode. */
  readonly connect: () => Promise<Client>;
  readonly onNotified: (news: News) => void;
  /** The connection was lost and is there again: the server may have been restarted. */
  readonly onReconnected: () => void;
}

/**
 * Tells the other processes that there is something new, and hears it from them. It is sent after the commit, on a
 * connection of its own, because a NOTIFY inside the transactions of the changes would make their commits queue up.
 * Losing one costs nothing but the wait for the next poll.
 */
export class Notifier {
  private readonly self = randomUUID();
  private client: Client | undefined;
  private due: News | null = null;
  private taken: News | null = null;
  private busy = false;
  private stopping = false;
  private lastSent = 0;
  private retry: NodeJS.Timeout | undefined;
  private connecting: Promise<void> | undefined;
  private failures = 0;
  private connected = false;

  constructor(private readonly options: NotifierOptions) {}

  get listening(): boolean {
    return this.client !== undefined;
  }

  start(): void {
    this.stopping = false;
    this.connecting = this.connect();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.retry);
    await this.connecting;
    if (this.due !== null && this.client !== undefined) await this.send(this.client);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  /** Something was committed here. */
  notify(news: News = 'events'): void {
    if (this.due !== 'deferred') this.due = news;
    if (!this.busy) void this.flush();
  }

  /** Something was committed here, and whoever looks for it in a moment takes the word along: see `take`. */
  announce(): void {
    this.due ??= 'events';
  }

  /** What is to be told, for a statement of the caller's. */
  take(): Word | null {
    if (this.due === null || this.busy) return null;
    this.taken = this.due;
    this.due = null;
    return { channel, payload: this.payloadOf(this.taken) };
  }

  /** That statement has failed. */
  giveBack(): void {
    if (this.due !== 'deferred') this.due = this.taken;
  }

  private async flush(): Promise<void> {
    this.busy = true;
    while (this.due !== null && this.client !== undefined && !this.stopping) {
      const wait = this.lastSent + quietMs - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      if (this.client !== undefined) await this.send(this.client);
    }
    this.busy = false;
  }

  private async send(client: Client): Promise<void> {
    const payload = this.payloadOf(this.due ?? 'events');
    this.due = null;
    this.lastSent = performance.now();
    // A failure shows as the end of the connection.
    await client.query({ name: 'notify', text: 'select pg_notify($1, $2)', values: [channel, payload] }).catch(() => undefined);
  }

  private payloadOf(news: News): string {
    return news === 'deferred' ? `${this.self} deferred` : this.self;
  }

  private async connect(): Promise<void> {
    try {
      const client = await this.listen();
      client.once('end', () => this.lost(client));
      this.client = client;
      this.failures = 0;
      if (this.connected) this.options.onReconnected();
      this.connected = true;
      // Whatever came while nobody listened.
      this.options.onNotified('deferred');
      if (this.due !== null && !this.busy) void this.flush();
    } catch (error) {
      if (this.failures === 0) log.warn({ err: error }, 'not listening for events: polling instead');
      this.again();
    }
  }

  private async listen(): Promise<Client> {
    const client = await this.options.connect();
    client.on('notification', ({ payload = '' }) => {
      const [sender, news] = payload.split(' ');
      if (sender !== this.self) this.options.onNotified(news === 'deferred' ? 'deferred' : 'events');
    });
    try {
      await client.query(`listen ${channel}`);
      return client;
    } catch (error) {
      // A standby refuses, for one: each new attempt must not leave a connection behind.
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  private lost(client: Client): void {
    if (this.client === client) this.client = undefined;
    if (!this.stopping) this.again();
  }

  private again(): void {
    if (this.stopping) return;
    this.failures += 1;
    clearTimeout(this.retry);
    const reconnect = (): void => {
      this.connecting = this.connect();
    };
    this.retry = setTimeout(reconnect, spread(Math.min(100 * 2 ** this.failures, 5_000)));
  }
}
