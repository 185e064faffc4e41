import { ManualClock, uuidv7 } from '@autobroker/kernel';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { DocumentStore } from '../application/ports';
import { SignatureRequestStore } from '../application/signature-ports';
import { documentPatience, signaturePatience } from '../domain/patience';
import { DocumentsHouse, partiesJson } from '../testing/documents-house';

const tenantId = testTenant.id;
const staff = asUser({ role: 'agent', tenantId });

let house: DocumentsHouse;
let store: DocumentStore;
beforeAll(async () => {
  house = await DocumentsHouse.open();
  store = house.app.app.get<DocumentStore>(DocumentStore);
}, 60_000);
afterAll(() => house?.close());

const at = (minutes: number): Date => new Date(house.app.clock.now().getTime() + minutes * 60_000);
const unnamed = async (): Promise<{ orderId: string; id: string }> => {
  const orderId = uuidv7();
  await house.settled(orderId, await house.enters(orderId, uuidv7(), 'balance_paid'));
  return { orderId, id: (await house.when(orderId, staff, 'invoice', ({ problem }) => problem === 'parties_unknown')).id };
};
const due = async (minutes: number, limit = 500): Promise<string[]> => (await store.due(at(minutes), documentPatience, limit)).map(({ id }) => id);

describe('orders whose people have not said who they are', () => {
  it('are asked about ever more rarely, and after two weeks no more', async () => {
    const { id } = await unnamed();
    const turns: number[] = [];
    // As the sweep comes, but only where something is due: a day of minutes without a question costs none.
    for (let minute = 0; minute < 16 * 24 * 60; minute++) {
      const [row] = await house.app.of('documents').query<{ try_at: Date | null }>('select try_at from documents.documents where id = $1', [id]);
      if (row?.try_at == null) break;
      minute = Math.max(minute, Math.ceil((row.try_at.getTime() - at(0).getTime()) / 60_000));
      expect(await due(minute)).toContain(id);
      turns.push(minute);
    }
    expect(turns.slice(0, 6)).toEqual([1, 2, 4, 8, 16, 32]);
    expect(turns).toHaveLength(documentPatience.length + 1);
    expect(turns.at(-1)).toBeGreaterThan(13 * 24 * 60);
    expect(await due(60 * 24 * 365)).not.toContain(id);
  }, 60_000);

  it('do not keep newer ones waiting: who was asked goes behind all others', async () => {
    const old = await Promise.all(Array.from({ length: 4 }, unnamed));
    const young = await unnamed();
    const seen = [...(await due(2, 2)), ...(await due(2, 2)), ...(await due(2, 2))];
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining([...old, young].map(({ id }) => id)));
  }, 60_000);

  it('are asked about at once when they have said it, with new patience, however long that took', async () => {
    const { orderId, id } = await unnamed();
    await house.app.of('documents').query('update documents.documents set tries = 63, try_at = null where id = $1', [id]);
    house.orders.answers.set(orderId, partiesJson(orderId));
    await house.settled(orderId, await house.named(orderId, uuidv7()));
    expect((await house.when(orderId, staff, 'invoice')).number).not.toBeNull();
    expect(await house.app.of('documents').query('select tries, try_at from documents.documents where id = $1', [id])).toEqual([{ tries: 0, try_at: null }]);
  }, 60_000);

  it('and what was issued, withdrawn or sealed is asked about no more', async () => {
    expect(house.app.clock).toBeInstanceOf(ManualClock);
    const orderId = house.order();
    await house.settled(orderId, await house.enters(orderId, uuidv7(), 'balance_paid'));
    const rows = await house.app.of('documents').query<{ state: string; try_at: Date | null }>('select state, try_at from documents.documents where order_id = $1', [orderId]);
    expect(rows).toEqual([{ state: 'issued', try_at: null }]);
  }, 60_000);
});

it('a signature that was asked for is looked after in its turn, and after the last turn no more', async () => {
  const { document } = await house.contract(uuidv7());
  const asked = await house.app.call(`/api/v1/documents/${document.id}/signature-requests`, { method: 'POST', headers: staff, body: { role: 'seller', name: 'Karl Größmann', email: 'karl@example.test' } });
  const { data } = (await asked.json()) as { data: { id: string } };
  const requests = house.app.app.get<SignatureRequestStore>(SignatureRequestStore);
  expect(await requests.due(at(2), signaturePatience, 10)).toEqual([data.id]);
  expect(await requests.due(at(2), signaturePatience, 10)).toEqual([]);
  expect(await house.app.of('documents').query('select tries, try_at from documents.signature_requests where id = $1', [data.id])).toEqual([{ tries: 1, try_at: at(3) }]);
  expect(await requests.due(at(3), signaturePatience.slice(0, 1), 10)).toEqual([data.id]);
  expect(await requests.due(at(1_000_000), signaturePatience, 10)).toEqual([]);
}, 60_000);
