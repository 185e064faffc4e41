import { createHash } from 'node:crypto';
import { documentSigned } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { asUser, SandboxProcess, testTenant } from '@autobroker/platform/testing';
import { RequestSignatures } from '../application/request-signatures';
import { DocumentsHouse } from '../testing/documents-house';

const tenantId = testTenant.id;
const buyerId = uuidv7();
const buyer = asUser({ role: 'buyer', tenantId, id: buyerId });
const staff = asUser({ role: 'agent', tenantId });
const elsewhere = asUser({ role: 'admin', tenantId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4bff' });

let sandbox: SandboxProcess;
let house: DocumentsHouse;
beforeAll(async () => {
  sandbox = await SandboxProcess.start(50, '2026-11-20T12:00:00Z');
  const { vendors } = JSON.parse(await sandbox.control('vendors')) as { vendors: { slug: string; base_url: string; key?: Record<string, string> }[] };
  const skribble = vendors.find(({ slug }) => slug === 'skribble');
  // By address and key, as a real one is: the platform's clock stays the spec's own.
  house = await DocumentsHouse.open({ SKRIBBLE_API_URL: skribble?.base_url ?? '', SKRIBBLE_USERNAME: skribble?.key?.['username'] ?? '', SKRIBBLE_API_KEY: skribble?.key?.['api_key'] ?? '' });
}, 90_000);
afterAll(async () => {
  await house?.close();
  await sandbox?.stop();
});

interface RequestJson {
  readonly id: string;
  readonly state: string;
  readonly provider_sha256: string | null;
  readonly problem: string | null;
}

const list = async (id: string): Promise<RequestJson[]> => ((await (await house.app.call(`/api/v1/documents/${id}/signature-requests`, { headers: staff })).json()) as { data: RequestJson[] }).data;
const ask = async (id: string, body: object, headers = staff) => {
  const answer = await house.app.call(`/api/v1/documents/${id}/signature-requests`, { method: 'POST', body, headers });
  const { data, error } = (await answer.json()) as { data: RequestJson; error: { code: string } | null };
  return { status: answer.status, data, code: error?.code ?? 'ok' };
};
/** As the schedule does, every minute. */
const follow = (requestId: string) => house.app.app.get<RequestSignatures>(RequestSignatures).follow(requestId);
const opened = (id: string): Promise<RequestJson> => house.until('the service is asked', async () => (await list(id)).find(({ state }) => state === 'open'));
/** Where the signer decides, as the service's letter leads them. */
async function decide(requestId: string, wish: 'sign' | 'decline'): Promise<void> {
  const [row] = await house.app.of('documents').query<{ provider_id: string }>('select provider_id from documents.signature_requests where id = $1', [requestId]);
  const { vendors } = JSON.parse(await sandbox.control('vendors')) as { vendors: { slug: string; base_url: string }[] };
  const base = vendors.find(({ slug }) => slug === 'skribble')?.base_url ?? '';
  await fetch(`${base}/view/any/${row?.provider_id}`, { method: 'POST', body: new URLSearchParams({ do: wish }), redirect: 'manual' });
}
const seller = { role: 'seller', name: 'Karl Größmann', email: 'karl@example.test' };

describe('a seller without an account', () => {
  it('signs through the service; the document is signed once the service says so, and its file is kept', async () => {
    const { orderId, document } = await house.contract(buyerId);
    expect((await ask(document.id, seller)).status).toBe(202);
    const request = await opened(document.id);
    expect(await follow(request.id)).toBe('open');
    expect(await ask(document.id, seller)).toMatchObject({ status: 409, code: 'conflict' });
    const events = await house.app.events('documents');

    await decide(request.id, 'sign');
    expect(await follow(request.id)).toBe('signed');
    expect(await follow(request.id)).toBe('signed');
    expect((await events.of(documentSigned)).map(({ data }) => [data.document_id, data.role, data.signed_by, data.complete])).toEqual([[document.id, 'seller', null, false]]);
    const [done] = await list(document.id);
    expect(done).toMatchObject({ state: 'signed', provider_sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) });
    // Neither the name nor the address of the seller lies open.
    const rows = await house.app.of('documents').query('select * from documents.signature_requests');
    expect(JSON.stringify(rows)).not.toMatch(/karl|Größmann/u);

    const signed = await house.app.call(`/api/v1/documents/${document.id}/signatures`, { method: 'POST', headers: { ...buyer, 'idempotency-key': uuidv7() }, body: { method: 'click', name: 'Lukas Brandstätter', sha256: document.sha256, consent: true } });
    expect(signed.status).toBe(201);
    const complete = await house.when(orderId, buyer, 'purchase_contract', ({ signed_sha256: hash }) => hash !== null);
    expect(createHash('sha256').update(await house.file(document.id, buyer)).digest('hex')).toBe(complete.signed_sha256);
  }, 60_000);

  it('who declines can be asked again', async () => {
    const { document } = await house.contract(buyerId);
    await ask(document.id, seller);
    const request = await opened(document.id);
    await decide(request.id, 'decline');
    expect(await follow(request.id)).toBe('declined');
    expect((await ask(document.id, seller)).status).toBe(202);
  }, 60_000);

  it('who never answers is not waited for for ever, and can be asked again', async () => {
    const { document } = await house.contract(buyerId);
    await ask(document.id, seller);
    const request = await opened(document.id);
    // As after the last turn of its patience.
    await house.app.of('documents').query('update documents.signature_requests set try_at = null where id = $1', [request.id]);
    expect(await follow(request.id)).toBe('withdrawn');
    expect(await list(document.id)).toMatchObject([{ state: 'withdrawn', problem: 'no_answer' }]);
    expect((await ask(document.id, seller)).status).toBe(202);
  }, 60_000);

  it('is not shown a file that is not the document any more', async () => {
    const { document } = await house.contract(buyerId);
    await house.replaceFile(await house.keyOf(document.id), Buffer.from('%PDF-1.7 another'));
    await ask(document.id, seller);
    const [request] = await list(document.id);
    await follow(request?.id ?? '');
    expect(await list(document.id)).toMatchObject([{ state: 'withdrawn', problem: 'file_differs' }]);
  }, 60_000);

  it('is asked by the broker’s people alone, for what they sign', async () => {
    const { document } = await house.contract(buyerId);
    expect([(await ask(document.id, seller, buyer)).status, (await ask(document.id, seller, elsewhere)).status]).toEqual([403, 404]);
    expect(await ask(document.id, { ...seller, role: 'broker' })).toMatchObject({ status: 403 });
    expect(await ask(document.id, { ...seller, email: 'nobody' })).toMatchObject({ status: 400 });
  }, 60_000);
});
