import { uuidv7, type ManualClock } from '@autobroker/kernel';
import { KeyRing, RemoteKeySource } from '@autobroker/platform/auth';
import { httpClient } from '@autobroker/platform/http';
import { QuoteVerifier } from '@autobroker/platform/quotes';
import { asUser, speakerFor, testApp, type TestApp, testTenant } from '@autobroker/platform/testing';
import { KeepQuotes } from '../application/quotes/keep-quotes';
import { pricingService } from '../pricing.module';
import { anOffer, type golfFacts, listCar, marketHas } from '../testing';

interface Line {
  readonly code: string;
  readonly amount: { readonly amount: number; readonly currency: string };
  readonly payee: string;
  readonly rule: { readonly key: string; readonly version: string } | null;
}
interface QuoteJson {
  readonly id: string;
  readonly status: string;
  readonly buyer_id: string;
  readonly vehicle_id: string;
  readonly listing_id: string | null;
  readonly price_version: number;
  readonly capacity: string;
  readonly lines: readonly Line[];
  readonly open: readonly { readonly code: string }[];
  readonly total: { readonly amount: number; readonly currency: string };
  readonly token: string;
  readonly issued_at: string;
  readonly expires_at: string;
}
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: QuoteJson;
  readonly code: string;
  readonly errors: readonly string[];
}

const tenantId = testTenant.id;
const elsewhere = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02';
const buyerId = uuidv7();
const buyer = asUser({ role: 'buyer', tenantId, id: buyerId });
const agent = asUser({ role: 'agent', tenantId });
const operator = asUser({ role: 'operator', tenantId: null });

let app: TestApp;
let clock: ManualClock;
let golf: string;
const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const usd = (amount: number) => ({ amount, currency: 'USD' as const });
const german = { destination: { country: 'DE' } };

