import type { BalanceTransaction, CashTransaction, Charge, Customer, Delivery, Dispute, FraudWarning, GoneCustomer, Job, PaymentIntent, PaymentMethod, Payout, Price, Product, Refund, Remembered, Session, SetupAttempt, SetupIntent, StoredFile, StripeEvent, TestClock, Token, WebhookEndpoint } from './objects';
import { Memory, type Row, type Table } from '../../shared/store';
import { render } from './core/render';

export const apiVersion = '2026-10-28.endive';
const keptEvents = 20_000;
const keptKeys = 20_000;

export interface AccountOptions {
  /** The sandbox's time. */
  readonly now: () => Date;
  readonly baseUrl: () => string;
  readonly file: string | null;
}

export interface Cause {
  readonly id: string | null;
  readonly idempotency_key: string | null;
}

const nobody: Cause = { id: null, idempotency_key: null };

/** One Stripe account in test mode: all that it holds, its time, and who is told when something changes. */
export class Account {
  private readonly memory: Memory;
  readonly customers: Table<Customer>;
  readonly gone: Table<GoneCustomer>;
  readonly methods: Table<PaymentMethod>;
  readonly intents: Table<PaymentIntent>;
  readonly setups: Table<SetupIntent>;
  readonly charges: Table<Charge>;
  readonly attempts: Table<SetupAttempt>;
  readonly refunds: Table<Refund>;
  readonly disputes: Table<Dispute>;
  readonly warnings: Table<FraudWarning>;
  readonly transactions: Table<BalanceTransaction>;
  readonly payouts: Table<Payout>;
  readonly cash: Table<CashTransaction>;
  readonly sessions: Table<Session>;
  readonly events: Table<StripeEvent>;
  readonly endpoints: Table<WebhookEndpoint>;
  readonly deliveries: Table<Delivery>;
  readonly files: Table<StoredFile>;
  readonly keys: Table<Remembered>;
  readonly jobs: Table<Job>;
  readonly clocks: Table<TestClock>;
  readonly products: Table<Product>;
  readonly prices: Table<Price>;
  readonly tokens: Table<Token>;
  /** Who carries events to endpoints. */
  onEvent: (event: StripeEvent) => void = () => undefined;
  /** Who wants to know that a payment has come in. */
  onPaid: (intent: PaymentIntent) => void = () => undefined;
  private readonly handlers = new Map<string, (subject: string) => void>();
  private frozen: number | null = null;
  /** When the next job is due; it may be earlier than any, never later. */
  private nextAt = 0;
  private cause: Cause = nobody;
  /** The test clock of the customer whom this is about. */
  private clock: TestClock | null = null;

  constructor(private readonly options: AccountOptions) {
    this.memory = new Memory(options.file, `stripe/${options.now().toISOString().slice(0, 19)}`);
    const { memory } = this;
    this.customers = memory.table('customers');
    this.gone = memory.table('gone_customers');
    this.methods = memory.table('payment_methods');
    this.intents = memory.table('payment_intents');
    this.setups = memory.table('setup_intents');
    this.attempts = memory.table('setup_attempts');
    this.charges = memory.table('charges');
    this.refunds = memory.table('refunds');
    this.disputes = memory.table('disputes');
    this.warnings = memory.table('early_fraud_warnings');
    this.transactions = memory.table('balance_transactions');
    this.payouts = memory.table('payouts');
    this.cash = memory.table('cash_transactions');
    this.sessions = memory.table('sessions');
    this.events = memory.table('events', keptEvents);
    this.endpoints = memory.table('webhook_endpoints');
    this.deliveries = memory.table('deliveries');
    this.files = memory.table('files');
    this.keys = memory.table('idempotency_keys', keptKeys);
    this.jobs = memory.table('jobs');
    this.clocks = memory.table('test_clocks');
    this.products = memory.table('products');
    this.prices = memory.table('prices');
    this.tokens = memory.table('tokens');
    memory.load();
  }

  /** Also of one who is gone: there may be something of theirs. */
  customerEver(id: string): Customer | GoneCustomer | undefined {
    return this.customers.get(id) ?? this.gone.get(id);
  }

  /** Seconds; while something overdue happens, the moment at which it was due; for a customer with a test clock, that clock's. */
  now(): number {
    return this.frozen ?? this.clock?.frozen_time ?? Math.floor(this.options.now().getTime() / 1_000);
  }

  get baseUrl(): string {
    return this.options.baseUrl();
  }

  id(prefix: string, length?: number): string {
    return this.memory.id(prefix, length);
  }

