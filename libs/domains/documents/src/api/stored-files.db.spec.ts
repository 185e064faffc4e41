import { createHash } from 'node:crypto';
import { uuidv7 } from '@autobroker/kernel';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { IssueDocument } from '../application/issue-document';
import { SealDocument } from '../application/seal-document';
import { SweepDocuments } from '../application/sweep-documents';
import { DocumentsHouse } from '../testing/documents-house';

const tenantId = testTenant.id;
const buyerId = uuidv7();
const buyer = asUser({ role: 'buyer', tenantId, id: buyerId });
const staff = asUser({ role: 'agent', tenantId });

let house: DocumentsHouse;
beforeAll(async () => {
  house = await DocumentsHouse.open();
}, 60_000);
afterAll(() => house?.close());

const contract = async () => {
  const { document } = await house.contract(buyerId);
  return { id: document.id, sha256: document.sha256, key: await house.keyOf(document.id) };
};
const sign = (id: string, body: object, headers: Record<string, string>) =>
  house.app.call(`/api/v1/documents/${id}/signatures`, { method: 'POST', headers: { ...headers, 'idempotency-key': uuidv7() }, body: { method: 'click', name: 'Lukas Brandstätter', consent: true, ...body } });
const refusals = async (id: string) =>
  (await house.app.of('documents').query<{ problem: string }>(`select after ->> 'problem' as problem from documents.audit_log where object_id = $1 and action = 'document.file_refused' order by id`, [id])).map(({ problem }) => problem);
/** Signed by both, but for the copy that shows it, which `between` comes before. */
async function signedBut(between: (document: Awaited<ReturnType<typeof contract>>) => Promise<void>) {
  const document = await contract();
  const { id, sha256 } = document;
  await between(document);
  expect((await sign(id, { sha256 }, buyer)).status).toBe(201);
  expect((await sign(id, { sha256, role: 'seller', method: 'on_paper', name: 'Karl Größmann', note: 'Ordner 3' }, staff)).status).toBe(201);
  return document;
}

describe('a file that is not what its hash says', () => {
  it.each([
    ['another', Buffer.from('%PDF-1.7 another one'), 'file_differs'],
    ['none', null, 'file_missing'],
  ])('(%s) is signed by nobody, and that is on record', async (_, bytes, problem) => {
    const { id, sha256, key } = await contract();
    const whole = await house.file(id, buyer);
    await house.replaceFile(key, bytes);
    for (let turn = 0; turn < 2; turn++) expect((await sign(id, { sha256 }, buyer)).status).toBe(409);
    expect(await refusals(id)).toEqual([problem]);
    expect(await house.app.of('documents').query('select problem, signed_by from documents.documents where id = $1', [id])).toEqual([{ problem, signed_by: [] }]);
    await house.replaceFile(key, whole);
    expect((await sign(id, { sha256 }, buyer)).status).toBe(201);
  }, 60_000);

  it('is not called sealed: where something else lies in the place of the signed copy', async () => {
    const { id, key } = await signedBut(({ key: original }) => house.replaceFile(original.replace('.pdf', '-signed.pdf'), Buffer.from('%PDF-1.7 planted')));
    await expect(house.app.app.get<SealDocument>(SealDocument).run(id)).rejects.toThrow('SHA-256');
    expect(await refusals(id)).toContain('file_differs');
    expect(await house.app.of('documents').query('select signed_sha256 from documents.documents where id = $1', [id])).toEqual([{ signed_sha256: null }]);
    await house.replaceFile(key.replace('.pdf', '-signed.pdf'), null);
    expect(await house.app.app.get<SealDocument>(SealDocument).run(id)).toBe(true);
  }, 60_000);

  it('is not called issued: where something else lies in its place', async () => {
    const orderId = house.order();
    const answer = house.orders.answers.get(orderId) ?? {};
    house.orders.answers.delete(orderId);
    await house.settled(orderId, await house.enters(orderId, buyerId, 'balance_paid'));
    const { id } = await house.when(orderId, staff, 'invoice', ({ problem }) => problem !== null);
    const [row] = await house.app.of('documents').query<{ last: number }>(`select coalesce(max(last), 0) as last from documents.number_series where series like 'INV-%'`);
    const number = `INV-${house.app.clock.now().getUTCFullYear()}-${String((row?.last ?? 0) + 1).padStart(6, '0')}`;
    await house.replaceFile(`documents/${tenantId}/${orderId}/${id}/${number}.pdf`, Buffer.from('%PDF-1.7 planted'));
    house.orders.answers.set(orderId, answer);
    await expect(house.app.app.get<IssueDocument>(IssueDocument).run(id)).rejects.toThrow('SHA-256');
    expect(await refusals(id)).toEqual(['file_differs']);
    expect(await house.when(orderId, staff, 'invoice', ({ state }) => state === 'numbered')).toMatchObject({ number, problem: 'file_differs' });
  }, 60_000);
});

it('evidence that was changed afterwards seals nothing', async () => {
  const { id, sha256 } = await contract();
  expect((await sign(id, { sha256 }, buyer)).status).toBe(201);
  await house.app.of('documents').query(`update documents.signatures set evidence_hash = $2 where document_id = $1`, [id, createHash('sha256').update('x').digest('hex')]);
  expect((await sign(id, { sha256, role: 'seller', method: 'on_paper', name: 'Karl Größmann', note: 'Ordner 3' }, staff)).status).toBe(201);
  expect(await house.app.app.get<SealDocument>(SealDocument).run(id)).toBe(false);
  expect(await house.app.of('documents').query(`select after ->> 'problem' as problem from documents.audit_log where object_id = $1 and action = 'document.ended'`, [id])).toEqual([{ problem: 'evidence_differs' }]);
}, 60_000);

it('a forgotten person’s file that the store would not remove is tried again until it is gone', async () => {
  const [gone, orderId] = [uuidv7(), house.order()];
  await house.enters(orderId, gone, 'requested');
  const { id } = await house.when(orderId, staff, 'quote', ({ state }) => state === 'issued');
  const key = await house.keyOf(id);
  const objects = house.app.app.get<ObjectStore>(objectStore);
  const sweep = () => house.app.app.get<SweepDocuments>(SweepDocuments).run(new AbortController().signal);
  const away = jest.spyOn(objects, 'delete').mockRejectedValue(new Error('the store is away'));
  try {
    await house.erased(gone);
    await house.when(orderId, staff, 'quote', ({ erased }) => erased);
    await sweep();
    expect(away).toHaveBeenCalledWith(key);
    expect(await house.app.of('documents').query('select files_left from documents.documents where id = $1', [id])).toEqual([{ files_left: true }]);
  } finally {
    away.mockRestore();
  }
  // Its turn has come.
  await house.app.of('documents').query('update documents.documents set files_try_at = erased_at where id = $1', [id]);
  await sweep();
  expect(await objects.get(key)).toBeNull();
  expect(await house.app.of('documents').query('select files_left from documents.documents where id = $1', [id])).toEqual([{ files_left: false }]);
}, 60_000);
