import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  documentIssued,
  documentSigned,
  listingChecked,
  paymentAuthorized,
  paymentOrderSettled,
  quoteAudience,
  quoteLifetimeS,
  quoteType,
  vehicleListed,
  type EventData,
  type EventDef,
  type QuoteClaims,
  type VehicleFactsJson,
} from '@autobroker/contracts';
import { uuidv7, type DocumentKind, type ManualClock, type SignerRole } from '@autobroker/kernel';
import { signJwt, testSigningKey } from '@autobroker/platform/auth';
import { asUser, speakerFor, testApp, type TestApp, testTenant } from '@autobroker/platform/testing';
import { SweepOrders } from './application/sweep-orders';
import { orderService } from './order.module';

export const tenantId = testTenant.id;
const quoteKey = testSigningKey('quotes-1');

export interface Money {
  readonly amount: number;
  readonly currency: string;
}
export interface OrderJson {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: string;
  readonly due_at: string | null;
  readonly holds_vehicle: boolean;
  readonly price: { readonly total: Money; readonly deposit: Money; readonly balance: Money; readonly lines: readonly { readonly code: string; readonly amount: Money }[] };
  readonly price_change: { readonly id: string; readonly difference: number; readonly price: { readonly total: Money } } | null;
  readonly cancellation: { readonly reason: string; readonly fault: string; readonly retain: Money; readonly refund_due_at: string; readonly closed_at: string | null } | null;
  readonly withdrawal: { readonly id: string } | null;
  readonly transport: readonly { readonly id: string; readonly status: string }[];
  readonly [more: string]: unknown;
}
export interface Answer<T = OrderJson> {
  readonly status: number;
  readonly data: T;
  readonly code: string;
  readonly reasons: readonly string[];
  readonly headers: Headers;
}

export interface Person {
  readonly id: string;
  readonly headers: Record<string, string>;
}
export function person(role: 'buyer' | 'agent' | 'finance' | 'admin' | 'partner', at: string = tenantId): Person {
  const id = uuidv7();
  return { id, headers: asUser({ role, tenantId: at, id }) };
}

export const aParty = (name = 'Erika Mustermann') => ({ name, kind: 'private', address: { line1: 'Heidestraße 17', postal_code: '51147', city: 'Köln', country: 'DE' }, email: 'erika@example.com' });

export interface QuoteWish {
  readonly buyer: Person;
  readonly car: Car;
  readonly more?: Partial<QuoteClaims>;
}

export interface Car {
  readonly vehicleId: string;
  readonly listingId: string | null;
  readonly externalId: string;
}

export type House = Awaited<ReturnType<typeof orderHouse>>;

/** The order service with everybody whom it listens to, and a pricing service that shows one key. */
export async function orderHouse() {
  const jwks = createServer((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [quoteKey.jwk] })));
  await new Promise<void>((resolve) => jwks.listen(0, '127.0.0.1', resolve));
  const pricingUrl = `http://127.0.0.1:${(jwks.address() as AddressInfo).port}`;
  const speakers = ['identity', 'vehicle', 'scraper', 'payment', 'documents'].map(speakerFor);
  const app = await testApp({ services: [orderService, ...speakers], env: { PRICING_URL: pricingUrl, INTERNAL_SECRET: 'a-secret-of-this-installation-only' } });
  const clock = app.clock as ManualClock;
  return new HouseOf(app, clock, async () => {
    await app.close();
    await new Promise((resolve) => jwks.close(resolve));
  });
}

class HouseOf {
  readonly admin = person('admin');
  readonly agent = person('agent');
  private cars = 0;

  constructor(
    readonly app: TestApp,
    readonly clock: ManualClock,
    readonly close: () => Promise<void>,
  ) {}

  async ask<T = OrderJson>(method: string, path: string, by: Person | null, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const response = await this.app.call(`/api/v1${path}`, { method, headers: { ...by?.headers, ...(method === 'POST' ? { 'idempotency-key': uuidv7() } : {}), ...headers }, ...(body === undefined ? {} : { body }) });
    const json = (await response.json()) as { data: T; error: { code: string; errors?: { code: string }[] } | null };
    return { status: response.status, data: json.data, code: json.error?.code ?? 'ok', reasons: (json.error?.errors ?? []).map(({ code }) => code), headers: response.headers };
  }

