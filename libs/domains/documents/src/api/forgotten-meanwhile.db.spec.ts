import { documentIssued } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { IssueDocument } from '../application/issue-document';
import { Printer } from '../application/ports';
import { SealDocument } from '../application/seal-document';
import { SweepDocuments } from '../application/sweep-documents';
import { agentSale, type DocumentJson, DocumentsHouse, ownSale, partiesJson } from '../testing/documents-house';
import { attachedXml } from '../testing/read-pdf';

const tenantId = testTenant.id;
const staff = asUser({ role: 'agent', tenantId });

let house: DocumentsHouse;
beforeAll(async () => {
  house = await DocumentsHouse.open();
}, 60_000);
afterAll(() => house?.close());

const issue = (id: string) => house.app.app.get<IssueDocument>(IssueDocument).run(id);
const seal = (id: string) => house.app.app.get<SealDocument>(SealDocument).run(id);
const sweep = () => house.app.app.get<SweepDocuments>(SweepDocuments).run(new AbortController().signal);
const isForgotten = async (personId: string) => (await house.query<{ gone: boolean }>('select destroyed_at is not null as gone from documents.person_key where person_id = $1', personId))[0]?.gone;
const forget = async (personId: string) => {
  const event = await house.erased(personId);
  await house.until('the erasure is heard of', async () => (await house.query('select 1 from documents.inbox where event_id = $1', event)).length > 0);
};

const lookAgain = async (personId: string) => {
  await house.query('update documents.people_to_forget set try_at = asked_at where person_id = $1', personId);
  await sweep();
};

async function filesOf(orderId: string, id: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of house.app.app.get<ObjectStore>(objectStore).list(`documents/${tenantId}/${orderId}/${id}/`)) keys.push(key);
  return keys;
}

/** Somebody's paper, brought back to where it had its number and no file. */
async function numbered(state: 'requested' | 'balance_paid', kind: string) {
  const [person, orderId] = [uuidv7(), house.order()];
  await house.settled(orderId, await house.enters(orderId, person, state));
  const { id } = await house.when(orderId, staff, kind);
  await house.replaceFile(await house.keyOf(id), null);
  await house.query(`update documents.documents set state = 'numbered', object_key = null, sha256 = null, size = null, issued_at = null, try_at = numbered_at where id = $1`, id);
  return { person, orderId, id };
}

/** A contract that both have signed and whose signed copy is still to come. */
async function signed() {
  const person = uuidv7();
  const { orderId, document } = await house.contract(person);
  const sign = (body: object, headers: Record<string, string>) =>
    house.app.call(`/api/v1/documents/${document.id}/signatures`, { method: 'POST', headers: { ...headers, 'idempotency-key': uuidv7() }, body: { method: 'click', name: 'Lukas Brandstätter', sha256: document.sha256, consent: true, ...body } });
  await sign({}, asUser({ role: 'buyer', tenantId, id: person }));
  await sign({ role: 'seller', method: 'on_paper', name: 'Karl Größmann', note: 'Ordner 3' }, staff);
  await house.when(orderId, staff, 'purchase_contract', ({ signed_sha256: sha256 }) => sha256 !== null);
  await house.replaceFile((await house.keyOf(document.id)).replace('.pdf', '-signed.pdf'), null);
  await house.query('update documents.documents set signed_object_key = null, signed_sha256 = null, signed_size = null, try_at = issued_at where id = $1', document.id);
  return { person, orderId, id: document.id };
}

/** An invoice that is out, and what takes it back, which waits for the parties of the order. */
async function plannedCreditNote() {
  const [person, orderId] = [uuidv7(), house.order()];
  await house.settled(orderId, await house.enters(orderId, person, 'balance_paid'));
  const invoice = await house.when(orderId, staff, 'invoice');
  house.orders.answers.delete(orderId);
  await house.settled(orderId, await house.enters(orderId, person, 'cancelled'));
  const { id: creditNote } = await house.when(orderId, staff, 'credit_note', ({ problem }) => problem === 'parties_unknown');
  return { person, orderId, invoice, creditNote };
}

/** The person asks to be forgotten while the page is on its way to the printer. */
function forgottenWhilePrinting(personId: string) {
  const printer = house.app.app.get<Printer>(Printer);
  const print = printer.print.bind(printer);
  return jest.spyOn(printer, 'print').mockImplementationOnce(async (...request) => {
    await forget(personId);
    return print(...request);
  });
}