async function answerOf(response: Promise<Response>): Promise<Answer> {
  const { status, headers, ...answer } = await response.then(async (got) => ({ status: got.status, headers: got.headers, body: (await got.json()) as { data: QuoteJson; error: { code: string; errors?: { pointer: string }[] } | null } }));
  return { status, headers, data: answer.body.data, code: answer.body.error?.code ?? 'ok', errors: (answer.body.error?.errors ?? []).map(({ pointer }) => pointer) };
}
const ask = (body: object, headers: Record<string, string> = buyer) => answerOf(app.call('/api/v1/quotes', { method: 'POST', body, headers }));
const read = (id: string, headers: Record<string, string>) => answerOf(app.call(`/api/v1/quotes/${id}`, { headers }));
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
const kidOf = (token: string) => (JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
const keySet = async () => (await (await app.call('/api/v1/quotes/jwks.json')).json()) as { keys: { kid: string; x: string }[] };
/** As another process has it: the public keys over HTTP, and nothing else. */
const remote = () => new QuoteVerifier(new KeyRing(new RemoteKeySource(httpClient({ name: 'pricing', baseUrl: app.url }), '/api/v1/quotes/jwks.json')), { issuer: 'autobroker', clock });

async function listed(facts: Partial<typeof golfFacts>, owner: string | null = null): Promise<string> {
  const id = await listCar(app, facts, owner);
  await marketHas(app, [id]);
  return id;
}

beforeAll(async () => {
  app = await testApp({ services: [pricingService, speakerFor('vehicle')] });
  clock = app.clock as ManualClock;
  golf = await listed({ offers: [anOffer('mobile-de', '1', { price: eur(1_899_000) }), anOffer('autoscout24', '2', { price: eur(1_920_000) })] });
}, 60_000);
afterAll(async () => {
  await app?.close();
});

describe('a quote', () => {
  it('says what a car costs, and the token says the same to whoever has the public keys', async () => {
    const { status, data, headers } = await ask({ vehicle_id: golf, capacity: 'BUYER_AGENT', ...german });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/v1/quotes/${data.id}`);
    expect(data).toMatchObject({ status: 'valid', buyer_id: buyerId, vehicle_id: golf, capacity: 'buyer_agent', price_version: 1 });
    // 18,990.00, 3 % of it, and 19 % of that
    expect(data.lines.map(({ code, amount, payee }) => [code, amount.amount, payee])).toEqual([['price', 1_899_000, 'seller'], ['broker_fee', 56_970, 'broker'], ['vat', 0, 'authority'], ['broker_fee_vat', 10_824, 'authority']]);
    expect(data.total).toEqual(eur(1_966_794));
    expect(data.open.map(({ code }) => code)).toEqual(['registration_fee']);
    expect(data.lines[1]?.rule?.version).toMatch(/^broker-fee-eur@2026-01-01#[0-9a-f]{12}$/u);
    expect(Date.parse(data.expires_at) - Date.parse(data.issued_at)).toBe(72 * 3_600_000);

    const expected = { tenantId, buyerId, vehicleId: golf };
    for (const verifier of [remote(), app.app.get<QuoteVerifier>(QuoteVerifier)]) {
      const checked = await verifier.verify(data.token, expected);
      if (!checked.ok) throw new Error(checked.error.detail);
      expect(checked.value).toMatchObject({ jti: data.id, sub: buyerId, tid: tenantId, vehicle_id: golf, listing_id: data.listing_id, price_version: 1, capacity: 'buyer_agent', currency: 'EUR', total: 1_966_794 });
      expect(checked.value.exp - checked.value.iat).toBe(72 * 3_600);
      expect(checked.value.lines.map(({ code, amount, rule }) => [code, amount, rule])).toEqual(data.lines.map(({ code, amount, rule }) => [code, amount.amount, rule?.version ?? null]));
      expect(checked.value.rules).toEqual(expect.arrayContaining(data.lines.flatMap(({ rule }) => (rule === null ? [] : [rule.version]))));
    }
    const told = await app.of('pricing').query<{ type: string; tenant_id: string; data: object }>('select type, tenant_id, data from pricing.outbox where key = $1', [data.id]);
    expect(told).toMatchObject([{ type: 'quote.issued.v1', tenant_id: tenantId, data: { quote_id: data.id, buyer_id: buyerId, vehicle_id: golf, listing_id: data.listing_id, price_version: 1, asked_price: eur(1_899_000), total: data.total, expires_at: data.expires_at } }]);
    const audited = await app.of('pricing').query('select action, tenant_id, actor_id from pricing.audit_log where object_id = $1', [data.id]);
    expect(audited).toEqual([{ action: 'quote.created', tenant_id: tenantId, actor_id: buyerId }]);
    expect(JSON.stringify(claimsOf(data.token))).not.toContain('postal');
  });

  it('is worth nothing when one cent of it is another', async () => {
    const { data } = await ask({ vehicle_id: golf, ...german });
    const [head, payload = '', signature] = data.token.split('.');
    const cheaper = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('"total":1966794', '"total":1966793').replace('"amount":1899000', '"amount":1898999')).toString('base64url');
    expect(cheaper).not.toBe(payload);
    expect(await remote().verify(`${head}.${cheaper}.${signature}`, { tenantId, buyerId })).toMatchObject({ ok: false, error: { code: 'quote_invalid' } });
    expect(await remote().verify(data.token, { tenantId: elsewhere, buyerId })).toMatchObject({ ok: false, error: { code: 'quote_not_yours' } });
  });

  it('is read by its buyer and the broker’s people, and exists for nobody else', async () => {
    const { data } = await ask({ vehicle_id: golf, ...german });
    expect((await read(data.id, buyer)).data).toEqual(data);
    expect((await read(data.id, agent)).status).toBe(200);
    const others = [asUser({ role: 'buyer', tenantId }), asUser({ role: 'partner', tenantId }), asUser({ role: 'admin', tenantId: elsewhere }), asUser({ role: 'buyer', tenantId: elsewhere, id: buyerId }), operator];
    for (const other of others) expect(await read(data.id, other)).toMatchObject({ status: 404, code: 'not_found' });
    expect((await read(uuidv7(), agent)).status).toBe(404);
    expect((await answerOf(app.call(`/api/v1/quotes/${data.id}`))).status).toBe(401);
  });

  it('is made once for one Idempotency-Key', async () => {
    const headers = { ...buyer, 'idempotency-key': `quote-${uuidv7()}` };
    const [first, again] = [await ask({ vehicle_id: golf, ...german }, headers), await ask({ vehicle_id: golf, ...german }, headers)];
    expect([again.status, again.data.id, again.data.token]).toEqual([201, first.data.id, first.data.token]);
    expect((await ask({ vehicle_id: golf, destination: { country: 'FR' } }, headers)).code).toBe('idempotency_key_reused');
  });

  it('takes the tenant’s own fees', async () => {
    const admin = asUser({ role: 'admin', tenantId: elsewhere });
    const fee = { percent: '5', currency: 'EUR', valid_from: clock.now().toISOString().slice(0, 10) };
    expect((await app.call('/api/v1/broker-fees', { method: 'POST', body: fee, headers: admin })).status).toBe(201);
    const theirs = await ask({ vehicle_id: golf, ...german }, admin);
    // 5 % of 18,990.00
    expect(theirs.data.lines.find(({ code }) => code === 'broker_fee')?.amount.amount).toBe(94_950);
    expect((await ask({ vehicle_id: golf, ...german })).data.lines.find(({ code }) => code === 'broker_fee')?.amount.amount).toBe(56_970);
  });

  it('runs out', async () => {
    const { data } = await ask({ vehicle_id: golf, ...german });
    clock.advance(72 * 3_600_000);
    expect((await read(data.id, buyer)).data.status).toBe('expired');
    expect(await remote().verify(data.token, { tenantId, buyerId })).toMatchObject({ ok: false, error: { code: 'quote_expired' } });
  });
});

describe('what is no quote', () => {
  it.each<[string, object, number, string]>([
    ['no such car', { vehicle_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4bff' }, 404, 'not_found'],
    ['no such listing', { listing_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4bff' }, 404, 'not_found'],
    ['another currency', { currency: 'USD' }, 400, 'currency_mismatch'],
    ['no rule for the country', { destination: { country: 'CH' } }, 409, 'no_rule'],
    ['imports without rules', { destination: { country: 'US', region: 'FL' } }, 409, 'no_rule'],
    ['a bid for a fixed price', { bid: eur(100) }, 400, 'validation_failed'],
    ['an unknown capacity', { capacity: 'owner' }, 400, 'validation_failed'],
    ['a country that is none', { destination: { country: 'Germany' } }, 400, 'validation_failed'],
    ['a rate that is none', { local_tax_rate: '-1' }, 400, 'validation_failed'],
    ['something else besides', { discount: 500 }, 400, 'validation_failed'],
  ])('is refused: %s', async (_what, more, status, code) => {
    expect(await ask({ vehicle_id: golf, ...german, ...more })).toMatchObject({ status, code });
  });

  it.each<[string, object]>([
    ['a distance', { delivery: { distance_miles: 0 }, accept_ranges: true }],
    ['who sells', { seller_kind: 'dealer_vat' }],
    ['a trade-in', { trade_in: 100_000 }],
    ['fees', { fees: [] }],
    ['a tier', { auction: { tier: 'high_volume' } }],
    ['another buyer', { buyer_id: uuidv7() }],
  ])('is not the buyer’s to say: %s', async (_what, more) => {
    expect(await ask({ vehicle_id: golf, ...german, ...more })).toMatchObject({ status: 403, code: 'permission_denied' });
    expect((await ask({ vehicle_id: golf, ...german, ...more }, agent)).status).toBe(201);
  });

  it('is made for nobody who has not signed in, nor by somebody of no broker', async () => {
    expect((await ask({ vehicle_id: golf, ...german }, {})).status).toBe(401);
    expect((await ask({ vehicle_id: golf, ...german }, operator)).status).toBe(403);
    expect((await ask({ vehicle_id: golf, ...german }, asUser({ role: 'buyer', tenantId, scopes: ['pricing.read'] }))).status).toBe(403);
  });

  it('is made for another buyer by the broker’s people', async () => {
    const { data } = await ask({ vehicle_id: golf, ...german, buyer_id: buyerId, fees: [{ code: 'inspection', label: 'Inspection', amount: 19_900 }] }, agent);
    expect([data.buyer_id, data.total.amount]).toEqual([buyerId, 1_966_794 + 19_900]);
    expect((await read(data.id, buyer)).status).toBe(200);
    expect((await remote().verify(data.token, { tenantId, buyerId })).ok).toBe(true);
  });
});

describe('cars that can’t be quoted', () => {
  it('have a price on request, are reserved, or are another’s', async () => {
    const [silent, doubtful, reserved, foreign] = [
      await listed({ price: null, reference_price: null, offers: [anOffer('mobile-de', '3', { price: null, price_kind: null })] }),
      await listed({ offers: [anOffer('mobile-de', '4', { price_doubtful: true })] }),
      await listed({ status: 'reserved', offers: [anOffer('mobile-de', '5')] }),
      await listed({ offers: [] }, elsewhere),
    ];
    const codes = [];
    for (const id of [silent, doubtful, reserved, foreign]) codes.push((await ask({ vehicle_id: id, ...german })).code);
    expect(codes).toEqual(['price_on_request', 'price_on_request', 'vehicle_unavailable', 'not_found']);
    const theirs = await ask({ vehicle_id: foreign, ...german }, asUser({ role: 'buyer', tenantId: elsewhere }));
    expect([theirs.status, theirs.data.listing_id]).toEqual([201, null]);
  });
});

describe('an American auction', () => {
  let lot: string;
  beforeAll(async () => {
    const place = { city: 'Dallas', region: 'TX', postal_code: '75201', country: 'US', coordinates: { lat: 32.78, lon: -96.8 } };
    lot = await listed({ title_status: 'salvage', price: usd(120_000), reference_price: eur(100_000), location: place, offers: [anOffer('iaa', '9', { auction: true, price: usd(120_000), price_kind: 'bid' })] });
  });
  const texas = { destination: { country: 'US', region: 'TX', postal_code: '77002' } };

  it('is quoted for a bid, with the house’s fees and the way', async () => {
    expect((await ask({ vehicle_id: lot, ...texas })).code).toBe('price_on_request');
    expect((await ask({ vehicle_id: lot, ...texas, bid: eur(150_000) })).code).toBe('currency_mismatch');
    for (const amount of [0, -1, Number.MAX_SAFE_INTEGER]) expect(await ask({ vehicle_id: lot, ...texas, bid: usd(amount) })).toMatchObject({ status: 400, code: 'validation_failed', errors: ['/bid'] });
    const { status, data } = await ask({ vehicle_id: lot, ...texas, bid: usd(149_999), auction: { bid: 'proxy' }, delivery: {} });
    expect(status).toBe(201);
    const amounts = Object.fromEntries(data.lines.map(({ code, amount }) => [code, amount.amount]));
    // Below 1,500.00: 430.00 and 75.00; 6.25 % of 1,499.99 = 93.749375
    expect(amounts).toMatchObject({ price: 149_999, auction_buyer_fee: 43_000, auction_bid_fee: 7_500, gate_fee: 9_500, sales_tax: 9_375, broker_fee: 35_000 });
    // Some 225 miles as the crow flies, and a fifth more
    expect(amounts['transport']).toBeGreaterThan(20_000 + 250 * 50);
    expect(amounts['transport']).toBeLessThan(20_000 + 300 * 50);
    expect(data.total.amount).toBe(data.lines.reduce((sum, { amount }) => sum + amount.amount, 0));
    expect(data.open.map(({ code }) => code)).toEqual(['title_fee', 'registration_fee']);
    expect(data.token.length).toBeLessThan(4_096);
  });

  it('binds a local rate that is told, asks for it where it is not, and leaves it open only for whoever says so', async () => {
    const florida = { vehicle_id: lot, bid: usd(2_000_000), destination: { country: 'US', region: 'FL' } };
    expect(await ask(florida)).toMatchObject({ status: 400, code: 'quote_incomplete', errors: ['/local_tax_rate'] });
    expect((await ask({ ...florida, destination: { country: 'US' } })).errors).toEqual(['/destination/region']);
    expect((await ask({ ...florida, local_tax_rate: '1.5', delivery: {} })).errors).toEqual(['/destination/postal_code']);
    expect((await ask({ ...florida, accept_ranges: true })).data.open.map(({ code }) => code)).toContain('local_tax');
    const told = await ask({ ...florida, local_tax_rate: '1.5' });
    // Of the first 5,000.00 only
    expect(told.data.lines.find(({ code }) => code === 'local_tax')?.amount.amount).toBe(7_500);
  });
});

describe('keys of quotes', () => {
  it('are public, may be kept, and hold nothing private', async () => {
    const answer = await app.call('/api/v1/quotes/jwks.json');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=300']);
    const again = await app.call('/api/v1/quotes/jwks.json', { headers: { 'if-none-match': answer.headers.get('etag') ?? 'none' } });
    expect(again.status).toBe(304);
    const text = await answer.text();
    expect(text).not.toContain('"d"');
    expect((JSON.parse(text) as { keys: object[] }).keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' });
    const rows = await app.of('pricing').query<{ private_encrypted: string }>('select private_encrypted from pricing.signing_keys where private_encrypted is not null');
    expect(rows.length).toBeGreaterThan(0);
    for (const { private_encrypted: sealed } of rows) expect(sealed).toMatch(/^v1\.signing-key\./u);
  });

  it('are changed by the operator; quotes of the old one stay good, and then the old one goes', async () => {
    const rotate = (headers: Record<string, string>) => app.call('/api/v1/quotes/signing-keys/rotate', { method: 'POST', headers });
    expect([(await rotate(asUser({ role: 'admin', tenantId }))).status, (await rotate({})).status]).toEqual([403, 401]);
    const before = (await ask({ vehicle_id: golf, ...german })).data;
    // A service that has fetched the keys knows the next one before it signs.
    const known = remote();
    expect((await known.verify(before.token, { tenantId, buyerId })).ok).toBe(true);
    expect((await rotate(operator)).status).toBe(200);
    const after = (await ask({ vehicle_id: golf, ...german })).data;
    expect(kidOf(after.token)).not.toBe(kidOf(before.token));
    for (const { token } of [before, after]) expect((await known.verify(token, { tenantId, buyerId })).ok).toBe(true);
    const listed = (await (await app.call('/api/v1/quotes/signing-keys', { headers: operator })).json()) as { data: { status: string }[] };
    expect(listed.data.map(({ status }) => status).sort()).toEqual(['current', 'next', 'previous']);

    clock.advance(73 * 3_600_000);
    const { keys } = await app.app.get<KeepQuotes>(KeepQuotes).run(new AbortController().signal);
    expect(keys).toBeGreaterThan(0);
    expect((await keySet()).keys.map(({ kid }) => kid)).not.toContain(kidOf(before.token));
    const [gone] = await app.of('pricing').query<{ private_encrypted: string | null }>('select private_encrypted from pricing.signing_keys where kid = $1', [kidOf(before.token)]);
    expect(gone?.private_encrypted).toBeNull();
  });

  it('sign next to each other without making two at once', async () => {
    const many = await Promise.all(Array.from({ length: 12 }, () => ask({ vehicle_id: golf, ...german })));
    expect(new Set(many.map(({ data }) => kidOf(data.token))).size).toBe(1);
    expect(new Set(many.map(({ data }) => data.id)).size).toBe(12);
  });

  it('and quotes that ran out a quarter ago are forgotten', async () => {
    const { data } = await ask({ vehicle_id: golf, ...german });
    clock.advance(94 * 86_400_000);
    const { forgotten } = await app.app.get<KeepQuotes>(KeepQuotes).run(new AbortController().signal);
    expect(forgotten).toBeGreaterThan(0);
    expect((await read(data.id, asUser({ role: 'buyer', tenantId, id: buyerId }))).status).toBe(404);
  });
});
