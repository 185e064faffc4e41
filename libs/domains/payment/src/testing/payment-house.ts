import { type EventData, orderEvents, type OrderPriceJson, userErased } from '@autobroker/contracts';
import { type ManualClock, type OrderState, uuidv7 } from '@autobroker/kernel';
import { type Database } from '@autobroker/platform/database';
import { asUser, type EventRecorder, SandboxProcess, speakerFor, testApp, type TestApp, testTenant } from '@autobroker/platform/testing';
import { load } from 'cheerio';
import { OrderConsumer } from '../api/order.consumer';
import { CheckLedger } from '../application/check-ledger';
import { ProcessEvents } from '../application/process-events';
import { RunOperation } from '../application/run-operation';
import { paymentService } from '../payment.module';
import { WebhookRelay } from './webhook-relay';

/** Says what the order service would. */
const orders = speakerFor('orders');
const identity = speakerFor('identity');

export const otherTenant = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02';
export const buyerId = uuidv7();
/** Somebody of the broker's who buys a car. */
export const buyingFinanceId = uuidv7();
const { id: tenantId } = testTenant;
export const people = {
  nobody: {},
  buyer: asUser({ role: 'buyer', tenantId, id: buyerId }),
  otherBuyer: asUser({ role: 'buyer', tenantId }),
  agent: asUser({ role: 'agent', tenantId }),
  finance: asUser({ role: 'finance', tenantId }),
  secondFinance: asUser({ role: 'finance', tenantId }),
  buyingFinance: asUser({ role: 'finance', tenantId, id: buyingFinanceId }),
  admin: asUser({ role: 'admin', tenantId }),
  stranger: asUser({ role: 'admin', tenantId: otherTenant }),
  operator: asUser({ role: 'operator', tenantId: null }),
} as const;
export type Person = keyof typeof people;

/** Compared member by member, by the spec that asked. */
type Json = ReturnType<typeof JSON.parse>;
export interface Answer {
  readonly status: number;
  readonly data: Json;
  readonly code: string | null;
  readonly headers: Headers;
  readonly error: Json;
}

export const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
export const aPrice: OrderPriceJson = {
  total: eur(1_966_794),
  deposit: eur(196_679),
  balance: eur(1_770_115),
  lines: [
    { code: 'price', amount: eur(1_899_000), payee: 'seller', rule: null },
    { code: 'broker_fee', amount: eur(56_970), payee: 'broker', rule: null },
    { code: 'broker_fee_vat', amount: eur(10_824), payee: 'authority', rule: null },
  ],
};

const way: readonly OrderState[] = ['requested', 'reserved', 'deposit_held', 'inspection', 'contracted', 'balance_paid', 'titling', 'in_transit', 'delivered', 'completed'];

export interface SpokenOrder {
  readonly id: string;
  readonly price: OrderPriceJson;
  version: number;
  state: OrderState;
  /** What else its events say. */
  readonly more: object;
}

/** The payment service beside an outbox that speaks for orders, and the sandbox that plays the providers. */
export class PaymentHouse {
  private constructor(
    readonly app: TestApp,
    readonly sandbox: SandboxProcess,
    readonly relay: WebhookRelay,
    private readonly spoken: EventRecorder,
  ) {}

  static async start(options: { readonly work: boolean; readonly env?: Record<string, string> }): Promise<PaymentHouse> {
    const [sandbox, relay] = await Promise.all([SandboxProcess.start(30, new Date().toISOString()), WebhookRelay.start()]);
    const env = { SANDBOX_URL: sandbox.url, PUBLIC_URL: relay.url, PORTAL_URL: 'http://portal.example', ...options.env };
    const app = await testApp({ services: [orders, identity, paymentService], work: options.work, env }).catch(async (error: unknown) => {
      await Promise.all([relay.close(), sandbox.stop()]);
      throw error;
    });
    relay.target = app.url;
    return new PaymentHouse(app, sandbox, relay, await app.events('orders'));
  }

  get db(): Database {
    return this.app.of('payment');
  }

  get clock(): ManualClock {
    return this.app.clock as ManualClock;
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.app.get<T>(token);
  }

