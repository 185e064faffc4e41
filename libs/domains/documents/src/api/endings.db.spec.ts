import { uuidv7 } from '@autobroker/kernel';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { IssueDocument } from '../application/issue-document';
import { DocumentStore } from '../application/ports';
import { SealDocument } from '../application/seal-document';
import { documentPatience } from '../domain/patience';
import { type DocumentJson, DocumentsHouse } from '../testing/documents-house';
import { attachedXml } from '../testing/read-pdf';

const tenantId = testTenant.id;
const buyerId = uuidv7();
const buyer = asUser({ role: 'buyer', tenantId, id: buyerId });
const staff = asUser({ role: 'agent', tenantId });

let house: DocumentsHouse;
beforeAll(async () => {
  house = await DocumentsHouse.open();
}, 60_000);
afterAll(() => house?.close());

const ask = async (orderId: string, body: object) => (await house.app.call(`/api/v1/orders/${orderId}/documents`, { method: 'POST', headers: { ...staff, 'idempotency-key': uuidv7() }, body })).status;
const endings = (id: string) => house.query(`select after ->> 'problem' as problem, after ->> 'state' as state from documents.audit_log where object_id = $1 and action = 'document.ended'`, id);
const isEverDue = async (id: string) => (await house.app.app.get<DocumentStore>(DocumentStore).due(new Date(house.app.clock.now().getTime() + 400 * 86_400_000), documentPatience, 500)).some((one) => one.id === id);
/** As it was between number and file, and what it says now is not what it said then: its words were not frozen, and ours have changed. */
const unissued = (id: string) =>
  house.query(`update documents.documents set state = 'numbered', content_hash = repeat('0', 64), object_key = null, sha256 = null, size = null, issued_at = null, try_at = numbered_at where id = $1`, id);

async function invoiced(): Promise<{ readonly orderId: string; readonly invoice: DocumentJson }> {
  const orderId = house.order();
  await house.settled(orderId, await house.enters(orderId, buyerId, 'balance_paid'));
  return { orderId, invoice: await house.when(orderId, staff, 'invoice') };
}

describe('a paper that no longer reads as it did when it was numbered', () => {
  it('is void where it was not issued yet: with its reason, on record once, tried no more, and its number not used again', async () => {
    const { orderId, invoice } = await invoiced();
    await unissued(invoice.id);
    for (let turn = 0; turn < 2; turn++) expect(await house.app.app.get<IssueDocument>(IssueDocument).run(invoice.id)).toBe('void');
    expect(await house.when(orderId, staff, 'invoice', ({ state }) => state === 'void')).toMatchObject({ id: invoice.id, number: invoice.number, problem: 'content_differs', ended_at: expect.any(String) });
    expect((await house.of(orderId, buyer)).map(({ kind }) => kind)).not.toContain('invoice');
    expect(await endings(invoice.id)).toEqual([{ problem: 'content_differs', state: 'void' }]);
    expect(await isEverDue(invoice.id)).toBe(false);
    expect(await house.query('select content_sealed is not null as kept from documents.documents where id = $1', invoice.id)).toEqual([{ kept: true }]);
  }, 60_000);

  it('has another issued in its place, which corrects nothing: what it was to be never went out', async () => {
    const { orderId, invoice } = await invoiced();
    await unissued(invoice.id);
    await house.app.app.get<IssueDocument>(IssueDocument).run(invoice.id);
    expect(await ask(orderId, { kind: 'credit_note', credits: invoice.id, reason: 'never issued' })).toBe(400);
    expect(await ask(orderId, { kind: 'invoice', replaces: invoice.id, reason: 'could not be issued' })).toBe(202);
    const next = await house.when(orderId, buyer, 'invoice');
    expect([next.version, next.number === invoice.number, next.total]).toEqual([2, false, invoice.total]);
    expect(attachedXml(await house.file(next.id, staff))).toContain('<ram:TypeCode>380</ram:TypeCode>');
  }, 60_000);

  it('leaves a sale that is cancelled nothing to take back', async () => {
    const { orderId, invoice } = await invoiced();
    await unissued(invoice.id);
    await house.app.app.get<IssueDocument>(IssueDocument).run(invoice.id);
    await house.settled(orderId, await house.enters(orderId, buyerId, 'cancelled'));
    expect((await house.of(orderId, staff)).map(({ kind }) => kind)).toEqual(['invoice']);
  }, 60_000);

  it('takes nothing’s place: the contract before it stands until the next version comes', async () => {
    const { orderId, document: first } = await house.contract(buyerId);
    await house.ready(orderId);
    const second = await house.when(orderId, buyer, 'purchase_contract', ({ version, state }) => version === 2 && state === 'issued');
    await unissued(second.id);
    await house.app.app.get<IssueDocument>(IssueDocument).run(second.id);
    expect((await house.of(orderId, buyer)).map(({ id, replaced_by: by }) => [id, by])).toContainEqual([first.id, null]);
    await house.ready(orderId);
    const third = await house.when(orderId, buyer, 'purchase_contract', ({ version, state }) => version === 3 && state === 'issued');
    expect(third).toMatchObject({ number: first.number, replaces: first.id });
  }, 60_000);
});

describe('a paper that everybody has signed and whose signed copy can’t be written', () => {
  const signed = async () => {
    const { orderId, document } = await house.contract(buyerId);
    const { id, sha256 } = document;
    await house.query(`update documents.documents set content_hash = repeat('0', 64) where id = $1`, id);
    const sign = async (body: object, headers: Record<string, string>) =>
      (await house.app.call(`/api/v1/documents/${id}/signatures`, { method: 'POST', headers: { ...headers, 'idempotency-key': uuidv7() }, body: { method: 'click', name: 'Lukas Brandstätter', sha256, consent: true, ...body } })).status;
    expect([await sign({}, buyer), await sign({ role: 'seller', method: 'on_paper', name: 'Karl Größmann', note: 'Ordner 3' }, staff)]).toEqual([201, 201]);
    return { orderId, document };
  };

  it('stays issued and signed, says so to the broker’s people, and is tried no more', async () => {
    const { orderId, document } = await signed();
    for (let turn = 0; turn < 2; turn++) expect(await house.app.app.get<SealDocument>(SealDocument).run(document.id)).toBe(false);
    const seen = await house.when(orderId, staff, 'purchase_contract', ({ ended_at: at }) => at !== null);
    expect(seen).toMatchObject({ state: 'issued', complete: true, sha256: document.sha256, signed_sha256: null, problem: 'content_differs' });
    expect(await endings(document.id)).toEqual([{ problem: 'content_differs', state: 'issued' }]);
    expect(await isEverDue(document.id)).toBe(false);
    expect((await house.file(document.id, buyer)).length).toBeGreaterThan(1_000);
    expect(await house.query('select count(*)::int as signatures from documents.signatures where document_id = $1 and evidence_sealed is not null', document.id)).toEqual([{ signatures: 2 }]);
  }, 60_000);

  it('has a next version issued, to be signed anew', async () => {
    const { orderId, document } = await signed();
    await house.app.app.get<SealDocument>(SealDocument).run(document.id);
    expect(await ask(orderId, { kind: 'purchase_contract', replaces: document.id, reason: 'no signed copy' })).toBe(202);
    expect(await house.when(orderId, buyer, 'purchase_contract', ({ version, state }) => version === 2 && state === 'issued')).toMatchObject({ number: document.number, replaces: document.id, signed_by: [] });
  }, 60_000);
});
