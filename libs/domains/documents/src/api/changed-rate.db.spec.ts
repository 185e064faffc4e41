import { documentIssued } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { DocumentsHouse, ownSale } from '../testing/documents-house';
import { attachedXml, textOf } from '../testing/read-pdf';

const staff = asUser({ role: 'agent', tenantId: testTenant.id });

let house: DocumentsHouse;
beforeAll(async () => {
  house = await DocumentsHouse.open();
}, 60_000);
afterAll(() => house?.close());

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const at = (rate: number) => ({ ...ownSale, vat: { treatment: 'standard', rate } });
/** As the order tells it when the rate has changed: the tax is inside the price from then on. */
const inside = { ...ownSale.price, lines: [{ code: 'price', amount: eur(1_899_000), payee: 'broker', rule: null }] };
const sums = (xml: string | null) => {
  const text = (name: string): (string | undefined)[] => Array.from((xml ?? '').matchAll(new RegExp(`<ram:${name}[^>]*>([^<]*)<`, 'gu')), ([, value]) => value);
  return { rates: [...new Set(text('RateApplicablePercent'))], basis: text('TaxBasisTotalAmount'), tax: text('TaxTotalAmount'), total: text('GrandTotalAmount') };
};

it('the rate of tax changes between invoice and handover: a corrected one comes by itself, with the same figures on the page, in its data and in what is told', async () => {
  const events = await house.app.events('documents');
  const [person, orderId] = [uuidv7(), house.order({ capacity: 'commissionaire', seller: null })];
  await house.settled(orderId, await house.enters(orderId, person, 'contracted', at(1_900)), await house.captured(orderId, uuidv7(), 189_900));
  const early = await house.when(orderId, staff, 'prepayment_invoice');
  await house.settled(orderId, await house.enters(orderId, person, 'balance_paid', at(1_900)));
  const first = await house.when(orderId, staff, 'invoice');
  // Nothing has changed yet.
  await house.settled(orderId, await house.enters(orderId, person, 'in_transit', at(1_900)));
  expect((await house.of(orderId, staff)).filter(({ kind }) => kind === 'invoice')).toHaveLength(1);
  const delivered = { ...at(1_600), price: inside };
  await house.settled(orderId, await house.enters(orderId, person, 'delivered', delivered), await house.enters(orderId, person, 'completed', delivered));
  const right = await house.when(orderId, staff, 'invoice', ({ replaces, state }) => replaces === first.id && state === 'issued');
  expect((await house.of(orderId, staff)).filter(({ kind }) => kind === 'invoice')).toHaveLength(2);
  const [before, after] = await Promise.all([first.id, right.id].map((id) => house.file(id, staff)));
  const data = [before, after].map((file) => sums(file === undefined ? null : attachedXml(file)));
  expect(data).toEqual([
    { rates: ['19.00'], basis: ['15957.98'], tax: ['3032.02'], total: ['18990.00'] },
    { rates: ['16.00'], basis: ['16370.69'], tax: ['2619.31'], total: ['18990.00'] },
  ]);
  const page = after === undefined ? '' : textOf(after);
  for (const said of ['€16,370.69', '€2,619.31', '€18,990.00', 'the rate of tax has changed before the handover', '€1,595.80', '€303.20', first.number, early.number]) expect(page).toContain(said);
  const told = (await events.of(documentIssued)).filter(({ data: one }) => one.order_id === orderId && one.kind === 'invoice').map(({ data: one }) => [one.number, one.replaces, one.total]);
  expect(told).toEqual([
    [first.number, null, eur(1_899_000)],
    [right.number, first.id, eur(1_899_000)],
  ]);
}, 60_000);
