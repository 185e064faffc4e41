import { randomUUID } from 'node:crypto';
import { eventually } from './eventually';
import type { Started } from './own-platform';
import { StripeOutside } from './stripe-outside';

export interface Money {
  readonly amount: number;
  readonly currency: string;
}
export interface Order {
  readonly id: string;
  readonly state: string;
  readonly number: string;
  readonly due_at: string | null;
  readonly holds_vehicle: boolean;
  readonly vehicle_id: string;
  readonly price: { readonly total: Money; readonly deposit: Money; readonly balance: Money };
  readonly deposit: { readonly state: string } | null;
  readonly transport: readonly { readonly id: string }[];
  readonly cancellation: { readonly closed_at: string | null; readonly retain: Money } | null;
}
export interface Payment {
  readonly id: string;
  readonly state: string;
  readonly amount: Money;
  readonly captured: Money;
  readonly failure: { readonly decline_code: string | null } | null;
  readonly next_action: { readonly type: string; readonly url: string | null } | null;
}
export interface Paper {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly number: string | null;
  readonly problem: string | null;
  readonly complete: boolean;
}
export interface Answer<T = Order> {
  readonly status: number;
  readonly data: T;
  readonly code: string | null;
  readonly etag: string;
  readonly text: string;
}

const tenant = 'aurora-motors';
export const goodCard = '4242424242424242';

const party = (name: string, city: string) => ({ name, kind: 'private', address: { line1: 'Heidestraße 17', postal_code: '51147', city, country: 'DE' } });

/** One tenant's people and their work on sales, on a platform of the suite's own. */
export class SaleDesk {
  readonly stripe: StripeOutside;
  private tokens = new Map<string, Promise<string>>();
  private cars = 0;

  constructor(private readonly started: Started) {
    this.stripe = new StripeOutside(started.sandbox);
  }

