import { createHash } from 'node:crypto';
import { documentIssued, documentSigned } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { SaleStore, WritingDesk } from '../application/ports';
import { agentSale, DocumentsHouse, ownSale, partiesJson } from '../testing/documents-house';
import { attachedXml } from '../testing/read-pdf';

const tenantId = testTenant.id;
const buyerId = uuidv7();
const buyer = asUser({ role: 'buyer', tenantId, id: buyerId });
const staff = asUser({ role: 'agent', tenantId });
const stranger = asUser({ role: 'buyer', tenantId });
const elsewhere = asUser({ role: 'admin', tenantId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4bff' });

let house: DocumentsHouse;
beforeAll(async () => {
  house = await DocumentsHouse.open();
}, 60_000);
afterAll(() => house?.close());

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const post = async (path: string, body: object, headers: Record<string, string>, key = uuidv7()) => {
  const answer = await house.app.call(`/api/v1${path}`, { method: 'POST', body, headers: { ...headers, 'idempotency-key': key } });
  const text = await answer.text();
  const { data, error } = (text.startsWith('{') ? JSON.parse(text) : { data: null, error: null }) as { data: Record<string, unknown>; error: { code: string } | null };
  return { status: answer.status, data, code: error?.code ?? 'ok' };
};
const status = async (path: string, headers: Record<string, string>) => (await house.app.call(`/api/v1${path}`, { headers })).status;

describe('a sale and its papers', () => {
  it('begins with a quote and a mandate in the buyer’s language, each with its number, hash and event', async () => {
    const orderId = house.order();
    const events = await house.app.events('documents');
    await house.enters(orderId, buyerId, 'requested');
    const [quote, mandate] = [await house.when(orderId, buyer, 'quote'), await house.when(orderId, buyer, 'mandate')];
    expect(quote.number).toMatch(/^Q-\d{4}-000001$/u);
    expect(mandate).toMatchObject({ version: 1, language: 'de', signers: ['buyer'], signed_by: [], complete: false, replaces: null });
    const file = await house.file(mandate.id, buyer);
    expect(file.subarray(0, 5).toString()).toBe('%PDF-');
    expect(sha(file)).toBe(mandate.sha256);
    const told = (await events.of(documentIssued)).find(({ data }) => data.kind === 'mandate');
    expect(told).toMatchObject({ key: orderId, tenant_id: tenantId, data: { document_id: mandate.id, order_id: orderId, number: mandate.number, sha256: mandate.sha256, signers: ['buyer'], language: 'de' } });
    expect(JSON.stringify(told)).not.toContain('Brandstätter');
    const audited = await house.app.of('documents').query<{ action: string }>('select action from documents.audit_log where object_id = $1 order by id', [mandate.id]);
    expect(audited.map(({ action }) => action)).toEqual(['document.numbered', 'document.issued']);
    // What is personal lies sealed.
    const rows = await house.app.of('documents').query<{ content_sealed: string }>('select content_sealed from documents.documents where id = $1', [mandate.id]);
    expect(rows[0]?.content_sealed).toMatch(/^v1\.document\./u);
  });

  it('says the same again and issues nothing twice, in whatever order it is heard', async () => {
    const orderId = house.order();
    await house.enters(orderId, buyerId, 'reserved', {}, 2);
    await house.enters(orderId, buyerId, 'requested', {}, 1);
    await house.enters(orderId, buyerId, 'requested', {}, 1);
    await house.when(orderId, buyer, 'mandate');
    await house.when(orderId, buyer, 'quote');
    expect((await house.of(orderId, buyer)).map(({ kind }) => kind).sort()).toEqual(['mandate', 'quote']);
  });

  it('is for its buyer and the broker’s people, and does not exist for anybody else', async () => {
    const orderId = house.order();
    await house.enters(orderId, buyerId, 'requested');
    const { id } = await house.when(orderId, buyer, 'mandate');
    for (const path of [`/documents/${id}`, `/documents/${id}/link`, `/documents/${id}/content`, `/documents/${id}/signatures`]) {
      expect([path, await status(path, stranger), await status(path, elsewhere), await status(path, {})]).toEqual([path, 404, 404, 401]);
    }
    expect([await status(`/orders/${orderId}/documents`, stranger), await status(`/orders/${orderId}/documents`, elsewhere)]).toEqual([404, 404]);
    expect(await status(`/documents/${id}`, staff)).toBe(200);
    const content = await house.app.call(`/api/v1/documents/${id}/content`, { headers: buyer, redirect: 'manual' });
    expect([content.status, content.headers.get('location')?.includes('/api/v1/objects/')]).toEqual([302, true]);
  });

  it('is told in the papers of its steps; the agent invoices its fee and the tax on it', async () => {
    const orderId = house.order();
    const paymentId = uuidv7();
    await house.enters(orderId, buyerId, 'requested');
    await house.enters(orderId, buyerId, 'deposit_held', { payment_id: paymentId });
    await house.enters(orderId, buyerId, 'inspection');
    await house.ready(orderId);
    await house.enters(orderId, buyerId, 'contracted');
    await house.captured(orderId, paymentId, 196_679);
    await house.enters(orderId, buyerId, 'balance_paid');
    await house.enters(orderId, buyerId, 'titling');
    await house.enters(orderId, buyerId, 'delivered');
    for (const kind of ['quote', 'mandate', 'deposit_receipt', 'purchase_contract', 'proforma', 'invoice', 'registration_poa', 'handover_protocol']) await house.when(orderId, staff, kind);
    const invoice = await house.when(orderId, buyer, 'invoice');
    expect(invoice).toMatchObject({ total: { amount: 67_794, currency: 'EUR' }, vat_treatment: 'standard' });
    // An agent's deposit is the seller's money: nothing to invoice of it.
    expect(await house.when(orderId, staff, 'prepayment_invoice', ({ state }) => state === 'withdrawn')).toMatchObject({ number: null, problem: 'nothing_owed' });
    const xml = attachedXml(await house.file(invoice.id, buyer)) ?? '';
    expect(xml).toContain(`<ram:ID>${invoice.number}</ram:ID>`);
    expect(xml).toContain('<ram:GrandTotalAmount>677.94</ram:GrandTotalAmount>');
    expect(xml).toContain('<ram:DuePayableAmount>0.00</ram:DuePayableAmount>');
  });

  it('who sells in its own name invoices the prepayment, the rest, and takes both back', async () => {
    const orderId = house.order({ capacity: 'commissionaire', seller: null });
    const paymentId = uuidv7();
    const events = await house.app.events('documents');
    await house.enters(orderId, buyerId, 'requested', ownSale);
    await house.enters(orderId, buyerId, 'contracted', ownSale);
    await house.captured(orderId, paymentId, 189_900);
    const prepayment = await house.when(orderId, buyer, 'prepayment_invoice');
    expect(prepayment).toMatchObject({ total: { amount: 189_900, currency: 'EUR' } });
    await house.enters(orderId, buyerId, 'balance_paid', ownSale);
    const invoice = await house.when(orderId, buyer, 'invoice');
    expect(invoice.total).toEqual({ amount: 1_899_000, currency: 'EUR' });
    const xml = attachedXml(await house.file(invoice.id, buyer)) ?? '';
    expect(xml).toContain(`<ram:IssuerAssignedID>${prepayment.number}</ram:IssuerAssignedID>`);

    await house.enters(orderId, buyerId, 'cancelled', { ...ownSale, reason: 'withdrawal', fault: 'withdrawal' });
    const credit = await house.when(orderId, buyer, 'credit_note', ({ state, credits }) => state === 'issued' && credits === invoice.id);
    await house.when(orderId, buyer, 'credit_note', ({ state, credits }) => state === 'issued' && credits === prepayment.id);
    expect(credit).toMatchObject({ total: { amount: 1_899_000, currency: 'EUR' }, credits: invoice.id });
    const taken = attachedXml(await house.file(credit.id, buyer)) ?? '';
    expect(taken).toContain('<ram:TypeCode>381</ram:TypeCode>');
    expect(taken).toContain(`<ram:IssuerAssignedID>${invoice.number}</ram:IssuerAssignedID>`);
    // Paper, data and event say one and the same sum.
    const told = (await events.of(documentIssued)).filter(({ data }) => data.total !== undefined).map(({ data }) => [data.kind, data.total?.amount]);
    expect(told).toEqual(expect.arrayContaining([['prepayment_invoice', 189_900], ['invoice', 1_899_000], ['credit_note', 1_899_000], ['credit_note', 189_900]]));
  });

  it('stands after a dispute where it stood before, and an older dispute that is heard late changes nothing', async () => {
    const [orderId, buyer] = [house.order(), uuidv7()];
    const state = async () => (await house.app.app.get<SaleStore>(SaleStore).find(house.app.of('documents'), orderId))?.state;
    await house.settled(orderId, await house.enters(orderId, buyer, 'contracted', {}, 7), await house.resumed(orderId, 'contracted', 9));
    await house.settled(orderId, await house.enters(orderId, buyer, 'disputed', {}, 8));
    expect(await state()).toBe('contracted');
    await house.settled(orderId, await house.enters(orderId, buyer, 'disputed', {}, 10));
    expect(await state()).toBe('disputed');
    await house.settled(orderId, await house.resumed(orderId, 'contracted', 11));
    expect(await state()).toBe('contracted');
  });

  it('an invoice whose price and tax disagree is not issued, takes no number, and says why', async () => {
    const orderId = house.order();
    const price = { ...ownSale.price, lines: [ownSale.price.lines[0], { ...ownSale.price.lines[1], amount: { amount: 303_203, currency: 'EUR' } }] };
    await house.enters(orderId, buyerId, 'balance_paid', { ...ownSale, price });
    const stuck = await house.when(orderId, staff, 'invoice', ({ problem }) => problem !== null);
    expect(stuck).toMatchObject({ state: 'planned', number: null });
    expect(stuck.problem).toContain('303203');
  });
});

it('papers wait for people to say who they are, and are written when they have', async () => {
  const orderId = uuidv7();
  await house.enters(orderId, buyerId, 'requested', agentSale);
  expect(await house.when(orderId, staff, 'mandate', ({ problem }) => problem === 'parties_unknown')).toMatchObject({ state: 'planned', number: null });
  expect(await house.when(orderId, buyer, 'mandate', ({ state }) => state === 'planned')).toMatchObject({ problem: null });
  house.orders.answers.set(orderId, partiesJson(orderId));
  await house.named(orderId, buyerId);
  expect((await house.when(orderId, buyer, 'mandate')).number).not.toBeNull();
});

describe('numbers', () => {
  it('of many invoices at once have no gap and no double', async () => {
    const orders = Array.from({ length: 24 }, () => house.order());
    await Promise.all(orders.map((orderId) => house.enters(orderId, buyerId, 'balance_paid')));
    await Promise.all(orders.map((orderId) => house.when(orderId, staff, 'invoice')));
    const rows = await house.app.of('documents').query<{ number: string }>("select number from documents.documents where kind = 'invoice' and number is not null order by number");
    expect(rows.map(({ number }) => Number(number.slice(-6)))).toEqual(rows.map((_, index) => index + 1));
  }, 120_000);
});

describe('a signature', () => {
  const contractOf = async () => {
    const orderId = house.order();
    await house.enters(orderId, buyerId, 'requested');
    await house.enters(orderId, buyerId, 'inspection');
    await house.ready(orderId);
    return { orderId, contract: await house.when(orderId, buyer, 'purchase_contract') };
  };
  const click = (sha256: string | null, more: object = {}) => ({ method: 'click', name: 'Lukas Brandstätter', sha256, consent: true, ...more });

  it('by click and on paper completes the contract: events, evidence, and a copy that shows both', async () => {
    const { orderId, contract } = await contractOf();
    const events = await house.app.events('documents');
    const { data: before } = await house.app.call(`/api/v1/documents/${contract.id}/signatures`, { headers: buyer }).then(async (answer) => (await answer.json()) as { data: { consent: string; sha256: string; outstanding: string[] } });
    expect(before).toMatchObject({ sha256: contract.sha256, outstanding: ['buyer', 'seller'] });
    expect(before.consent).toContain(`SHA-256 ${contract.sha256}`);

    const path = 'M 10 50 C 40 10 60 90 90 50 L 120 40 Q 150 80 180 30';
    const drawn = await post(`/documents/${contract.id}/signatures`, { ...click(before.sha256), method: 'drawn', drawn: { path, width: 300, height: 100 } }, { ...buyer, 'user-agent': 'A Browser/1' });
    expect([drawn.status, drawn.data.consent]).toEqual([201, before.consent]);
    const paper = await post(`/documents/${contract.id}/signatures`, { ...click(contract.sha256), role: 'seller', method: 'on_paper', name: 'Karl Größmann', note: 'Ordner 3' }, staff);
    expect([paper.status, paper.data.previous_hash]).toEqual([201, drawn.data.evidence_hash]);
    expect((await events.of(documentSigned)).map(({ data }) => [data.role, data.complete, data.signed_by])).toEqual([['buyer', false, buyerId], ['seller', true, expect.any(String)]]);

    const complete = await house.when(orderId, buyer, 'purchase_contract', ({ signed_sha256: signed }) => signed !== null);
    expect(complete).toMatchObject({ complete: true, sha256: contract.sha256 });
    expect(sha(await house.file(contract.id, buyer))).toBe(complete.signed_sha256);
    expect(sha(await house.file(contract.id, buyer, 'original'))).toBe(contract.sha256);
    // Neither the address nor the name lies open.
    const rows = await house.app.of('documents').query<object>('select * from documents.signatures where document_id = $1', [contract.id]);
    expect(JSON.stringify(rows)).not.toMatch(/127\.0\.0\.1|Größmann|A Browser/u);
  }, 60_000);

  it('is refused to whom it is not due, of another file, and twice', async () => {
    const { contract } = await contractOf();
    const sign = (body: object, headers = buyer) => post(`/documents/${contract.id}/signatures`, body, headers);
    expect(await sign(click(contract.sha256), stranger)).toMatchObject({ status: 404, code: 'not_found' });
    expect(await sign(click(contract.sha256), elsewhere)).toMatchObject({ status: 404 });
    expect(await sign(click('0'.repeat(64)))).toMatchObject({ status: 409, code: 'conflict' });
    expect(await sign(click(contract.sha256, { role: 'seller' }))).toMatchObject({ status: 403, code: 'permission_denied' });
    expect(await sign(click(contract.sha256), staff)).toMatchObject({ status: 403 });
    expect(await sign(click(contract.sha256, { method: 'on_paper', note: 'mine' }))).toMatchObject({ status: 403 });
    expect(await sign(click(contract.sha256, { consent: false }))).toMatchObject({ status: 400 });
    // It would read otherwise than it stands, on paper and in the evidence.
    for (const name of ['Lukas\u202eretsim', 'Lukas\nfor somebody else', 'Lukas\u0007']) expect(await sign(click(contract.sha256, { name }))).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(await sign({ ...click(contract.sha256), method: 'drawn', drawn: { path: 'M 1 1 L 2 2"/><script>', width: 300, height: 100 } })).toMatchObject({ status: 400 });
    const key = uuidv7();
    const first = await post(`/documents/${contract.id}/signatures`, click(contract.sha256), buyer, key);
    expect(first.status).toBe(201);
    expect(await post(`/documents/${contract.id}/signatures`, click(contract.sha256), buyer, key)).toEqual(first);
    expect(await sign(click(contract.sha256))).toMatchObject({ status: 409, code: 'already_signed' });
  }, 60_000);

  it('of changed terms is asked for anew: the next version says what it replaces, and the old one can’t be signed', async () => {
    const { orderId, contract } = await contractOf();
    await house.ready(orderId);
    const next = await house.when(orderId, buyer, 'purchase_contract', ({ version, state }) => version === 2 && state === 'issued');
    expect(next).toMatchObject({ number: contract.number, replaces: contract.id });
    expect((await house.of(orderId, buyer)).find(({ id }) => id === contract.id)?.replaced_by).toBe(next.id);
    expect(await post(`/documents/${contract.id}/signatures`, click(contract.sha256), buyer)).toMatchObject({ status: 409 });
    expect(await post(`/documents/${contract.id}/signature-requests`, { role: 'seller', name: 'Karl Größmann', email: 'karl@example.com' }, staff)).toMatchObject({ status: 409, code: 'conflict' });
  }, 60_000);
});

it('who buys records nobody’s signature under it, whoever they are besides', async () => {
  const id = uuidv7();
  const self = asUser({ role: 'agent', tenantId, id });
  const { document } = await house.contract(id);
  const sign = (body: object, headers = self) => post(`/documents/${document.id}/signatures`, { method: 'click', name: 'Lukas Brandstätter', sha256: document.sha256, consent: true, ...body }, headers);
  expect(await sign({ role: 'seller', method: 'on_paper', name: 'Karl Größmann', note: 'mine' })).toMatchObject({ status: 403, code: 'permission_denied' });
  expect([(await sign({})).status, (await sign({ role: 'seller', method: 'on_paper', name: 'Karl Größmann', note: 'Ordner 3' }, staff)).status]).toEqual([201, 201]);
}, 60_000);

it('what a sale was to become is signed by nobody once it has come to nothing; what has happened still is', async () => {
  const [orderId, cancelled] = [house.order(), { reason: 'x', fault: 'buyer' }];
  for (const state of ['requested', 'delivered'] as const) await house.enters(orderId, buyerId, state);
  const [mandate, protocol] = [await house.when(orderId, buyer, 'mandate'), await house.when(orderId, buyer, 'handover_protocol')];
  await house.settled(orderId, await house.enters(orderId, buyerId, 'cancelled', cancelled));
  const sign = ({ id, sha256 }: { readonly id: string; readonly sha256: string | null }) => post(`/documents/${id}/signatures`, { method: 'click', name: 'Lukas Brandstätter', sha256, consent: true }, buyer);
  expect([await sign(mandate), (await sign(protocol)).status]).toEqual([expect.objectContaining({ status: 409, code: 'conflict' }), 201]);
  expect(await post(`/documents/${mandate.id}/signature-requests`, { role: 'buyer', name: 'Lukas Brandstätter', email: 'lukas@example.com' }, staff)).toMatchObject({ status: 409, code: 'conflict' });
}, 60_000);

describe('by hand', () => {
  it('a draft says across its pages that it is one, has no number and leaves no trace', async () => {
    const orderId = house.order();
    await house.enters(orderId, buyerId, 'requested');
    await house.when(orderId, staff, 'mandate');
    const answer = await house.app.call(`/api/v1/orders/${orderId}/documents/preview`, { method: 'POST', body: { kind: 'invoice', language: 'it' }, headers: staff });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(attachedXml(bytes)).toBeNull();
    expect((await house.of(orderId, staff)).some(({ kind }) => kind === 'invoice')).toBe(false);
    expect((await house.app.call(`/api/v1/orders/${orderId}/documents/preview`, { method: 'POST', body: { kind: 'invoice' }, headers: buyer })).status).toBe(403);
  });

  it('an invoice is corrected by another with a number of its own, once, and with a reason', async () => {
    const orderId = house.order();
    await house.enters(orderId, buyerId, 'balance_paid');
    const invoice = await house.when(orderId, staff, 'invoice');
    const correct = (more: object, headers = staff) => post(`/orders/${orderId}/documents`, { kind: 'invoice', replaces: invoice.id, ...more }, headers);
    expect(await correct({})).toMatchObject({ status: 400 });
    expect(await correct({ reason: 'address' }, buyer)).toMatchObject({ status: 403 });
    expect(await correct({ reason: 'address' }, elsewhere)).toMatchObject({ status: 404 });
    expect((await correct({ reason: 'address' })).status).toBe(202);
    const next = await house.when(orderId, staff, 'invoice', ({ version, state }) => version === 2 && state === 'issued');
    expect(next.replaces).toBe(invoice.id);
    expect(next.number).not.toBe(invoice.number);
    expect(attachedXml(await house.file(next.id, staff))).toContain('<ram:TypeCode>384</ram:TypeCode>');
    expect(await correct({ reason: 'again' })).toMatchObject({ status: 409 });
    // The file that was issued is what it was.
    expect(sha(await house.file(invoice.id, staff))).toBe(invoice.sha256);
  }, 60_000);
});

describe('somebody who is forgotten', () => {
  it('keeps what the law keeps, and nothing else can be read', async () => {
    const gone = uuidv7();
    const them = asUser({ role: 'buyer', tenantId, id: gone });
    const orderId = house.order();
    await house.enters(orderId, gone, 'requested');
    await house.enters(orderId, gone, 'balance_paid');
    const [quote, invoice] = [await house.when(orderId, them, 'quote'), await house.when(orderId, them, 'invoice')];
    // While money is held for a sale, it needs its buyer.
    await house.settled(orderId, await house.enters(orderId, gone, 'completed'));
    await house.erased(gone);
    const erased = await house.when(orderId, staff, 'quote', (document) => document.erased);
    expect(erased).toMatchObject({ number: quote.number, sha256: quote.sha256 });
    expect(await status(`/documents/${quote.id}/link`, staff)).toBe(404);
    expect(sha(await house.file(invoice.id, staff))).toBe(invoice.sha256);
    const keys = await house.app.of('documents').query<{ destroyed_at: Date | null }>('select destroyed_at from documents.person_key where person_id = $1', [gone]);
    expect(keys[0]?.destroyed_at).toBeInstanceOf(Date);
  }, 60_000);
});

it('whoever gives a paper its number has the sale first, and then both as they are', async () => {
  const [orderId, db] = [uuidv7(), house.app.of('documents')];
  await house.enters(orderId, buyerId, 'requested', agentSale);
  const { id } = await house.when(orderId, staff, 'mandate', ({ problem }) => problem === 'parties_unknown');
  const desk = house.app.app.get<WritingDesk>(WritingDesk);
  const second = await db.transaction(async (first) => {
    await first.query('select 1 from documents.sales where order_id = $1 for update', [orderId]);
    const waiting = db.transaction((tx) => desk.lock(tx, orderId, id));
    while ((await first.query('select 1 from pg_locks where not granted')).length === 0) await new Promise(setImmediate);
    // It has not the document while it waits for the sale: this would wait for ever.
    await first.query(`update documents.documents set state = 'withdrawn', try_at = null where id = $1`, [id]);
    await first.query(`update documents.sales set version = 7, state = 'cancelled' where order_id = $1`, [orderId]);
    return { waiting };
  });
  expect(await second.waiting).toMatchObject({ sale: { version: 7, state: 'cancelled' }, document: { id, state: 'withdrawn' } });
});
