import { uuidv7 } from '@autobroker/kernel';
import { errors, errorThresholds, metrics } from '@autobroker/platform/telemetry';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { DocumentStore } from '../application/ports';
import { SealDocument } from '../application/seal-document';
import { SweepDocuments } from '../application/sweep-documents';
import { documentPatience } from '../domain/patience';
import { owedPapers } from '../infrastructure/migrations/0008-owed-papers';
import { DocumentsHouse } from '../testing/documents-house';

const tenantId = testTenant.id;
const day = 24 * 60 * 60_000;
const staff = asUser({ role: 'agent', tenantId });

let house: DocumentsHouse;
beforeAll(async () => {
  house = await DocumentsHouse.open();
}, 60_000);
afterAll(() => house?.close());

const after = (days: number): Date => new Date(house.app.clock.now().getTime() + days * day);
const due = async (days: number): Promise<string[]> => (await house.app.app.get<DocumentStore>(DocumentStore).due(after(days), documentPatience, 500)).map(({ id }) => id);
const overdue = async (problem: string) => new RegExp(`^documents_overdue\\{problem="${problem}"\\} (\\d+)`, 'mu').exec(await metrics.render())?.[1];

/** A contract that both have signed, whose file is gone before its signed copy was written, and of which all patience is used up. */
async function givenUp() {
  const person = uuidv7();
  const { orderId, document } = await house.contract(person);
  const { id, sha256 } = document;
  const [key, whole] = [await house.keyOf(id), await house.file(id, staff)];
  const sign = (body: object, headers: Record<string, string>) =>
    house.app.call(`/api/v1/documents/${id}/signatures`, { method: 'POST', headers: { ...headers, 'idempotency-key': uuidv7() }, body: { method: 'click', name: 'Lukas Brandstätter', sha256, consent: true, ...body } });
  await sign({}, asUser({ role: 'buyer', tenantId, id: person }));
  await sign({ role: 'seller', method: 'on_paper', name: 'Karl Größmann', note: 'Ordner 3' }, staff);
  await house.when(orderId, staff, 'purchase_contract', ({ signed_sha256: sealed }) => sealed !== null);
  for (const gone of [key, key.replace('.pdf', '-signed.pdf')]) await house.replaceFile(gone, null);
  await house.query(`update documents.documents set signed_object_key = null, signed_sha256 = null, signed_size = null, problem = 'file_missing', tries = $2, try_at = $3 where id = $1`, id, documentPatience.length, after(0));
  return { person, orderId, id, whole, key };
}

describe('a signed paper whose file is missing', () => {
  it('is tried once a day for as long as it takes, and is whole once its file is back', async () => {
    const { id, whole, key } = await givenUp();
    for (const days of [0, 1, 2, 3]) {
      expect(await due(days)).toContain(id);
      expect(await due(days + 0.9)).not.toContain(id);
    }
    await expect(house.app.app.get<SealDocument>(SealDocument).run(id)).rejects.toThrow('SHA-256');
    await house.replaceFile(key, whole);
    expect(await house.app.app.get<SealDocument>(SealDocument).run(id)).toBe(true);
    expect(await due(400)).not.toContain(id);
  }, 60_000);

  it('is seen: each try is an error that counts to an alert, and how many there are is a metric', async () => {
    const { id } = await givenUp();
    const [reported, counted] = [jest.spyOn(errors, 'report').mockImplementation(), jest.spyOn(errorThresholds, 'record').mockImplementation()];
    try {
      await house.app.app.get<SweepDocuments>(SweepDocuments).run(new AbortController().signal);
      expect(reported).toHaveBeenCalledWith(expect.objectContaining({ message: expect.stringContaining('file_missing') }), 'documents.overdue', { document_id: id, tenant_id: tenantId });
      expect(counted).toHaveBeenCalledWith('document_failures', expect.anything());
      expect(await overdue('file_missing')).toBe('1');
      await house.query('update documents.documents set try_at = null where id = $1', id);
      expect(await overdue('file_missing')).toBe('0');
    } finally {
      for (const spy of [reported, counted]) spy.mockRestore();
    }
  }, 60_000);

  it('does not keep its person from being forgotten', async () => {
    const { person, id } = await givenUp();
    expect(await due(0)).toContain(id);
    await house.query(`update documents.sales set state = 'completed' where buyer_id = $1`, person);
    await house.erased(person);
    await house.until('they are forgotten', async () => (await house.query<{ gone: boolean }>('select destroyed_at is not null as gone from documents.person_key where person_id = $1', person))[0]?.gone);
    expect(await house.query('select problem, try_at from documents.documents where id = $1', id)).toEqual([{ problem: 'person_erased', try_at: null }]);
  }, 60_000);

  it('and was given up by a release of before: comes again, and what has ended does not', async () => {
    const [{ id }, ended] = [await givenUp(), await givenUp()];
    await house.query('update documents.documents set try_at = null where id = any ($1)', [id, ended.id]);
    await house.query('update documents.documents set ended_at = planned_at where id = $1', ended.id);
    await house.query(String(owedPapers.up).replace(/^create index .*$/gmu, ''));
    expect(await house.query('select id from documents.documents where id = any ($1) and try_at is not null', [id, ended.id])).toEqual([{ id }]);
  }, 60_000);
});