  async ask<T = Order>(role: string, method: string, path: string, json?: unknown, more: Record<string, string> = {}): Promise<Answer<T>> {
    const headers: Record<string, string> = { authorization: `Bearer ${await this.token(role)}`, ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}), ...more };
    if (json !== undefined) headers['content-type'] = 'application/json';
    const answer = await fetch(`${this.started.url}/api/v1${path}`, { method, headers, ...(json === undefined ? {} : { body: JSON.stringify(json) }) });
    const text = await answer.text();
    const body = JSON.parse(text) as { data: T; error: { code: string } | null };
    return { status: answer.status, data: body.data, code: body.error?.code ?? null, etag: answer.headers.get('etag') ?? '', text };
  }

  /** What has to be let in. */
  async does<T = Order>(role: string, method: string, path: string, json?: unknown, more?: Record<string, string>): Promise<T> {
    const answer = await this.ask<T>(role, method, path, json, more);
    if (answer.status >= 300) throw new Error(`${method} ${path} of the ${role} answered ${answer.status}: ${answer.text}`);
    return answer.data;
  }

  step = (role: string, id: string, to: string, more: object = {}): Promise<Order> => this.does(role, 'POST', `/orders/${id}/transitions`, { to, ...more });

  /** A car of the tenant's own stock. */
  async car(): Promise<string> {
    this.cars += 1;
    const { id } = await this.does<{ id: string }>('agent', 'POST', '/vehicles', {
      make: 'Volkswagen',
      model: 'Golf',
      year: 2021,
      first_registration: '2021-03-15',
      mileage: { value: 48_200 + this.cars, unit: 'km' },
      fuel: 'petrol',
      vin: 'WVWZZZCDZMW012345',
      owners_count: 1,
      location: { city: 'Köln', country: 'DE' },
      price: { amount: 1_899_000 + this.cars, currency: 'EUR' },
    });
    return id;
  }

  /** Pricing knows a car a moment after the catalogue; what is no offer to buy at once has no quote. */
  async quote(role: string, vehicleId: string): Promise<Answer<{ readonly token: string }>> {
    return eventually('a quote, or why there is none', async () => {
      const answer = await this.ask<{ readonly token: string }>(role, 'POST', '/quotes', { vehicle_id: vehicleId, destination: { country: 'DE' }, accept_ranges: true });
      return answer.code === 'not_found' ? undefined : answer;
    });
  }

  async placed(role: string, vehicleId: string): Promise<Order> {
    const quote = await this.quote(role, vehicleId);
    if (quote.status !== 201) throw new Error(`POST /quotes answered ${quote.status}: ${quote.text}`);
    return this.does(role, 'POST', '/orders', { quote: quote.data.token, locale: 'de', buyer: party('Erika Mustermann', 'Köln') });
  }

  papers = async (id: string): Promise<readonly Paper[]> => (await this.ask<readonly Paper[]>('agent', 'GET', `/orders/${id}/documents`)).data ?? [];

  paper(id: string, kind: string): Promise<Paper> {
    let last: Paper | undefined;
    return eventually(`the ${kind} of ${id}`, async () => {
      last = (await this.papers(id)).findLast((one) => one.kind === kind);
      return last?.state === 'issued' ? last : undefined;
    }, 30_000).catch((error: unknown) => {
      throw new Error(`${String(error)}; it is ${JSON.stringify(last)}`, { cause: error });
    });
  }

  async signs(role: string, orderId: string, kind: string, as: 'buyer' | 'seller' | 'broker' = 'buyer', method: 'click' | 'on_paper' = 'click'): Promise<void> {
    const { id } = await this.paper(orderId, kind);
    const { sha256 } = await this.does<{ sha256: string }>(role, 'GET', `/documents/${id}/signatures`);
    await this.does(role, 'POST', `/documents/${id}/signatures`, { role: as, method, name: 'Erika Mustermann', sha256, consent: true, ...(method === 'on_paper' ? { note: 'Signed at the yard in Bonn; the paper is in the order’s folder' } : {}) });
  }

  async file(role: string, documentId: string): Promise<Buffer> {
    const { url } = await this.does<{ url: string }>(role, 'GET', `/documents/${documentId}/link`);
    return Buffer.from(await (await fetch(url)).arrayBuffer());
  }

  becomes(id: string, state: string, withinMs = 30_000): Promise<Order> {
    let last: Answer | undefined;
    return eventually(`${id} to be ${state}`, async () => {
      last = await this.ask('agent', 'GET', `/orders/${id}`);
      return last.data?.state === state ? last.data : undefined;
    }, withinMs).catch((error: unknown) => {
      throw new Error(`${String(error)}; it is ${last?.text}`, { cause: error });
    });
  }

  /** A payment that waits for its buyer. */
  async pays(role: string, id: string, leg: 'deposit' | 'balance', method: 'card' | 'bank_transfer'): Promise<Payment> {
    const { id: paymentId } = await this.does<Payment>(role, 'POST', `/orders/${id}/payments`, { leg, method });
    return this.payment(role, paymentId, 'the way to pay', ({ next_action }) => next_action !== null);
  }

  payment(role: string, id: string, what: string, isSo: (payment: Payment) => boolean): Promise<Payment> {
    return eventually(`${what} of ${id}`, async () => {
      const payment = await this.does<Payment>(role, 'GET', `/payments/${id}`);
      return isSo(payment) ? payment : undefined;
    }, 30_000);
  }

  /** Placed, with its mandate signed and its seller named; where nobody can read the offer at its source, somebody vouches for it. */
  async ready(role: string, vehicleId: string, { vouched = false }: { readonly vouched?: boolean } = {}): Promise<Order> {
    const order = await this.placed(role, vehicleId);
    const { etag } = await this.ask('agent', 'GET', `/orders/${order.id}`);
    await this.does('agent', 'PUT', `/orders/${order.id}/seller`, party('Bernd Beispiel', 'Bonn'), { 'if-match': etag });
    await this.signs(role, order.id, 'mandate');
    if (vouched) await this.does('agent', 'POST', `/orders/${order.id}/offer-confirmation`, { reason: 'Asked the seller by telephone' });
    await eventually(`the mandate of ${order.id} to count`, async () => {
      const { data } = await this.ask<{ transitions: { to: string; allowed: boolean; reasons: { code: string }[] }[] }>(role, 'GET', `/orders/${order.id}/transitions`);
      return data.transitions.find(({ to }) => to === 'reserved')?.reasons.some(({ code }) => code === 'mandate_signed' || code === 'offer_checked') === true ? undefined : true;
    });
    return order;
  }

  async advance(length: string): Promise<void> {
    await fetch(`${this.started.sandbox}/control/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advance: length }) });
    // A session is over by then.
    this.tokens = new Map();
  }

  private token(role: string): Promise<string> {
    const known = this.tokens.get(role) ?? this.login(role);
    this.tokens.set(role, known);
    return known;
  }

  private async login(role: string): Promise<string> {
    const account = this.started.accounts.find((one) => one.role === role && (one.tenant === tenant || role === 'operator'));
    const answer = await fetch(`${this.started.url}/api/v1/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-tenant': tenant }, body: JSON.stringify({ email: account?.email, password: account?.password }) });
    if (answer.status !== 200) throw new Error(`the login of the ${role} answered ${answer.status}: ${await answer.text()}`);
    return ((await answer.json()) as { data: { access_token: string } }).data.access_token;
  }
}
