import { uuidv7 } from '@autobroker/kernel';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { templates } from '../domain/templates';
import { DocumentStore } from '../application/ports';
import { DocumentsHouse } from '../testing/documents-house';

const tenantId = testTenant.id;
const other = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4bff';
const admin = asUser({ role: 'admin', tenantId });
const agent = asUser({ role: 'agent', tenantId });
const elsewhere = asUser({ role: 'admin', tenantId: other });
const buyerId = uuidv7();
const buyer = asUser({ role: 'buyer', tenantId, id: buyerId });

let house: DocumentsHouse;
beforeAll(async () => {
  house = await DocumentsHouse.open();
}, 60_000);
afterAll(() => house?.close());

interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly data: { readonly version: number; readonly colour: string; readonly logo: { readonly base64: string } | null; readonly texts: Record<string, { readonly de: string }> };
  readonly errors: readonly string[];
}
async function ask(method: string, path: string, headers: Record<string, string>, body?: object): Promise<Answer> {
  const answer = await house.app.call(`/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  const { data, error } = (await answer.json()) as { data: Answer['data']; error: { errors?: { detail: string }[] } | null };
  return { status: answer.status, etag: answer.headers.get('etag'), data, errors: (error?.errors ?? []).map(({ detail }) => detail) };
}
const { kind: _kind, version: _version, ...mandate } = templates.mandate;

describe('a tenant’s templates', () => {
  it('begin with the platform’s own, and are the admin’s to change', async () => {
    const all = (await (await house.app.call('/api/v1/document-templates', { headers: admin })).json()) as { data: { kind: string; version: number }[] };
    expect(all.data).toHaveLength(12);
    expect(all.data.every(({ version }) => version === 0)).toBe(true);
    expect((await ask('GET', '/document-templates', agent)).status).toBe(403);
    expect((await ask('POST', '/document-templates/mandate/versions', agent, mandate)).status).toBe(403);
  });

  it('are used from their next document on; what was issued stays, and another tenant’s stay as well', async () => {
    const orderId = house.order();
    await house.enters(orderId, buyerId, 'requested');
    expect((await house.when(orderId, buyer, 'mandate')).state).toBe('issued');
    const texts = { ...mandate.texts, intro: { en: 'At your service.', de: 'Stets zu Diensten.', it: 'Al Suo servizio.' } };
    expect(await ask('POST', '/document-templates/mandate/versions', admin, { ...mandate, texts })).toMatchObject({ status: 201, data: { version: 1 } });
    const next = house.order();
    await house.enters(next, buyerId, 'requested');
    await house.when(next, buyer, 'mandate');
    const versions = await house.app.of('documents').query<{ template_version: number }>("select template_version from documents.documents where kind = 'mandate' order by id");
    expect(versions.map(({ template_version: version }) => version)).toEqual([0, 1]);
    const theirs = await ask('GET', '/document-templates/mandate/versions', elsewhere);
    expect(theirs.data).toMatchObject([{ version: 0 }]);
    const audited = await house.app.of('documents').query("select action, tenant_id from documents.audit_log where action = 'document_template.published'");
    expect(audited).toEqual([{ action: 'document_template.published', tenant_id: tenantId }]);
  });

  it('are refused where they leave out what the law asks for', async () => {
    const blocks = mandate.blocks.filter(({ block }) => block !== 'signatures');
    const refused = await ask('POST', '/document-templates/mandate/versions', admin, { ...mandate, blocks });
    expect([refused.status, refused.errors]).toEqual([400, ['a mandate needs block:signatures']]);
  });
});

describe('a letterhead', () => {
  const plain = { trade_name: 'Isar', colour: '#0b5d5e', logo: null, phone: null, email: null, website: null, tax_number: null, registration: null, bank: null, time_zone: 'Europe/Berlin' };

  it('is changed by one admin at a time, and its logo painted anew', async () => {
    const before = await ask('GET', '/document-branding', admin);
    expect(before).toMatchObject({ status: 200, data: { version: 0 } });
    // A red dot, 1 × 1.
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
    const changed = await ask('PUT', '/document-branding', { ...admin, 'if-match': before.etag ?? '' }, { ...plain, logo: { type: 'image/png', base64: png } });
    expect(changed).toMatchObject({ status: 200, data: { version: 1, colour: '#0b5d5e' } });
    expect(changed.data.logo?.base64).not.toBe(png);
    expect((await ask('PUT', '/document-branding', { ...admin, 'if-match': before.etag ?? '' }, plain)).status).toBe(412);
    expect((await ask('PUT', '/document-branding', admin, plain)).status).toBe(428);
    expect((await ask('GET', '/document-branding', elsewhere)).data.version).toBe(0);
    const orderId = house.order();
    await house.enters(orderId, buyerId, 'requested');
    await house.when(orderId, buyer, 'quote');
  });

  it('takes no file that is no picture, no colour and no account that are none', async () => {
    const { etag } = await ask('GET', '/document-branding', admin);
    const put = (body: object) => ask('PUT', '/document-branding', { ...admin, 'if-match': etag ?? '' }, { ...plain, ...body });
    for (const drawn of ['<svg/>', '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100"/></svg>']) {
      expect((await put({ logo: { type: 'image/png', base64: Buffer.from(drawn).toString('base64') } })).status).toBe(400);
    }
    expect((await put({ colour: 'red' })).status).toBe(400);
    for (const iban of ['DE', 'DE00370400440532013000']) expect((await put({ bank: { holder: 'Isar', iban, bic: null, name: null } })).status).toBe(400);
    expect((await put({ time_zone: 'Mars/Olympus' })).status).toBe(400);
  });
});

describe('what is read is accepted as it was read', () => {
  it.each(['mandate', 'invoice'])('of a template: %s', async (kind) => {
    const answer = await house.app.call(`/api/v1/document-templates/${kind}/versions`, { headers: admin });
    const [read] = ((await answer.json()) as { data: readonly Answer['data'][] }).data;
    const published = await ask('POST', `/document-templates/${kind}/versions`, admin, read);
    expect(published).toMatchObject({ status: 201, data: { version: (read?.version ?? 0) + 1, texts: read?.texts } });
    expect((await ask('POST', '/document-templates/quote/versions', admin, read)).status).toBe(400);
  });

  it('of a letterhead, with its logo', async () => {
    const before = await ask('GET', '/document-branding', admin);
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
    await ask('PUT', '/document-branding', { ...admin, 'if-match': before.etag ?? '' }, { ...before.data, logo: { type: 'image/png', base64: png } });
    const read = await ask('GET', '/document-branding', admin);
    const written = await ask('PUT', '/document-branding', { ...admin, 'if-match': read.etag ?? '' }, read.data);
    expect([written.status, written.data]).toEqual([200, { ...read.data, version: read.data.version + 1 }]);
  });
});

describe('a series of numbers', () => {
  it('takes back the number of what is undone, and lets nobody pass meanwhile', async () => {
    const db = house.app.of('documents');
    const store = house.app.app.get<DocumentStore>(DocumentStore);
    const take = (fail: boolean) =>
      db.transaction(async (tx) => {
        const number = await store.nextNumber(tx, tenantId, 'INV-1999');
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (fail) throw new Error('undone');
        return number;
      });
    const all = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => take(index % 3 === 0)));
    const given = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])).sort((a, b) => a - b);
    expect(given).toEqual(given.map((_, index) => index + 1));
    expect(await db.transaction((tx) => store.nextNumber(tx, other, 'INV-1999'))).toBe(1);
  });
});

describe('a batch', () => {
  it('of many documents leaves the event loop to everybody else', async () => {
    const orders = Array.from({ length: 40 }, () => house.order());
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 5);
    await Promise.all(orders.map((orderId) => house.enters(orderId, buyerId, 'requested')));
    await Promise.all(orders.map((orderId) => house.when(orderId, buyer, 'mandate')));
    clearInterval(timer);
    // Eighty documents of some 60 ms each: in this thread there would be no room between them.
    expect(ticks).toBeGreaterThan(100);
  }, 120_000);

  it('goes on when the order service was away', async () => {
    const orderId = house.order();
    house.orders.troubles = 3;
    await house.enters(orderId, buyerId, 'requested');
    await house.when(orderId, buyer, 'mandate');
    expect(house.orders.troubles).toBeLessThanOrEqual(0);
  }, 60_000);
});