  async ask(person: Person, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const key = method === 'POST' ? { 'idempotency-key': uuidv7() } : {};
    const response = await this.app.call(`/api/v1${path}`, { method, headers: { ...people[person], ...key, ...headers }, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    const parsed: Json = text === '' ? {} : JSON.parse(text);
    return { status: response.status, data: parsed.data, code: parsed.error?.code ?? null, error: parsed.error, headers: response.headers };
  }

  /** An order that has come so far. */
  async order(last: OrderState = 'reserved', price: OrderPriceJson = aPrice, more: object = {}): Promise<SpokenOrder> {
    const order: SpokenOrder = { id: uuidv7(), price, version: 0, state: 'requested', more };
    for (const state of way.slice(0, way.indexOf(last) + 1)) await this.say(order, state);
    return order;
  }

  async advance(order: SpokenOrder, last: OrderState): Promise<void> {
    for (const state of way.slice(way.indexOf(order.state) + 1, way.indexOf(last) + 1)) await this.say(order, state);
  }

  async cancel(order: SpokenOrder, retain = 0): Promise<void> {
    order.version += 1;
    const { fixture } = orderEvents.cancelled;
    const data = { ...fixture, order_id: order.id, buyer_id: buyerId, version: order.version, price: order.price, previous_state: order.state, retain: eur(retain) };
    order.state = 'cancelled';
    await this.app.of('orders').transaction((tx) => tx.publish(orderEvents.cancelled, { key: order.id, tenantId, data }));
  }

  async say(order: SpokenOrder, state: OrderState): Promise<void> {
    if (state === 'cancelled' || state === 'disputed') throw new Error('that is said another way');
    order.version += 1;
    const def = orderEvents[state];
    const data = { ...def.fixture, order_id: order.id, buyer_id: buyerId, version: order.version, price: order.price, previous_state: order.version === 1 ? null : order.state, number: `AB-${order.id.slice(-6)}`, ...order.more };
    order.state = state;
    await this.app.of('orders').transaction(async (tx) => {
      await tx.publish(def, { key: order.id, tenantId, data: def.data.parse(data) });
    });
  }

  /** Until the payment service has heard as much of an order as was said. */
  async known(order: SpokenOrder): Promise<void> {
    await this.untilSo(() => this.db.query('select 1 from payment.orders where id = $1 and version >= $2', [order.id, order.version]), (rows) => rows.length === 1);
  }

  /** Somebody is forgotten. */
  async erase(data: EventData<typeof userErased>): Promise<void> {
    await this.app.of('identity').transaction((tx) => tx.publish(userErased, { key: data.user_id, tenantId, data }));
  }

  async pay(order: SpokenOrder, leg: 'deposit' | 'balance', method: 'card' | 'bank_transfer' | 'paypal', person: Person = 'buyer'): Promise<Answer> {
    return this.ask(person, 'POST', `/orders/${order.id}/payments`, { leg, method });
  }

  async payment(id: string): Promise<Json> {
    return (await this.ask('agent', 'GET', `/payments/${id}`)).data;
  }

  /** Until the payment is in one of these states. */
  until(id: string, ...states: readonly string[]): Promise<Json> {
    return this.untilSo(() => this.payment(id), (payment) => states.includes(payment.state));
  }

  async untilSo<T>(look: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
    let value = await look();
    for (let turn = 0; turn < 400; turn += 1) {
      if (isSo(value)) return value;
      await new Promise((resolve) => setTimeout(resolve, 50));
      value = await look();
    }
    throw new Error(`it did not come to be so: ${JSON.stringify(value)}`);
  }

  untilTold(orderId: string, type: string): Promise<Json> {
    return this.untilSo(() => this.told(orderId), (all) => all.some((one) => one.type === type)).then((all) => all.find((one) => one.type === type));
  }

  async told(orderId: string): Promise<Json[]> {
    return this.db.query('select type, data from payment.outbox where key = $1 and type like \'payment.%\' order by position', [orderId]);
  }

  async balances(orderId: string): Promise<Record<string, number>> {
    const { data } = await this.ask('finance', 'GET', `/ledger/orders/${orderId}`);
    return Object.fromEntries(data.balances.filter((one: Json) => one.balance.amount !== 0).map((one: Json) => [one.account, one.balance.amount]));
  }

  /** Where the buyer is sent to, as soon as that is known. */
  async page(id: string): Promise<string> {
    const { next_action: action } = await this.untilSo(() => this.payment(id), (payment) => payment.next_action !== null);
    return action.url;
  }

  /** A buyer who fills in Stripe's page. */
  async checkout(url: string, number: string): Promise<{ readonly status: number; readonly location: string; readonly text: string }> {
    const $ = load(await (await fetch(url)).text());
    const form = $('form').first();
    const given = new URLSearchParams();
    form.find('input').each((_, input) => {
      if ($(input).attr('type') !== 'radio' || $(input).attr('checked') !== undefined) given.set($(input).attr('name') ?? '', $(input).attr('value') ?? '');
    });
    const fill = { email: 'ada@example.com', name: 'Ada Buyer', card_number: number, card_expiry: '12 / 31', card_cvc: '123' };
    for (const [name, value] of Object.entries(fill)) given.set(name, value);
    const answer = await fetch(new URL(form.attr('action') ?? '', url), { method: 'POST', body: given, redirect: 'manual' });
    return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
  }

  /** Where nothing works by itself: what orders have said since is heard. */
  async hear(): Promise<void> {
    const consumer = this.get(OrderConsumer);
    for (const event of await this.spoken.all()) await this.db.transaction((tx) => consumer.handle(event as Parameters<OrderConsumer['handle']>[0], tx));
    await this.spoken.clear();
  }

  /** And what is to be asked of providers is asked, until nothing is left; gives what became of it. */
  async operate(): Promise<string[]> {
    const outcomes: string[] = [];
    for (;;) {
      const due = await this.db.query<{ id: string }>(`select id from payment.operations where state = 'pending' order by created_at, id`);
      if (due.length === 0) return outcomes;
      for (const { id } of due) outcomes.push(await this.get(RunOperation).run(id));
    }
  }

  /** And what providers have told is looked after. */
  process(): Promise<{ applied: number; foreign: number }> {
    return this.get(ProcessEvents).run(new AbortController().signal);
  }

  /** A buyer who agrees at PayPal's page, or does not; `funding` is how the sandbox then pays. */
  async agree(url: string, funding = 'balance'): Promise<string> {
    const { origin, searchParams } = new URL(url);
    const answer = await fetch(`${origin}/checkoutnow`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ token: searchParams.get('token') ?? '', action: 'approve', funding }) });
    return answer.headers.get('location') ?? '';
  }

  /** What the sandbox lets a test do that PayPal has on its pages alone. */
  async played(path: string, body: object): Promise<Json> {
    const { base_url: base } = JSON.parse(await this.sandbox.control('vendors')).vendors.find((one: { slug: string }) => one.slug === 'paypal');
    return (await fetch(`${base}/sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) })).json();
  }

  /** The API of a vendor, without an SDK in between. */
  async stripe(method: string, path: string, form?: Record<string, string>): Promise<Json> {
    const { key, base_url: base } = JSON.parse(await this.sandbox.control('vendors')).vendors.find((one: { slug: string }) => one.slug === 'stripe');
    const answer = await fetch(`${base}${path}`, { method, headers: { authorization: `Bearer ${key.secret_key}` }, ...(form === undefined ? {} : { body: new URLSearchParams(form) }) });
    return answer.json();
  }

  chaos(vendor: string, switches: object): Promise<string> {
    return this.sandbox.control('chaos', { vendor, ...switches });
  }

  /** Both clocks go on together. */
  async later(hours: number): Promise<void> {
    await this.sandbox.control('clock', { advance: `${hours}h` });
    this.clock.advance(hours * 3_600_000);
  }

  /** Nothing is wrong with the ledger, whatever has happened. */
  async expectSound(): Promise<void> {
    const { faults } = await this.get(CheckLedger).run();
    if (faults > 0) throw new Error(`the ledger has ${faults} faults`);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.relay.close();
    await this.sandbox.stop();
  }
}