describe('somebody is forgotten while a paper of theirs is made', () => {
  it('that no law keeps: it is not issued, nobody is told of it, and no file of it stays', async () => {
    const { person, orderId, id } = await numbered('requested', 'quote');
    const events = await house.app.events('documents');
    const printing = forgottenWhilePrinting(person);
    expect(await issue(id)).toBe('void');
    printing.mockRestore();
    expect(await house.when(orderId, staff, 'quote', ({ erased }) => erased)).toMatchObject({ state: 'void', problem: 'person_erased' });
    expect(await filesOf(orderId, id)).toEqual([]);
    expect((await events.of(documentIssued)).filter(({ data }) => data.document_id === id)).toEqual([]);
    // The order service ends what nobody has paid for.
    expect(await isForgotten(person)).toBe(false);
    await house.settled(orderId, await house.enters(orderId, person, 'cancelled'));
    await lookAgain(person);
    expect(await isForgotten(person)).toBe(true);
  }, 60_000);

  it('and the process ends between file and record: the next attempt leaves nothing either', async () => {
    const { person, orderId, id } = await numbered('requested', 'quote');
    await forget(person);
    await house.app.app.get<ObjectStore>(objectStore).put(`documents/${tenantId}/${orderId}/${id}/late.pdf`, Buffer.from('%PDF-1.7'), { contentType: 'application/pdf', immutable: true });
    expect(await issue(id)).toBe('void');
    expect(await filesOf(orderId, id)).toEqual([]);
  }, 60_000);

  it('that no law keeps and that is signed: its signed copy does not stay', async () => {
    const { person, orderId, id } = await signed();
    await house.query(`update documents.documents set kept_until = null where id = $1`, id);
    const printing = forgottenWhilePrinting(person);
    expect(await seal(id)).toBe(false);
    printing.mockRestore();
    expect(await filesOf(orderId, id)).toEqual([]);
    expect(await house.query('select signed_sha256, files_left from documents.documents where id = $1', id)).toEqual([{ signed_sha256: null, files_left: false }]);
  }, 60_000);

  it('that the law keeps: it is issued from what was frozen, and then they are forgotten', async () => {
    const { person, orderId, id } = await numbered('balance_paid', 'invoice');
    await forget(person);
    await sweep();
    expect(await isForgotten(person)).toBe(false);
    // The sweep has asked for it; whoever comes second finds it done.
    expect(await issue(id)).toBe('issued');
    await house.settled(orderId, await house.enters(orderId, person, 'completed'));
    await lookAgain(person);
    expect(await isForgotten(person)).toBe(true);
    expect(await house.query('select 1 from documents.people_to_forget where person_id = $1', person)).toEqual([]);
    const invoice = await house.when(orderId, staff, 'invoice');
    expect([invoice.erased, (await house.file(id, staff)).length > 1_000]).toEqual([false, true]);
  }, 60_000);

  it('that the law keeps and that is signed: its signed copy is written, and then they are forgotten', async () => {
    const { person, orderId, id } = await signed();
    await forget(person);
    expect(await isForgotten(person)).toBe(false);
    expect(await seal(id)).toBe(true);
    await house.settled(orderId, await house.enters(orderId, person, 'completed'));
    await lookAgain(person);
    expect(await isForgotten(person)).toBe(true);
    expect(await filesOf(orderId, id)).toHaveLength(2);
  }, 60_000);

  it.each([
    ['and who it is to is still known', true],
    ['though the order service has forgotten them already', false],
  ])('a credit note that is only planned is issued, and then they are forgotten: %s', async (_, isKnown) => {
    const { person, orderId, invoice, creditNote } = await plannedCreditNote();
    if (isKnown) house.orders.answers.set(orderId, partiesJson(orderId));
    await forget(person);
    expect([await isForgotten(person), (await house.when(orderId, staff, 'credit_note', () => true)).state === 'withdrawn']).toEqual([false, false]);
    await sweep();
    const written = await house.when(orderId, staff, 'credit_note');
    expect(written).toMatchObject({ id: creditNote, credits: invoice.id, erased: false, total: invoice.total });
    const [xml, taken] = await Promise.all([invoice.id, creditNote].map(async (id) => attachedXml(await house.file(id, staff))));
    expect([xml, taken].map((text) => text?.includes('<ram:Name>Lukas Brandstätter</ram:Name>'))).toEqual([true, true]);
    await lookAgain(person);
    expect(await isForgotten(person)).toBe(true);
  }, 60_000);

  it('an invoice that is only planned is issued first as well, and what binds nobody is not', async () => {
    const [person, orderId] = [uuidv7(), uuidv7()];
    await house.settled(orderId, await house.enters(orderId, person, 'requested'), await house.enters(orderId, person, 'balance_paid'));
    house.orders.answers.set(orderId, partiesJson(orderId));
    await forget(person);
    await sweep();
    await house.when(orderId, staff, 'invoice');
    expect((await house.of(orderId, staff)).map(({ kind, state }) => [kind, state])).toEqual(expect.arrayContaining([['invoice', 'issued'], ['quote', 'withdrawn'], ['mandate', 'withdrawn']]));
  }, 60_000);

  it('a voucher that could not be written for two weeks keeps nobody: it is withdrawn', async () => {
    const { person, orderId, creditNote } = await plannedCreditNote();
    await forget(person);
    await house.query('update documents.documents set tries = 64, try_at = null where id = $1', creditNote);
    await lookAgain(person);
    expect(await isForgotten(person)).toBe(true);
    expect(await house.when(orderId, staff, 'credit_note', ({ state }) => state === 'withdrawn')).toMatchObject({ id: creditNote, problem: 'person_erased' });
  }, 60_000);

  it('and that nobody tries any more: they are forgotten all the same, and it ends on record', async () => {
    const { person, orderId, id } = await numbered('balance_paid', 'invoice');
    await house.query('update documents.documents set try_at = null where id = $1', id);
    await house.query(`update documents.sales set state = 'completed' where order_id = $1`, orderId);
    await forget(person);
    expect(await isForgotten(person)).toBe(true);
    expect(await house.when(orderId, staff, 'invoice', ({ state }) => state === 'void')).toMatchObject({ id, problem: 'person_erased' } satisfies Partial<DocumentJson>);
    expect(await house.query(`select after ->> 'problem' as problem from documents.audit_log where object_id = $1 and action = 'document.ended'`, id)).toEqual([{ problem: 'person_erased' }]);
  }, 60_000);
});

