import { Memory, type Row, type Table } from '../../shared/store';
import type { Authorization, Capture, Certificate, Delivery, Dispute, Job, Kept, Order, PaypalEvent, Refund, Remembered, Settings, Token, Transaction, Webhook } from './objects';

const keptEvents = 20_000;
const keptRequests = 20_000;
const keptTokens = 2_000;

export interface AccountOptions {
  /** The sandbox's time. */
  readonly now: () => Date;
  readonly baseUrl: () => string;
  readonly file: string | null;
}

export const usual: Omit<Settings, 'created'> = { id: 'settings', object: 'settings', reauthorize: 'multiple', token_seconds: 32_400, order_hours: 6, unique_invoices: true, reporting_seconds: 0 };

/** What is told of a thing when something happens to it. */
export interface Telling {
  readonly resource_type: string;
  readonly resource_version: string | null;
  readonly summary: string;
  readonly resource: unknown;
}

/** One merchant's account: all that it holds, its time, and who is told when something changes. */
export class Account {
  private readonly memory: Memory;
  readonly orders: Table<Order>;
  readonly authorizations: Table<Authorization>;
  readonly captures: Table<Capture>;
  readonly refunds: Table<Refund>;
  readonly transactions: Table<Transaction>;
  readonly disputes: Table<Dispute>;
  readonly events: Table<PaypalEvent>;
  readonly webhooks: Table<Webhook>;
  readonly deliveries: Table<Delivery>;
  readonly certificates: Table<Certificate>;
  readonly tokens: Table<Token>;
  readonly requests: Table<Remembered>;
  /** Numbers of invoices that payments were made for, and the order of each. */
  readonly invoices: Table<Row & { readonly order: string }>;
  private readonly kept: Table<Settings>;
  private readonly jobs: Table<Job>;
  /** Who carries events to webhooks. */
  onEvent: (event: PaypalEvent) => void = () => undefined;
  private readonly handlers = new Map<string, (subject: string) => void>();
  private frozen: number | null = null;
  /** When the next job is due; it may be earlier than any, never later. */
  private nextAt = 0;

  constructor(private readonly options: AccountOptions) {
    this.memory = new Memory(options.file, `paypal/${options.now().toISOString().slice(0, 19)}`);
    const { memory } = this;
    this.orders = memory.table('orders');
    this.authorizations = memory.table('authorizations');
    this.captures = memory.table('captures');
    this.refunds = memory.table('refunds');
    this.transactions = memory.table('transactions');
    this.disputes = memory.table('disputes');
    this.events = memory.table('events', keptEvents);
    this.webhooks = memory.table('webhooks');
    this.deliveries = memory.table('deliveries');
    this.certificates = memory.table('certificates');
    this.tokens = memory.table('tokens', keptTokens);
    this.requests = memory.table('requests', keptRequests);
    this.invoices = memory.table('invoices');
    this.kept = memory.table('settings');
    this.jobs = memory.table('jobs');
    memory.load();
  }

  /** Seconds; while something overdue happens, the moment at which it was due. */
  now(): number {
    return this.frozen ?? Math.floor(this.options.now().getTime() / 1_000);
  }

  get baseUrl(): string {
    return this.options.baseUrl();
  }

  get settings(): Settings {
    return this.kept.get('settings') ?? { ...usual, created: this.now() };
  }

  set(change: Partial<Omit<Settings, 'id' | 'object' | 'created'>>): Settings {
    return this.kept.put({ ...this.settings, ...change });
  }

  /** Seventeen capital letters and digits, as PayPal numbers nearly everything. */
  id(length = 17): string {
    return this.memory.id('', length).slice(1).toUpperCase();
  }

  tell(event_type: string, { resource_type, resource_version, summary, resource }: Telling): void {
    const event: PaypalEvent = { id: `WH-${this.id()}-${this.id()}`, object: 'event', created: this.now(), event_type, resource_type, resource_version, summary, resource };
    this.events.put(event);
    this.onEvent(event);
  }

  change<T extends Kept>(table: Table<T>, row: T, act: (row: T) => void): T {
    act(row);
    row.updated = this.now();
    return table.put(row);
  }

  on(kind: string, act: (subject: string) => void): void {
    this.handlers.set(kind, act);
  }

  later(at: number, kind: string, subject: string): void {
    this.jobs.put({ id: this.id(), object: 'job', created: this.now(), at, kind, subject });
    this.nextAt = Math.min(this.nextAt, at);
  }

  /** Does what is due, in the order in which it was; seconds until the next thing is due, null when there is none. */
  catchUp(): number | null {
    const real = Math.floor(this.options.now().getTime() / 1_000);
    while (this.nextAt <= real) {
      let next: Job | null = null;
      for (const job of this.jobs.oldestFirst()) if (next === null || job.at < next.at) next = job;
      this.nextAt = next?.at ?? Number.POSITIVE_INFINITY;
      if (next === null || next.at > real) break;
      this.jobs.remove(next.id);
      this.frozen = next.at;
      try {
        this.handlers.get(next.kind)?.(next.subject);
      } finally {
        this.frozen = null;
      }
    }
    this.memory.flush();
    return Number.isFinite(this.nextAt) ? this.nextAt - real : null;
  }

  /** Writes down what has changed. */
  flush(): void {
    this.memory.flush();
  }

  close(): void {
    this.memory.close();
  }
}

export const isoTime = (seconds: number): string => `${new Date(seconds * 1_000).toISOString().slice(0, 19)}Z`;
