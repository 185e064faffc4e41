import { uuidv7 } from '@autobroker/kernel';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { DocumentStore } from '../application/ports';
import { filesPatience } from '../domain/patience';
import { DocumentsHouse } from '../testing/documents-house';

const staff = asUser({ role: 'agent', tenantId: testTenant.id });

let house: DocumentsHouse;
let store: DocumentStore;
beforeAll(async () => {
  house = await DocumentsHouse.open();
  store = house.app.app.get<DocumentStore>(DocumentStore);
}, 60_000);
afterAll(() => house?.close());

const at = (minutes: number): Date => new Date(house.app.clock.now().getTime() + minutes * 60_000);
const take = async (minutes: number, limit = 1) => (await store.withFilesLeft(at(minutes), filesPatience, limit)).map(({ id }) => id);

/** The quote of somebody who is forgotten, as though its file would not go. */
async function left(): Promise<string> {
  const [gone, orderId] = [uuidv7(), house.order()];
  await house.enters(orderId, gone, 'requested');
  const { id } = await house.when(orderId, staff, 'quote');
  await house.erased(gone);
  await house.when(orderId, staff, 'quote', ({ erased }) => erased);
  // Once it has really gone: else what removes it would still take the mark away.
  const mark = 'update documents.documents set files_left = true, files_tries = 0, files_try_at = erased_at where id = $1 and not files_left returning id';
  await house.until('the file has gone', async () => (await house.app.of('documents').query(mark, [id])).length > 0);
  return id;
}

it('files that never go do not keep the others waiting: what was tried goes behind them, and comes ever more rarely, for ever', async () => {
  const stubborn = [await left(), await left()];
  const young = await left();
  expect([...(await take(0)), ...(await take(0)), ...(await take(0))].toSorted()).toEqual([...stubborn, young].toSorted());
  expect(await take(0, 10)).toEqual([]);
  await store.filesGone(young);
  expect((await take(1, 10)).toSorted()).toEqual(stubborn.toSorted());
  expect(await take(2, 10)).toEqual([]);
  expect((await take(3, 10)).toSorted()).toEqual(stubborn.toSorted());
  await house.app.of('documents').query('update documents.documents set files_tries = 900 where id = any ($1)', [stubborn]);
  expect(await take(60 * 24 * 365, 10)).toHaveLength(2);
  expect(await take(60 * 24 * 366, 10)).toHaveLength(2);
}, 60_000);