it('somebody is forgotten with a contract that nobody has signed, and it goes: it binds nobody', async () => {
  const person = uuidv7();
  const { orderId, document } = await house.contract(person);
  await forget(person);
  expect(await house.when(orderId, staff, 'purchase_contract', ({ erased }) => erased)).toMatchObject({ id: document.id, number: document.number });
  await sweep();
  expect(await filesOf(orderId, document.id)).toEqual([]);
}, 60_000);

describe('somebody is forgotten while money is held for a sale of theirs', () => {
  it.each([
    ['an invoice', 'balance_paid', agentSale],
    ['a prepayment', 'contracted', ownSale],
  ] as const)('and it is cancelled after that: the credit note mirrors %s, and then they are forgotten', async (_, state, sale) => {
    const [person, orderId] = [uuidv7(), house.order(sale === ownSale ? { capacity: 'commissionaire', seller: null } : {})];
    await house.settled(orderId, await house.enters(orderId, person, 'requested', sale), await house.enters(orderId, person, state, sale), ...(state === 'contracted' ? [await house.captured(orderId, uuidv7(), 189_900)] : []));
    const invoice = await house.when(orderId, staff, state === 'contracted' ? 'prepayment_invoice' : 'invoice');
    // The order service has nothing left to say of them.
    house.orders.answers.delete(orderId);
    await forget(person);
    await lookAgain(person);
    expect([await isForgotten(person), (await house.of(orderId, staff)).filter(({ kind, erased }) => kind === 'quote' && !erased)]).toEqual([false, []]);
    await house.settled(orderId, await house.enters(orderId, person, 'cancelled', { ...sale, reason: 'withdrawal', fault: 'withdrawal' }));
    const credit = await house.when(orderId, staff, 'credit_note');
    expect(credit).toMatchObject({ credits: invoice.id, total: invoice.total, erased: false });
    const [xml, taken] = await Promise.all([invoice.id, credit.id].map(async (id) => attachedXml(await house.file(id, staff))));
    const buyerIn = (text: string | null | undefined) => /<ram:BuyerTradeParty>.*?<\/ram:BuyerTradeParty>/su.exec(text ?? '')?.[0];
    expect(buyerIn(taken)).toContain('Schönhauser Allee 12');
    expect(buyerIn(taken)).toBe(buyerIn(xml));
    await lookAgain(person);
    expect(await isForgotten(person)).toBe(true);
    expect(await house.query('select 1 from documents.people_to_forget where person_id = $1', person)).toEqual([]);
  }, 60_000);

  it('and it goes on to its end: its invoice names them, and then they are forgotten', async () => {
    const [person, orderId] = [uuidv7(), house.order()];
    await house.settled(orderId, await house.enters(orderId, person, 'deposit_held'));
    await house.when(orderId, staff, 'deposit_receipt');
    house.orders.answers.delete(orderId);
    await forget(person);
    expect(await isForgotten(person)).toBe(false);
    await house.settled(orderId, await house.enters(orderId, person, 'balance_paid'));
    const { id } = await house.when(orderId, staff, 'invoice');
    expect(attachedXml(await house.file(id, staff))).toContain('<ram:Name>Lukas Brandstätter</ram:Name>');
    await house.settled(orderId, await house.enters(orderId, person, 'completed'));
    await lookAgain(person);
    expect(await isForgotten(person)).toBe(true);
  }, 60_000);

  it('what is asked for when they are forgotten already is withdrawn: nobody can say any more who they were', async () => {
    const [person, orderId] = [uuidv7(), house.order()];
    await house.settled(orderId, await house.enters(orderId, person, 'balance_paid'));
    const { id } = await house.when(orderId, staff, 'invoice');
    await house.settled(orderId, await house.enters(orderId, person, 'completed'));
    house.orders.answers.delete(orderId);
    await forget(person);
    expect(await isForgotten(person)).toBe(true);
    await house.settled(orderId, await house.enters(orderId, person, 'cancelled'));
    expect(await house.when(orderId, staff, 'credit_note', ({ state }) => state === 'withdrawn')).toMatchObject({ credits: id, problem: 'person_erased', number: null });
  }, 60_000);
});
