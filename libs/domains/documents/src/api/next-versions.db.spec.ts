import type { orderRequested } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { SealedContent } from '../application/content';
import { DocumentStore } from '../application/ports';
import type { Paper } from '../domain/paper/paper';
import { DocumentsHouse } from '../testing/documents-house';
import { attachedXml } from '../testing/read-pdf';

const tenantId = testTenant.id;
const buyerId = uuidv7();
const staff = asUser({ role: 'agent', tenantId });

let house: DocumentsHouse;
beforeAll(async () => {
  house = await DocumentsHouse.open();
}, 60_000);
afterAll(() => house?.close());

/** What it said when it got its number. */
async function paperOf(id: string): Promise<Paper | undefined> {
  const { app } = house.app;
  return (await app.get<SealedContent>(SealedContent).frozen(buyerId, await app.get<DocumentStore>(DocumentStore).content(id)))?.paper;
}

it('a contract’s next versions reckon tax by the day of the first one', async () => {
  const { orderId, document } = await house.contract(buyerId);
  await house.app.of('documents').query(`update documents.documents set numbered_at = '2026-08-01T22:30:00Z' where id = $1`, [document.id]);
  const versions: (string | null | undefined)[] = [];
  for (const version of [2, 3]) {
    await house.ready(orderId);
    const next = await house.when(orderId, staff, 'purchase_contract', (one) => one.version === version && one.state === 'issued');
    versions.push((await paperOf(next.id))?.taxDay);
  }
  // The day of the tenant's time zone.
  expect(versions).toEqual(['2026-08-02', '2026-08-02']);
  expect((await paperOf(document.id))?.taxDay).toBeNull();
}, 60_000);

it('a quote’s next version holds for as long as the first one did, wherever the sale is by then', async () => {
  const orderId = house.order();
  await house.enters(orderId, buyerId, 'requested', { due_at: '2026-12-01T12:00:00.000Z' } satisfies Partial<typeof orderRequested.fixture>);
  const quote = await house.when(orderId, staff, 'quote');
  await house.settled(orderId, await house.enters(orderId, buyerId, 'inspection', { due_at: '2026-12-24T12:00:00.000Z' }));
  await house.app.call(`/api/v1/orders/${orderId}/documents`, { method: 'POST', headers: { ...staff, 'idempotency-key': uuidv7() }, body: { kind: 'quote', replaces: quote.id, reason: 'address' } });
  const next = await house.when(orderId, staff, 'quote', ({ version, state }) => version === 2 && state === 'issued');
  expect((await paperOf(next.id))?.order.dueAt).toBe('2026-12-01T12:00:00.000Z');
}, 60_000);

it('where the order does not say how the sale is taxed, a corrected invoice has the tax of the day of the first one, to the cent, in its row, its page and its data', async () => {
  const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
  const price = (net: number, vat: number) => ({ total: eur(net + vat), deposit: eur(189_900), balance: eur(net + vat - 189_900), lines: [{ code: 'price', amount: eur(net), payee: 'broker', rule: null }, { code: 'vat', amount: eur(vat), payee: 'authority', rule: null }] });
  const orderId = house.order();
  const estonian = { capacity: 'commissionaire', seller_kind: 'dealer_vat', jurisdiction: { country: 'EE', region: null }, vat: null };
  await house.enters(orderId, buyerId, 'balance_paid', { ...estonian, price: price(1_531_452, 367_548) });
  const first = await house.when(orderId, staff, 'invoice');
  // It was issued while the rate was 22 %, and its price was agreed so.
  await house.app.of('documents').query(`update documents.documents set numbered_at = '2025-06-30T12:00:00Z' where id = $1`, [first.id]);
  await house.settled(orderId, await house.enters(orderId, buyerId, 'titling', { ...estonian, price: price(1_556_557, 342_443) }));
  await house.app.call(`/api/v1/orders/${orderId}/documents`, { method: 'POST', headers: { ...staff, 'idempotency-key': uuidv7() }, body: { kind: 'invoice', replaces: first.id, reason: 'address' } });
  const next = await house.when(orderId, staff, 'invoice', ({ version, state }) => version === 2 && state === 'issued');
  expect([first.total, next.total]).toEqual([eur(1_899_000), eur(1_899_000)]);
  expect((await paperOf(next.id))?.invoice).toMatchObject({ net: 1_556_557, tax: 342_443, taxes: [{ rate: 2_200 }] });
  const xml = attachedXml(await house.file(next.id, staff));
  expect(xml).toContain('<ram:RateApplicablePercent>22');
  expect(xml).toContain('>3424.43</ram:TaxTotalAmount>');
}, 60_000);