  get = (id: string, by: Person) => this.ask('GET', `/orders/${id}`, by);
  step = (id: string, to: string, by: Person, more: object = {}) => this.ask('POST', `/orders/${id}/transitions`, by, { to, ...more });
  does = (id: string, what: string, by: Person, body: object = {}) => this.ask('POST', `/orders/${id}/${what}`, by, body);

  say<D extends EventDef>(event: D, key: string, data: EventData<D>, at: string | null = tenantId): Promise<string> {
    return this.app.of(event.service).transaction((tx) => tx.publish(event, { key, tenantId: at, data }));
  }

  /** A car that the catalogue knows, with an offer at a source; own stock has none, unless it is listed as well. */
  async listCar(facts: Partial<VehicleFactsJson> = {}, options: { readonly ownStock?: boolean; readonly listed?: boolean } = {}): Promise<Car> {
    this.cars += 1;
    const externalId = `as-${this.cars}`;
    const vehicleId = uuidv7();
    const { ownStock = false, listed = !ownStock } = options;
    const listingId = listed ? uuidv7() : null;
    const price = { amount: 1_899_000, currency: 'EUR' as const };
    const offer = { listing_id: listingId ?? '', source: 'autoscout24', external_id: externalId, url: null, auction: false, active: true, status: 'active' as const, price, price_kind: 'asked' as const, price_doubtful: false };
    const told = { ...vehicleListed.fixture.facts, price, offers: listingId === null ? [] : [offer], ...facts };
    await this.say(vehicleListed, vehicleId, { vehicle_id: vehicleId, version: 1, facts: told }, ownStock ? tenantId : null);
    await this.until(async () => (await this.db(`select 1 from orders.vehicles where vehicle_id = $1`, vehicleId)).length === 1, 'the car is known');
    return { vehicleId, listingId, externalId };
  }

  quote({ buyer, car, more = {} }: QuoteWish): string {
    const iat = Math.floor(this.clock.now().getTime() / 1_000);
    const claims: QuoteClaims = {
      iss: 'autobroker',
      aud: quoteAudience,
      jti: uuidv7(),
      sub: buyer.id,
      tid: tenantId,
      iat,
      nbf: iat,
      exp: iat + quoteLifetimeS,
      vehicle_id: car.vehicleId,
      listing_id: car.listingId,
      price_version: 1,
      asked_price: 1_899_000,
      capacity: 'buyer_agent',
      seller_kind: 'dealer_margin',
      buyer_kind: 'private',
      currency: 'EUR',
      destination: { country: 'DE', region: null },
      lines: [
        { code: 'price', amount: 1_899_000, payee: 'seller', rule: null },
        { code: 'broker_fee', amount: 56_970, payee: 'broker', rule: 'broker-fee@2026-01-01#00000000' },
        { code: 'broker_fee_vat', amount: 10_824, payee: 'authority', rule: 'vat-de@2021-01-01#00000000' },
      ],
      open: [],
      rules: ['broker-fee@2026-01-01#00000000'],
      total: 1_966_794,
      ...more,
    };
    return signJwt(claims, quoteKey, quoteType);
  }

  place = (wish: QuoteWish, more: object = {}) => this.ask('POST', '/orders', wish.buyer, { quote: this.quote(wish), locale: 'de', ...more });

  async signs(orderId: string, kind: DocumentKind, more: { readonly version?: number; readonly role?: SignerRole; readonly complete?: boolean; readonly documentId?: string } = {}): Promise<string> {
    const { version = 1, role = 'buyer', complete = true, documentId = uuidv7() } = more;
    const at = this.clock.now().toISOString();
    await this.say(documentIssued, orderId, { ...documentIssued.fixture, document_id: documentId, order_id: orderId, kind, version, issued_at: at });
    await this.say(documentSigned, orderId, { ...documentSigned.fixture, document_id: documentId, order_id: orderId, kind, version, role, complete, signed_at: at });
    await this.until(async () => (await this.db('select 1 from orders.papers where document_id = $1 and signed_at is not null', documentId)).length === 1, 'the signature is known');
    return documentId;
  }

  async checked(car: Car, more: Partial<EventData<typeof listingChecked>> = {}): Promise<void> {
    const at = this.clock.now().toISOString();
    await this.say(listingChecked, car.externalId, { ...listingChecked.fixture, source: 'autoscout24', external_id: car.externalId, reason: 'asked', status: 'active', price: { amount: 1_899_000, currency: 'EUR' }, checked_at: at, ...more }, null);
    await this.until(async () => (await this.db('select 1 from orders.offers where external_id = $1 and checked_at = $2', car.externalId, at)).length === 1, 'the offer was looked at');
  }

