import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EventData, type EventDef, orderContractReady, orderEvents, orderNoted, orderResumed, paymentCaptured, userErased } from '@autobroker/contracts';
import { type OrderState, uuidv7 } from '@autobroker/kernel';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { asUser, speakerFor, testApp, type TestApp, testTenant } from '@autobroker/platform/testing';
import { documentsService } from '../documents.module';

export const internalSecret = 'an-internal-secret-of-specs';

export interface DocumentJson {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly number: string | null;
  readonly version: number;
  readonly language: string | null;
  readonly replaces: string | null;
  readonly replaced_by: string | null;
  readonly credits: string | null;
  readonly total: { readonly amount: number; readonly currency: string } | null;
  readonly vat_treatment: string | null;
  readonly sha256: string | null;
  readonly signed_sha256: string | null;
  readonly signers: readonly string[];
  readonly signed_by: readonly string[];
  readonly complete: boolean;
  readonly problem: string | null;
  readonly erased: boolean;
  readonly ended_at: string | null;
}

const person = { line2: null, region: null };

/** What the order service answers for its orders, over HTTP and to its own kind only. */
export class OrderServer {
  readonly answers = new Map<string, object>();
  asked = 0;
  /** How many of the next questions are answered with trouble. */
  troubles = 0;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<OrderServer> {
    const server = createServer();
    const orders = new OrderServer(server);
    server.on('request', (request, response) => {
      orders.asked += 1;
      const [, id] = /^\/api\/v1\/orders\/([0-9a-f-]+)\/parties$/u.exec(request.url ?? '') ?? [];
      const answer = id === undefined ? undefined : orders.answers.get(id);
      const status = request.headers['x-internal-secret'] !== internalSecret ? 404 : orders.troubles-- > 0 ? 500 : answer === undefined ? 404 : 200;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ data: status === 200 ? answer : null, meta: {}, error: null }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return orders;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => void this.server.close(() => resolve()));
  }
}

export const partiesJson = (orderId: string, more: object = {}) => ({
  order_id: orderId,
  number: 'AB-2026-000123',
  capacity: 'buyer_agent',
  locale: 'de',
  buyer: { role: 'buyer', name: 'Lukas Brandstätter', kind: 'private', address: { line1: 'Schönhauser Allee 12', postal_code: '10119', city: 'Berlin', country: 'DE', ...person }, email: 'lukas@example.test', vat_id: null, licence_no: null },
  seller: { role: 'seller', name: 'Autohaus Größmann & Söhne KG', kind: 'business', address: { line1: 'Industriestraße 5', postal_code: '72764', city: 'Reutlingen', country: 'DE', ...person }, email: null, vat_id: 'DE987654321', licence_no: null },
  broker: { role: 'broker', name: 'Isar Automobile GmbH', kind: 'business', address: { line1: 'Lindwurmstraße 88', postal_code: '80337', city: 'München', country: 'DE', ...person }, email: 'vertrieb@example.test', vat_id: 'DE123456789', licence_no: null },
  vehicle: { make: 'Volkswagen', model: 'Golf', trim: 'Style', year: 2021, vin: 'WVWZZZCDZMW123456', first_registration: '2021-03-15', mileage_km: 48_230, colour: 'blue', damage_type: 'none', title_status: 'clean', condition: 'used', features: ['Navigation'], owners_count: 1 },
  contract: { guarantee_months: 12, guarantee_note: null, delivery: { place: 'Berlin', date: '2026-12-04' }, defects: ['Steinschlag'] },
  inspection: null,
  handover: { place: 'Berlin', at: '2026-12-04T15:30:00.000Z', odometer_km: 48_611, keys: 2, papers: ['ZB I', 'ZB II'], photos: 24, defects: [] },
  policies: { withdrawal: { days: 14, basis: 'crd' }, refund_matrix: [{ stage: 'contracted', fault: 'buyer', area: 'eu', keeps: 'proven_cost', refund_percent: null, return_paid_by: 'buyer', days: 14, note: 'At most what it has provably cost.', source: 'house rule' }] },
  ...more,
});

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });

/** The agent's sale of the quotes, and a car that the broker sells in its own name with tax shown. */
export const agentSale = {};
export const ownSale = {
  capacity: 'commissionaire',
  seller_kind: 'dealer_vat',
  price: { total: eur(1_899_000), deposit: eur(189_900), balance: eur(1_709_100), lines: [{ code: 'price', amount: eur(1_595_798), payee: 'broker', rule: null }, { code: 'vat', amount: eur(303_202), payee: 'authority', rule: null }] },
} as const;

/** The documents service as it runs, with an order service to ask and others to hear. */
export class DocumentsHouse {
  private versions = new Map<string, number>();

  private constructor(
    readonly app: TestApp,
    readonly orders: OrderServer,
  ) {}

  static async open(env: NodeJS.ProcessEnv = {}): Promise<DocumentsHouse> {
    const orders = await OrderServer.open();
    const app = await testApp({
      services: [documentsService, speakerFor('orders'), speakerFor('payment'), speakerFor('identity')],
      env: { ORDER_URL: orders.url, INTERNAL_SECRET: internalSecret, ...env },
    });
    return new DocumentsHouse(app, orders);
  }

  async close(): Promise<void> {
    await this.app?.close();
    await this.orders?.close();
  }

  /** A new order that the order service knows. */
  order(parties: object = {}): string {
    const id = uuidv7();
    this.orders.answers.set(id, partiesJson(id, parties));
    return id;
  }

