import { randomUUID } from 'node:crypto';
import { endpoints } from './document';
import { newBuyer } from './people';
import { accountOf, api, newSession, tenants, tokenOf } from './platform';

const [home, foreign] = [tenants[0] ?? '', tenants[1] ?? ''];
const car = { make: 'Audi', model: 'A4', year: 2021, price: { amount: 2_450_000, currency: 'EUR' }, location: { country: 'DE' } };

const party = { name: 'Stolen', kind: 'private', address: { line1: 'A', postal_code: '1', city: 'B', country: 'DE' } };

/** Bodies that each operation would accept of the object's own people: a stranger's 404 is not about the body. */
const bodies: Readonly<Record<string, unknown>> = {
  'PUT /api/v1/vehicles/{id}': car,
  'PATCH /api/v1/vehicles/{id}': { year: 2020 },
  'PUT /api/v1/vehicles/{id}/media': { order: [] },
  'POST /api/v1/vehicles/{id}/transitions': { to: 'withdrawn' },
  'PATCH /api/v1/opportunities/{id}/status': { status: 'viewed' },
  'PATCH /api/v1/users/{id}': { status: 'disabled' },
  'POST /api/v1/users/{id}/erasure': { confirm: 'erase' },
  'PATCH /api/v1/oauth-clients/{id}': { name: 'Stolen' },
  'PATCH /api/v1/oidc-providers/{id}': { name: 'Stolen' },
  'POST /api/v1/orders/{id}/payments': { leg: 'deposit', method: 'card' },
  'POST /api/v1/refunds/{id}/refuse': { note: 'Stolen' },
  'POST /api/v1/disputes/{id}/evidence': { statement: 'Stolen' },
  'POST /api/v1/payouts/{id}/pay': { bank_reference: 'Stolen' },
  'POST /api/v1/reconciliation/breaks/{id}/resolve': { note: 'Stolen' },
  'POST /api/v1/vehicles/{id}/merge': { vehicle_id: '01900000-0000-7000-8000-000000000002', reason: 'Stolen' },
  'POST /api/v1/vehicles/{id}/listings/{listing_id}/split': { reason: 'Stolen' },
  'POST /api/v1/orders/{id}/documents': { kind: 'proforma' },
  'POST /api/v1/orders/{id}/documents/preview': { kind: 'proforma' },
  'POST /api/v1/documents/{id}/signature-requests': { role: 'buyer', name: 'Stolen', email: 'stolen@journeys.example' },
  'POST /api/v1/documents/{id}/signatures': { method: 'click', name: 'Stolen', sha256: '0'.repeat(64), consent: true },
  'POST /api/v1/orders/{id}/transitions': { to: 'cancelled', reason: 'Stolen', fault: 'buyer' },
  'POST /api/v1/orders/{id}/payment-method': { payment_method: 'card' },
  'POST /api/v1/orders/{id}/inspection': { inspector: 'Stolen' },
  'POST /api/v1/orders/{id}/inspection/waiver': { information_received: true },
  'POST /api/v1/orders/{id}/inspection/report': { summary: 'Stolen', passed: true },
  'POST /api/v1/orders/{id}/inspection/decision': { decision: 'accept', information_received: true },
  'POST /api/v1/orders/{id}/price-changes': { lines: [{ code: 'price', amount: 1 }], reason: 'Stolen' },
  'POST /api/v1/orders/{id}/contract-terms': { guarantee_months: 12 },
  'POST /api/v1/orders/{id}/registration': { plates: 'B-AB 1' },
  'POST /api/v1/orders/{id}/transport-legs': { carrier: 'Stolen', from: 'A', to: 'B' },
  'POST /api/v1/orders/{id}/transport-legs/{leg_id}': { status: 'accepted' },
  'POST /api/v1/orders/{id}/handover': { place: 'Stolen', at: '2026-11-20T12:00:00.000Z', odometer_km: 1, keys: 1 },
  'POST /api/v1/orders/{id}/withdrawal': {},
  'POST /api/v1/orders/{id}/withdrawal/{withdrawal_id}/assessment': { amount: 1, reason: 'Stolen' },
  'POST /api/v1/orders/{id}/withdrawal/{withdrawal_id}/return': { odometer_km: 1 },
  'POST /api/v1/orders/{id}/disputes/{dispute_id}/close': { reason: 'Stolen' },
  'PUT /api/v1/orders/{id}/buyer': party,
  'PUT /api/v1/orders/{id}/seller': party,
  'POST /api/v1/orders/{id}/offer-confirmation': { reason: 'Stolen' },
  'POST /api/v1/orders/{id}/vin': { vin: 'WVWZZZCDZMW012345' },
  'POST /api/v1/orders/ops-queue/{id}/resolve': { note: 'Stolen' },
};

