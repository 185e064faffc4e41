import { createServer, type Server } from 'node:http';
import { loadConfig } from '@autobroker/platform/config';
import { platformTables } from '@autobroker/platform/database';
import { testDatabase, type TestDatabase } from '@autobroker/platform/testing';
import { DailyBudgets } from '@autobroker/platform/vendors';
import { externalConfig } from '../../application/external/config';
import type { Asking, ValuedCar } from '../../application/external/ports';
import { pricingMigrations } from '../migrations';
import { EdmundsValuations } from './edmunds';
import { KbbValuations } from './kbb';
import { PerplexityResearch } from './perplexity';
import { VendorConnections } from './vendor-connections';

const camry: ValuedCar = { vin: '4T1B11HK5JU123456', make: 'Toyota', model: 'Camry', trim: 'XLE', year: 2018, ageYears: 8, mileageKm: 100_000, country: 'US', region: 'Texas', condition: 'used', damaged: false, vendorRef: null };
const how: Asking = { urgency: 'asked', signal: new AbortController().signal };

let database: TestDatabase;
let server: Server;
let url: string;
let seen: { readonly method: string; readonly url: URL; readonly headers: Record<string, unknown>; readonly body: string }[];
let answers: ((url: URL) => { readonly status?: number; readonly body: unknown; readonly headers?: Record<string, string> })[];

beforeAll(async () => {
  database = await testDatabase({ services: [{ name: 'pricing', entities: [], migrations: [...platformTables('pricing'), ...pricingMigrations] }] });
  server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://vendor');
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: address, headers: request.headers, body: Buffer.concat(parts).toString() });
      const { status = 200, body, headers = {} } = answers.shift()?.(address) ?? { status: 500, body: '' };
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(async () => {
  server.close();
  await database.close();
});
beforeEach(() => {
  seen = [];
  answers = [];
});

function open(env: Record<string, string> = {}) {
  const config = loadConfig(externalConfig, { KBB_API_URL: url, KBB_API_KEY: 'k', EDMUNDS_API_URL: url, EDMUNDS_API_KEY: 'e', PERPLEXITY_API_URL: url, PERPLEXITY_API_KEY: 'p', ...env });
  const connections = new VendorConnections(new DailyBudgets(database.of('pricing')), config);
  return { connections, kbb: new KbbValuations(connections, config), edmunds: new EdmundsValuations(connections, config), perplexity: new PerplexityResearch(connections, config) };
}

const json = (body: unknown) => () => ({ body });
const prices = [
  { priceTypeId: 2, priceTypeDisplay: 'Typical Listing Price', configuredValue: 20_000 },
  { priceTypeId: 11, priceTypeDisplay: 'Private Party Very Good', configuredValue: 19_500 },
  { priceTypeId: 12, priceTypeDisplay: 'Private Party Good', configuredValue: 18_500, rangeLow: 17_000, rangeHigh: 20_000 },
  { priceTypeId: 13, priceTypeDisplay: 'Trade-In Good', configuredValue: 16_000 },
  { priceTypeId: 14, priceTypeDisplay: 'Trade-In Fair', configuredValue: 14_000 },
];

describe('Kelley Blue Book', () => {
  it('decodes the VIN, picks the trim, and asks for values in miles at a ZIP of the state', async () => {
    answers = [json({ vinResults: [{ vehicleId: 1, trimName: 'LE' }, { vehicleId: 2, trimName: 'XLE V6' }] }), json({ prices })];
    expect(await open().kbb.value(camry, how)).toMatchObject({ ok: true, currency: 'USD', retail: 2_000_000, privateParty: 1_850_000, tradeIn: 1_600_000, low: 1_700_000, high: 2_000_000, vendorRef: '2' });
    expect(seen[0]?.url.pathname).toBe('/idws/vehicle/vin/id/4T1B11HK5JU123456');
    expect(seen[0]?.url.searchParams.get('api_key')).toBe('k');
    expect(JSON.parse(seen[1]?.body ?? '')).toMatchObject({ configuration: { vehicleId: 2 }, mileage: 62_137, zipCode: '75201' });
  });

  it('values a damaged car as a fair one, asks by name where the VIN says nothing, and by its number where that is known', async () => {
    answers = [json({ vinResults: [] }), json({ items: [{ vehicleId: 7, vehicleName: 'Camry XLE' }] }), json({ prices }), json({ prices })];
    const { kbb } = open();
    expect(await kbb.value({ ...camry, damaged: true }, how)).toMatchObject({ tradeIn: 1_400_000, vendorRef: '7' });
    expect(await kbb.value({ ...camry, vendorRef: '7' }, how)).toMatchObject({ ok: true });
    expect(seen.map(({ url: { pathname } }) => pathname)).toEqual(['/idws/vehicle/vin/id/4T1B11HK5JU123456', '/idws/vehicle/vehicles', '/idws/vehicle/values', '/idws/vehicle/values']);
  });

  it.each<[string, { status?: number; body: unknown; headers?: Record<string, string> }, string]>([
    ['too many requests', { status: 429, body: {} }, 'rate_limited'],
    ['a wrong key', { status: 403, body: {} }, 'unauthorized'],
    ['a fault', { status: 502, body: 'Bad Gateway' }, 'unavailable'],
    ['prose', { body: '<html>' }, 'unreadable'],
    ['another shape', { body: { results: 1 } }, 'unreadable'],
  ])('%s is a reason', async (_name, answer, kind) => {
    answers = [() => answer, () => answer];
    expect(await open().kbb.value({ ...camry, vin: null }, how)).toMatchObject({ ok: false, kind });
  });
});

