import { uuidv7 } from '@autobroker/kernel';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { IssueDocument } from '../application/issue-document';
import { type DocumentJson, DocumentsHouse } from '../testing/documents-house';

const tenantId = testTenant.id;
const staff = asUser({ role: 'agent', tenantId });
const elsewhere = asUser({ role: 'admin', tenantId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4bff' });

let house: DocumentsHouse;
beforeAll(async () => {
  house = await DocumentsHouse.open();
}, 60_000);
afterAll(() => house?.close());

interface Answer {
  readonly status: number;
  readonly data: readonly DocumentJson[];
  readonly code: string | null;
  readonly pagination?: { readonly total: number; readonly next_cursor?: string | null };
}
async function list(query: string, headers: Record<string, string> = staff): Promise<Answer> {
  const answer = await house.app.call(`/api/v1/documents${query}`, { headers });
  const { data, meta, error } = (await answer.json()) as { data: DocumentJson[] | null; meta: { pagination?: Answer['pagination'] }; error: { code: string } | null };
  return { status: answer.status, data: data ?? [], code: error?.code ?? null, ...(meta.pagination === undefined ? {} : { pagination: meta.pagination }) };
}
const ids = async (query: string, headers?: Record<string, string>) => (await list(query, headers)).data.map(({ id }) => id);

describe('papers across orders', () => {
  let [ended, missing, whole] = ['', '', ''];
  const [buyerId, orders] = [uuidv7(), new Array<string>()];

  beforeAll(async () => {
    const made: string[] = [];
    for (let count = 0; count < 3; count++) {
      const orderId = house.order();
      await house.settled(orderId, await house.enters(orderId, buyerId, 'balance_paid'));
      made.push((await house.when(orderId, staff, 'invoice')).id);
      orders.push(orderId);
    }
    [ended = '', missing = '', whole = ''] = made;
    await house.app.of('documents').query(`update documents.documents set state = 'numbered', content_hash = repeat('0', 64), object_key = null, sha256 = null, size = null, issued_at = null, try_at = numbered_at where id = $1`, [ended]);
    await house.app.app.get<IssueDocument>(IssueDocument).run(ended);
    await house.app.of('documents').query(`update documents.documents set problem = 'file_missing' where id = $1`, [missing]);
  }, 60_000);

  it('are found by how they stand, of all orders and the latest first', async () => {
    expect(await ids('')).toEqual([whole, missing, ended]);
    expect(await ids('?state=void')).toEqual([ended]);
    expect(await ids('?state=void&state=issued&kind=invoice')).toEqual([whole, missing, ended]);
    expect(await ids('?kind=credit_note')).toEqual([]);
  });

  it('are found by what is wrong with them', async () => {
    expect(await ids('?problem=any')).toEqual([missing, ended]);
    expect(await ids('?problem=none')).toEqual([whole]);
    expect(await ids('?problem=file_missing')).toEqual([missing]);
    expect(await ids('?problem=any&state=issued')).toEqual([missing]);
    const [document] = (await list('?state=void')).data;
    expect(document).toMatchObject({ order_id: orders[0], problem: 'content_differs', ended_at: expect.any(String), replaced_by: null });
  });

  it('tell what has taken their place', async () => {
    const [orderId] = orders;
    await house.app.call(`/api/v1/orders/${orderId}/documents`, { method: 'POST', headers: { ...staff, 'idempotency-key': uuidv7() }, body: { kind: 'invoice', replaces: ended, reason: 'could not be issued' } });
    const next = await house.when(orderId ?? '', staff, 'invoice');
    expect((await list('?state=void')).data).toMatchObject([{ id: ended, replaced_by: next.id }]);
  }, 60_000);

  it('come in pages', async () => {
    const [first, second] = [await list('?kind=invoice&per_page=2'), await list('?kind=invoice&per_page=2&page=2')];
    expect([first.pagination?.total, first.data.length, second.data.length]).toEqual([4, 2, 2]);
    expect(await ids(`?kind=invoice&per_page=2&cursor=${first.pagination?.next_cursor ?? ''}`)).toEqual(second.data.map(({ id }) => id));
    expect((await list(`?kind=proforma&cursor=${first.pagination?.next_cursor ?? ''}`)).code).toBe('invalid_cursor');
    expect((await list('?state=lost')).code).toBe('validation_failed');
  });

  it('are for the broker’s people, and for those of this broker', async () => {
    expect((await list('', asUser({ role: 'buyer', tenantId, id: buyerId }))).code).toBe('permission_denied');
    expect(await list('', elsewhere)).toMatchObject({ status: 200, data: [], pagination: { total: 0 } });
  });
});