/** The audit rows of what was refused to somebody of the own tenant name what they had asked for, which they know. */
const beyondTheAsked = (text: string): string => text.replaceAll(/("action":"[^"]*refused","object":\{"type":"[^"]*","id":")[^"]*/gu, '$1');

const made = async (path: string, token: string, json: unknown): Promise<string> => {
  const answer = await api(path, { method: 'POST', token, json });
  if (answer.status >= 300) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`);
  return (answer.body.data as { id: string }).id;
};

/** The pricing service hears of a new car a moment later: until then there is nothing to quote. */
async function quoted(vehicleId: string, token: string): Promise<{ id: string; token: string }> {
  for (let turn = 0; turn < 100; turn += 1) {
    const answer = await api('/api/v1/quotes', { method: 'POST', token, json: { vehicle_id: vehicleId, destination: { country: 'DE' } } });
    if (answer.status === 201) return answer.body.data as { id: string; token: string };
    if (answer.status !== 404) throw new Error(`POST /api/v1/quotes answered ${answer.status}: ${answer.text}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the car never came to the pricing service');
}

describe('objects of another tenant', () => {
  /** For each address with an id: the object of `home` that it will be asked for. */
  const objects = new Map<string, Record<string, string>>();

  beforeAll(async () => {
    const admin = await newSession(accountOf('admin', home));
    const token = admin.access_token;
    const vehicle = { id: await made('/api/v1/vehicles', token, car), media_id: '01900000-0000-7000-8000-000000000000', listing_id: '01900000-0000-7000-8000-000000000001' };
    const buyer = await newBuyer(home);
    const unique = Math.random().toString(36).slice(2, 10);
    const key = { id: await made('/api/v1/api-keys', token, { name: 'Isolation', scopes: ['vehicle.read'] }) };
    const client = { id: await made('/api/v1/oauth-clients', token, { name: 'Isolation', scopes: ['vehicle.read'] }) };
    const provider = {
      id: await made('/api/v1/oidc-providers', token, {
        key: `iso-${unique}`,
        name: 'Isolation',
        issuer: 'https://login.example.com',
        client_id: 'x',
        redirect_uris: ['https://portal.example.com/callback'],
      }),
    };
    const invitation = { id: await made('/api/v1/invitations', token, { email: `${unique}@journeys.example`, roles: ['agent'] }) };
    for (const path of ['', '/media', '/listings', '/price-history', '/transitions', '/media/{media_id}', '/media/{media_id}/content', '/match-decisions', '/merge', '/listings/{listing_id}/split', '/pricing', '/recommended-price', '/similar', '/external-valuations'])
      objects.set(`/api/v1/vehicles/{id}${path}`, vehicle);
    for (const path of ['', '/erasure', '/sign-out']) objects.set(`/api/v1/users/{id}${path}`, { id: buyer.user.id });
    for (const path of ['', '/rotate']) objects.set(`/api/v1/api-keys/{id}${path}`, key);
    for (const path of ['', '/rotate-secret']) objects.set(`/api/v1/oauth-clients/{id}${path}`, client);
    objects.set('/api/v1/oidc-providers/{id}', provider);
    objects.set('/api/v1/invitations/{id}', invitation);
    // Nobody makes one by asking: of another tenant's private stock they are as absent as one that never was.
    for (const path of ['', '/status']) objects.set(`/api/v1/opportunities/{id}${path}`, { id: '01900000-0000-7000-8000-000000000003' });
    // Documents come with the steps of a sale.
    for (const path of ['', '/content', '/link', '/signatures', '/signature-requests']) objects.set(`/api/v1/documents/{id}${path}`, { id: '01900000-0000-7000-8000-000000000004' });
    // Payments, refunds, disputes and payouts of the other tenant are tried by the payment service's own specs; here as absent as they are.
    for (const path of ['/payments/{id}', '/payments/{id}/cancel', '/payment-methods/{id}', '/refunds/{id}', '/refunds/{id}/approve', '/refunds/{id}/refuse', '/refunds/{id}/retry', '/disputes/{id}', '/disputes/{id}/evidence', '/payouts/{id}/pay', '/reconciliation/breaks/{id}/resolve'])
      objects.set(`/api/v1${path}`, { id: '01900000-0000-7000-8000-000000000004' });
    objects.set('/api/v1/tenants/{id}', { id: admin.user.tenant_id ?? '' });
    objects.set('/api/v1/me/exports/{id}', { id: await made('/api/v1/me/exports', buyer.access_token, undefined) });
    objects.set('/api/v1/auth/sessions/{id}', { id: buyer.session_id });
    const quote = await quoted(vehicle.id, token);
    objects.set('/api/v1/quotes/{id}', { id: quote.id });
    const placed = await api('/api/v1/orders', { method: 'POST', token, headers: { 'idempotency-key': `isolation-${unique}` }, json: { quote: quote.token, buyer: party } });
    if (placed.status !== 201) throw new Error(`POST /api/v1/orders answered ${placed.status}: ${placed.text}`);
    const nothing = '01900000-0000-7000-8000-000000000004';
    const order = { id: (placed.body.data as { id: string }).id, change_id: nothing, leg_id: nothing, dispute_id: nothing, withdrawal_id: nothing };
    const ofOrder = ['', '/transitions', '/payment-method', '/history', '/stream', '/terms', '/inspection', '/inspection/waiver', '/inspection/report', '/inspection/decision', '/price-changes', '/price-changes/{change_id}/confirm', '/price-changes/{change_id}/decline', '/contract-terms', '/registration', '/transport-legs', '/transport-legs/{leg_id}', '/handover', '/handover/acceptance', '/withdrawal', '/withdrawal/{withdrawal_id}/confirm', '/withdrawal/{withdrawal_id}/assessment', '/withdrawal/{withdrawal_id}/assessment/approve', '/withdrawal/{withdrawal_id}/return', '/withdrawal/{withdrawal_id}/return/approve', '/disputes/{dispute_id}/close', '/buyer', '/seller', '/offer-confirmation', '/vin', '/documents', '/documents/preview', '/payments'];
    for (const path of ofOrder) objects.set(`/api/v1/orders/{id}${path}`, order);
    objects.set('/api/v1/ledger/orders/{id}', order);
    // Nobody makes one by asking: another tenant's is as absent as one that never was.
    objects.set('/api/v1/orders/ops-queue/{id}/resolve', { id: nothing });
    objects.set('/api/v1/price-queries/{id}', { id: await made('/api/v1/price-queries', buyer.access_token, { make: 'Audi', model: 'A4', year: 2021 }) });
  });

  /** Addresses with a parameter that names nothing of a tenant: what it names is the installation's. */
  const ofNoTenant = /\/monitoring\/|\/objects\/\{token\}|\/auth\/oidc\/\{key\}|\/listings\/\{id\}$|\/sources\/|\/scrape-jobs\/|\/ingest\/|\/vehicle-merges\/|\/pricing-models\/|\/cost-rules\/|\/document-templates\/|\/refund-limits\//;
  /** What only the operator of the installation may, whoever's the object is. */
  const operatorsOnly = ['tenant.manage', 'ingest.manage'];

  it('are all accounted for: a new address with an id belongs in this suite', async () => {
    const templates = (await endpoints()).map(({ path }) => path).filter((path) => path.includes('{') && !(ofNoTenant.test(path) && !path.includes('/vehicles/')));
    expect([...new Set(templates)].sort()).toEqual([...objects.keys()].sort());
  });

  it.each(['admin', 'ops', 'agent', 'buyer', 'partner'])('do not exist for the %s of another', async (role) => {
    const { access_token: token } = await newSession(accountOf(role, foreign));
    const wrong = [];
    for (const { path, method, operation } of await endpoints()) {
      const object = objects.get(path);
      if (object === undefined) continue;
      const address = path.replace(/\{([^}]+)\}/g, (_, name: string) => object[name] ?? '');
      const upload = operation.requestBody?.content['multipart/form-data'] !== undefined;
      const form = new FormData();
      form.append('file', new Blob([Buffer.from('GIF89a')]), 'x.gif');
      const json = bodies[`${method} ${path}`];
      const answer = await api(address, {
        method,
        token,
        headers: { 'if-match': '"1-0"', ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}) },
        ...(upload ? { body: form } : json === undefined ? {} : { json }),
      });
      // Without the permission the answer is the same for every id, so that it tells nothing either.
      const blind = answer.status === 403 && answer.body.error?.code === 'permission_denied';
      if (!(answer.status === 404 && answer.body.error?.code === 'not_found') && !(blind && role !== 'admin') && !(blind && operatorsOnly.includes(operation['x-permission'] ?? '')))
        wrong.push({ what: `${method} ${path}`, status: answer.status, text: answer.text.slice(0, 200) });
    }
    expect(wrong).toEqual([]);
  });

  it('are in no list of another tenant', async () => {
    const { access_token: token } = await newSession(accountOf('admin', foreign));
    const ids = [...objects.values()].flatMap((object) => Object.values(object));
    const lists = (await endpoints()).filter(({ method, path }) => method === 'GET' && !path.includes('{') && !/openapi|jwks|health|monitoring|signing-keys/.test(path));
    for (const { path } of lists) {
      const answer = await api(path, { token });
      const told = path.includes('/audit-log') ? beyondTheAsked(answer.text) : answer.text;
      for (const id of ids) expect([path, told.includes(id)]).toEqual([path, false]);
    }
  });

  it('and other people of the same tenant keep theirs apart too', async () => {
    const stranger = await newBuyer(home);
    const session = await api(`/api/v1/auth/sessions/${objects.get('/api/v1/auth/sessions/{id}')?.['id']}`, { method: 'DELETE', token: stranger.access_token, headers: { 'if-match': '"1-0"' } });
    expect(session.status).toBe(404);
    const file = await api(`/api/v1/me/exports/${objects.get('/api/v1/me/exports/{id}')?.['id']}`, { token: stranger.access_token });
    expect(file.status).toBe(404);
    const named = await api(`/api/v1/orders/${objects.get('/api/v1/orders/{id}')?.['id']}/buyer`, { token: stranger.access_token });
    expect(named.status).toBe(404);
    const key = await api(`/api/v1/api-keys/${objects.get('/api/v1/api-keys/{id}')?.['id']}`, { token: await tokenOf('partner', home) });
    expect(key.status).toBe(404);
  });

  it('a person belongs to one tenant: the password opens nothing elsewhere', async () => {
    const { email, password } = accountOf('buyer', home);
    const answer = await api('/api/v1/auth/login', { method: 'POST', json: { email, password }, headers: { 'x-tenant': foreign } });
    expect([answer.status, answer.body.error?.code]).toEqual([401, 'invalid_credentials']);
  });
});