describe('Edmunds', () => {
  it('prices the style of the VIN, cents rounded', async () => {
    answers = [json({ years: [{ year: 2018, styles: [{ id: 9, trim: 'XLE' }] }] }), json({ tmv: { totalWithOptions: { usedTmvRetail: 20_000.456, usedPrivateParty: 18_500, usedTradeIn: null } } })];
    expect(await open().edmunds.value(camry, how)).toMatchObject({ ok: true, retail: 2_000_046, privateParty: 1_850_000, tradeIn: null, vendorRef: '9' });
    expect(Object.fromEntries(seen[1]?.url.searchParams ?? [])).toEqual({ styleid: '9', condition: 'Clean', mileage: '62137', zip: '75201', fmt: 'json', api_key: 'e' });
  });

  it('looks the car up by name when its VIN is not found, and says when there is no such car', async () => {
    answers = [() => ({ status: 404, body: {} }), json({ styles: [] })];
    expect(await open().edmunds.value(camry, how)).toMatchObject({ kind: 'not_found' });
    expect(seen[1]?.url.pathname).toBe('/api/vehicle/v2/toyota/camry/2018/styles');
  });

  it('takes the gateway’s 403 for what it is', async () => {
    answers = [() => ({ status: 403, body: '<h1>Developer Over Qps</h1>', headers: { 'x-mashery-error-code': 'ERR_403_DEVELOPER_OVER_QPS' } }), () => ({ status: 403, body: '<h1>Developer Inactive</h1>', headers: { 'x-mashery-error-code': 'ERR_403_DEVELOPER_INACTIVE' } })];
    const { edmunds } = open();
    expect([await edmunds.value(camry, how), await edmunds.value(camry, how)]).toMatchObject([{ kind: 'rate_limited' }, { kind: 'unauthorized' }]);
  });
});

describe('Perplexity', () => {
  const says = (content: string, more: object = {}) => json({ choices: [{ message: { role: 'assistant', content } }], citations: ['https://a.example/x', 'javascript:alert(1)', 'https://a.example/x'], ...more });
  const market = '{"average_price": "$18,000", "low_price": 15000, "high_price": 21000, "currency": "usd", "trend": "Stable", "summary": "x"}';

  it('is asked with a bearer key, and its answer is read out of what it writes', async () => {
    answers = [says(`Sure!\n\`\`\`json\n${market}\n\`\`\``)];
    expect(await open().perplexity.value(camry, how)).toMatchObject({ ok: true, currency: 'USD', privateParty: 1_800_000, low: 1_500_000, high: 2_100_000, trend: 'stable', citations: ['https://a.example/x'] });
    expect(seen[0]?.headers.authorization).toBe('Bearer p');
    // Nothing that leads to a person or to this one car goes out.
    expect(seen[0]?.body).not.toContain(camry.vin ?? '');
  });

  it('is asked once more when it can’t be read, and no oftener', async () => {
    answers = [says('{"average_price": 18000, "low'), says(market)];
    expect(await open().perplexity.value(camry, how)).toMatchObject({ ok: true });
    answers = [says('I do not know.'), says('Sorry.'), says(market)];
    expect(await open().perplexity.value(camry, how)).toMatchObject({ kind: 'unreadable' });
    expect(answers).toHaveLength(1);
  });

  it.each([
    ['a range the wrong way round', { average_price: 18_000, low_price: 21_000, high_price: 15_000, currency: 'USD' }],
    ['a range that is none', { average_price: 18_000, low_price: 1, high_price: 900_000, currency: 'USD' }],
    ['a currency that is none', { average_price: 18_000, low_price: 15_000, high_price: 21_000, currency: 'bottle caps' }],
    ['nothing for free', { average_price: 0, low_price: 0, high_price: 0, currency: 'USD' }],
  ])('is not believed: %s', async (_name, made) => {
    answers = [says(JSON.stringify(made)), says(JSON.stringify(made))];
    expect(await open().perplexity.value(camry, how)).toMatchObject({ kind: 'unreadable' });
  });

  it('knows a region', async () => {
    answers = [says('{"demand": "High", "price_level": 99, "days_to_sell": 31.6, "trend": null, "summary": null}')];
    expect(await open().perplexity.insights({ country: 'US', region: 'Texas' }, how)).toMatchObject({ ok: true, demand: 'high', priceLevel: null, daysToSell: 32 });
    expect(seen[0]?.body).toContain('Texas, US');
  });
});