  nextVersion(orderId: string): number {
    const version = (this.versions.get(orderId) ?? 0) + 1;
    this.versions.set(orderId, version);
    return version;
  }

  /** The id of the event. */
  say<D extends EventDef>(service: string, event: D, data: EventData<D>, key: string, tenantId: string | null = testTenant.id): Promise<string> {
    return this.app.of(service).transaction((tx) => tx.publish(event, { key, tenantId, data }));
  }

  async enters(orderId: string, buyerId: string, state: OrderState, more: object = {}, version = this.nextVersion(orderId)): Promise<string> {
    const event: EventDef = orderEvents[state];
    const data = event.data.parse({ ...orderEvents[state].fixture, order_id: orderId, buyer_id: buyerId, number: `AB-2026-${orderId.slice(-6)}`, version, ...more });
    return this.say('orders', event, data, orderId);
  }

  ready(orderId: string, price = orderContractReady.fixture.price, version = this.nextVersion(orderId)): Promise<string> {
    return this.say('orders', orderContractReady, { ...orderContractReady.fixture, order_id: orderId, version, price }, orderId);
  }

  named(orderId: string, buyerId: string): Promise<string> {
    return this.say('orders', orderNoted, { ...orderNoted.fixture, order_id: orderId, buyer_id: buyerId, version: this.nextVersion(orderId), what: 'parties_named', state: 'requested' }, orderId);
  }

  resumed(orderId: string, state: OrderState, version = this.nextVersion(orderId)): Promise<string> {
    return this.say('orders', orderResumed, { ...orderResumed.fixture, order_id: orderId, version, state }, orderId);
  }

  captured(orderId: string, paymentId: string, amount: number): Promise<string> {
    return this.say('payment', paymentCaptured, { ...paymentCaptured.fixture, order_id: orderId, payment_id: paymentId, amount: eur(amount) }, orderId);
  }

  erased(personId: string): Promise<string> {
    return this.say('identity', userErased, { user_id: personId, erased_at: new Date().toISOString() }, personId, null);
  }

  /** Until the event has been acted on, and all that was planned for the order is issued, withdrawn or stuck with a problem that it still has. */
  async settled(orderId: string, ...events: readonly string[]): Promise<void> {
    await this.until(`the papers of ${orderId} have settled`, async () => {
      const [row] = await this.app.of('documents').query<{ heard: number; open: number }>(
        `select (select count(distinct event_id)::int from documents.inbox where event_id = any ($2)) as heard,
                (select count(*)::int from documents.documents d where order_id = $1 and state in ('planned', 'numbered')
                    and (problem is null or (problem = 'order_unknown' and exists (select 1 from documents.sales s where s.order_id = d.order_id)))) as open`,
        [orderId, events],
      );
      return row?.heard === events.length && row.open === 0;
    });
  }

  query<T extends object>(sql: string, ...values: unknown[]): Promise<T[]> {
    return this.app.of('documents').query<T>(sql, values);
  }

  /** Everything is done by events and jobs: looks until there is what is looked for, and gives it. */
  async until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
    for (let round = 0; round < 1_200; round++) {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`it never came about that ${what}`);
  }

  async of(orderId: string, headers: Record<string, string>): Promise<DocumentJson[]> {
    const answer = await this.app.call(`/api/v1/orders/${orderId}/documents`, { headers });
    return ((await answer.json()) as { data: DocumentJson[] | null }).data ?? [];
  }

  /** The document of a kind once it stands as asked: everything is done by events and jobs. */
  async when(orderId: string, headers: Record<string, string>, kind: string, is: (document: DocumentJson) => boolean = ({ state }) => state === 'issued'): Promise<DocumentJson> {
    let seen: DocumentJson[] = [];
    for (let round = 0; round < 600; round++) {
      seen = await this.of(orderId, headers);
      const found = seen.findLast((document) => document.kind === kind && is(document));
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`no ${kind} as expected among ${JSON.stringify(seen)}`);
  }

  /** An order that has come to its purchase contract, which is there to be signed. */
  async contract(buyerId: string): Promise<{ readonly orderId: string; readonly document: DocumentJson }> {
    const orderId = this.order();
    await this.enters(orderId, buyerId, 'requested');
    await this.ready(orderId);
    return { orderId, document: await this.when(orderId, asUser({ role: 'buyer', tenantId: testTenant.id, id: buyerId }), 'purchase_contract') };
  }

  /** Where the file of a document lies. */
  async keyOf(id: string): Promise<string> {
    const [row] = await this.app.of('documents').query<{ key: string }>('select object_key as key from documents.documents where id = $1', [id]);
    return row?.key ?? '';
  }

  /** What a broken disk, or somebody at the store, can do. */
  async replaceFile(key: string, bytes: Buffer | null): Promise<void> {
    const objects = this.app.app.get<ObjectStore>(objectStore);
    await objects.delete(key);
    if (bytes !== null) await objects.put(key, bytes, { contentType: 'application/pdf', immutable: true });
  }

  async file(id: string, headers: Record<string, string>, copy = 'best'): Promise<Buffer> {
    const answer = await this.app.call(`/api/v1/documents/${id}/link?copy=${copy}`, { headers });
    const { data } = (await answer.json()) as { data: { url: string } };
    const content = await this.app.call(new URL(data.url).pathname);
    if (!content.ok) throw new Error(`the file was answered with ${content.status}`);
    return Buffer.from(await content.arrayBuffer());
  }
}