  /** Its source is looked at in vain. */
  async unreadable(car: Car): Promise<void> {
    const at = this.clock.now().toISOString();
    await this.say(listingChecked, car.externalId, { ...listingChecked.fixture, source: 'autoscout24', external_id: car.externalId, reason: 'asked', status: 'unknown', price: null, checked_at: at }, null);
    await this.until(async () => (await this.db('select 1 from orders.offers where external_id = $1 and unreadable_at = $2', car.externalId, at)).length === 1, 'nobody could look at the offer');
  }

  /** Placed, signed and looked at: what is missing is the buyer's step. */
  async reservable(buyer: Person, car: Car, more: Partial<QuoteClaims> = {}): Promise<OrderJson> {
    const { data } = await this.place({ buyer, car, more }, { buyer: aParty() });
    await this.signs(data.id, 'mandate');
    if (car.listingId !== null) await this.checked(car);
    return data;
  }

  async pays(orderId: string, buyer: Person, more: Partial<EventData<typeof paymentAuthorized>> = {}): Promise<string> {
    const { data } = await this.get(orderId, buyer);
    const paymentId = uuidv7();
    const now = this.clock.now();
    await this.say(paymentAuthorized, orderId, {
      ...paymentAuthorized.fixture,
      payment_id: paymentId,
      order_id: orderId,
      amount: data.price.deposit as EventData<typeof paymentAuthorized>['amount'],
      capture_before: new Date(now.getTime() + 7 * 86_400_000).toISOString(),
      authorized_at: now.toISOString(),
      ...more,
    });
    return paymentId;
  }

  /** Until an order of this buyer is in a state. */
  becomes = (orderId: string, state: string, by: Person): Promise<OrderJson> =>
    this.until(async () => {
      const { data } = await this.get(orderId, by);
      return data.state === state ? data : null;
    }, `the order is ${state}`);

  async held(buyer: Person, car: Car, more: Partial<QuoteClaims> = {}): Promise<OrderJson> {
    const { id } = await this.reservable(buyer, car, more);
    const reserved = await this.step(id, 'reserved', buyer);
    if (reserved.status !== 200) throw new Error(`not reserved: ${reserved.code} ${reserved.reasons.join()}`);
    await this.pays(id, buyer);
    return this.becomes(id, 'deposit_held', buyer);
  }

  async contracted(buyer: Person, car: Car, more: Partial<QuoteClaims> = {}): Promise<OrderJson> {
    const { id } = await this.held(buyer, car, more);
    await this.does(id, 'inspection/waiver', buyer, { information_received: true });
    await this.signs(id, 'purchase_contract');
    return this.becomes(id, 'contracted', buyer);
  }

  async delivered(buyer: Person, car: Car, more: Partial<QuoteClaims> = {}): Promise<OrderJson> {
    const { id, price } = await this.contracted(buyer, car, more);
    const now = () => this.clock.now().toISOString();
    await this.say(paymentOrderSettled, id, { order_id: id, received: price.total as EventData<typeof paymentOrderSettled>['received'], settled_at: now() });
    await this.becomes(id, 'balance_paid', buyer);
    await this.does(id, 'registration', this.agent, { title_received_at: now(), poa_received_at: now() });
    await this.step(id, 'titling', this.agent);
    await this.does(id, 'handover', this.agent, { place: 'Köln', at: now(), odometer_km: 48_230, keys: 2 });
    await this.does(id, 'handover/acceptance', buyer);
    const { data, code, reasons } = await this.step(id, 'delivered', this.agent);
    if (code !== 'ok') throw new Error(`not delivered: ${code} ${reasons.join()}`);
    return data;
  }

  sweep = () => this.app.app.get<SweepOrders>(SweepOrders).run(new AbortController().signal);

  db = <R = Record<string, unknown>>(sql: string, ...params: unknown[]): Promise<R[]> => this.app.of('orders').query<R>(sql, params);

  async until<T>(look: () => Promise<T | null | undefined | false>, what: string): Promise<T> {
    for (let turn = 0; turn < 400; turn += 1) {
      const found = await look();
      if (found !== null && found !== undefined && found !== false) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`it never came to this: ${what}`);
  }
}