describe('the way there', () => {
  it('ends for the day when the budget is used up, whichever process spends it, and begins again the next', async () => {
    const env = { API_DAILY_BUDGETS: 'perplexity=2', API_COSTS: 'perplexity=3 USD/100' };
    database.clock.set(new Date('2026-12-01T10:00:00.000Z'));
    const [one, other] = [open(env), open(env)];
    answers = [json({ choices: [] }), json({ choices: [] }), json({ choices: [] })];
    await one.perplexity.value(camry, how);
    expect(await other.perplexity.value(camry, how)).toMatchObject({ kind: 'over_budget' });
    expect(await database.of('pricing').query(`select used, cost_amount::integer as cost, cost_currency as currency from pricing.daily_usage where scope = 'api:perplexity' and day = '2026-12-01'`)).toEqual([{ used: 2, cost: 6, currency: 'USD' }]);
    database.clock.set(new Date('2026-12-02T10:00:00.000Z'));
    expect(await other.connections.ask('perplexity', () => ({ path: '/' }), how)).toMatchObject({ ok: true });
  });

  it('leaves most of a day to people, and some of it to each hour, where nobody waits for the answer', async () => {
    const env = { API_DAILY_BUDGETS: 'perplexity=20', API_COSTS: 'perplexity=3 USD/1000' };
    const { connections } = open(env);
    const asked = async (urgency: Asking['urgency']): Promise<string> => {
      answers = [json({})];
      const answer = await connections.ask('perplexity', () => ({ path: '/' }), { ...how, urgency });
      return answer.ok ? 'ok' : answer.kind;
    };
    const times = async (n: number, urgency: Asking['urgency']): Promise<number> => {
      let answered = 0;
      for (let turn = 0; turn < n; turn += 1) answered += Number((await asked(urgency)) === 'ok');
      return answered;
    };
    // Its part of 20 are 15: a quarter in the first hour, and of what is left then another one.
    database.clock.set(new Date('2026-12-05T10:00:00.000Z'));
    expect(await times(6, 'spread')).toBe(4);
    database.clock.set(new Date('2026-12-05T11:00:00.000Z'));
    expect(await times(6, 'spread')).toBe(3);
    // People have all that is left.
    expect(await times(5, 'asked')).toBe(5);
    expect(await database.of('pricing').query(`select used from pricing.daily_usage where scope = 'api:perplexity' and day = '2026-12-05'`)).toEqual([{ used: 12 }]);
    database.clock.set(new Date('2026-12-06T00:00:00.000Z'));
    expect(await times(6, 'spread')).toBe(4);
  });

  it('leaves alone for a while what keeps failing', async () => {
    const { edmunds } = open();
    for (let turn = 0; turn < 5; turn += 1) await edmunds.value({ ...camry, vin: null }, how);
    const before = seen.length;
    expect(await edmunds.value({ ...camry, vin: null }, how)).toMatchObject({ kind: 'unavailable' });
    expect(seen).toHaveLength(before);
  });

  it('is closed without a key and without a sandbox', async () => {
    expect(await open({ KBB_API_KEY: '' }).kbb.value(camry, how)).toMatchObject({ kind: 'off' });
  });
});

describe('in production', () => {
  const before = process.env.NODE_ENV;
  afterEach(() => {
    process.env.NODE_ENV = before;
  });

  it.each([{ KBB_API_URL: 'http://127.0.0.1:4916' }, { SANDBOX_URL: 'https://sandbox.example' }, { PERPLEXITY_API_URL: 'http://vendor.internal' }])('%j does not start', (env) => {
    process.env.NODE_ENV = 'production';
    const config = loadConfig(externalConfig, env);
    expect(() => new VendorConnections(new DailyBudgets(database.of('pricing')), config)).toThrow(/refused in production/u);
  });
});