  /** What happens inside is told as caused by this request. */
  causedBy<T>(cause: Cause, act: () => T): T {
    this.cause = cause;
    try {
      return act();
    } finally {
      this.cause = nobody;
    }
  }

  /** What happens inside happens at this customer's time. */
  timeOf<T>(customer: string | null, act: () => T): T {
    const before = this.clock;
    this.clock = this.clocks.get(this.customers.get(customer ?? '')?.test_clock ?? '') ?? null;
    try {
      return act();
    } finally {
      this.clock = before;
    }
  }

  emit(type: string, row: Row, previous?: Readonly<Record<string, unknown>>): void {
    const object = structuredClone(render(row));
    this.record(type, object, previous);
  }

  /** As `emit`, for what goes out otherwise than it is kept. */
  record(type: string, object: unknown, previous?: Readonly<Record<string, unknown>>): void {
    const event: StripeEvent = {
      id: this.id('evt'),
      object: 'event',
      api_version: apiVersion,
      created: this.now(),
      data: { object, ...(previous === undefined ? {} : { previous_attributes: previous }) },
      livemode: false,
      pending_webhooks: 0,
      request: { ...this.cause },
      type,
    };
    this.events.put(event);
    this.onEvent(event);
  }

  /** Changes a row and tells of it, with what was there before. */
  change<T extends Row>(table: Table<T>, row: T, act: (row: T) => void, ...types: readonly string[]): T {
    const before = structuredClone(render(row));
    act(row);
    table.put(row);
    const previous = differences(before, render(row));
    for (const type of types) this.emit(type, row, type.endsWith('.updated') || type === 'charge.refunded' ? previous : undefined);
    const intent = types.includes('payment_intent.succeeded') ? this.intents.get(row.id) : undefined;
    if (intent !== undefined) this.onPaid(intent);
    return row;
  }

  on(kind: string, act: (subject: string) => void): void {
    this.handlers.set(kind, act);
  }

  later(at: number, kind: string, subject: string): void {
    const { clock } = this;
    this.jobs.put({ id: this.id('job'), object: 'job', created: this.now(), at, kind, subject, clock: clock?.id ?? null });
    this.nextAt = clock === null ? Math.min(this.nextAt, at) : at <= clock.frozen_time ? 0 : this.nextAt;
  }

  /** In the account's own time, and once however often it is asked for. */
  laterOnce(at: number, kind: string, subject: string): void {
    const id = `${kind}/${subject}/${at}`;
    if (this.jobs.get(id) !== undefined) return;
    this.jobs.put({ id, object: 'job', created: this.now(), at, kind, subject, clock: null });
    this.nextAt = Math.min(this.nextAt, at);
  }

  /** A test clock has moved: looks again at what is due. */
  hurry(): void {
    this.nextAt = 0;
    this.catchUp();
  }

  /** Does what is due, in the order in which it was; seconds until the next thing is due, null when there is none. */
  catchUp(): number | null {
    const real = Math.floor(this.options.now().getTime() / 1_000);
    while (this.nextAt <= real) {
      const { due, then } = this.earliest(real);
      if (due === null) {
        this.nextAt = then;
        break;
      }
      this.jobs.remove(due.id);
      const clock = this.clock;
      this.clock = this.clocks.get(due.clock ?? '') ?? null;
      this.frozen = due.at;
      try {
        this.handlers.get(due.kind)?.(due.subject);
      } finally {
        this.frozen = null;
        this.clock = clock;
      }
    }
    this.memory.flush();
    return Number.isFinite(this.nextAt) ? this.nextAt - real : null;
  }

  /** The first of what is due, by whichever clock, and when the account's own next thing is. */
  private earliest(real: number): { readonly due: Job | null; readonly then: number } {
    let due: Job | null = null;
    let then = Number.POSITIVE_INFINITY;
    for (const job of this.jobs.oldestFirst()) {
      if (job.clock === null) then = Math.min(then, job.at);
      const until = job.clock === null ? real : (this.clocks.get(job.clock)?.frozen_time ?? real);
      if (job.at <= until && (due === null || job.at < due.at)) due = job;
    }
    return { due, then };
  }

  /** Writes down what has changed. */
  flush(): void {
    this.memory.flush();
  }

  close(): void {
    this.memory.close();
  }
}

/** What was there before, of what is another now; of metadata only the keys that changed. */
function differences(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const previous: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[name], after[name]];
    if (JSON.stringify(old) === JSON.stringify(now)) continue;
    previous[name] = name === 'metadata' && isPlain(old) && isPlain(now) ? differences(old, now) : (old ?? null);
  }
  return previous;
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
