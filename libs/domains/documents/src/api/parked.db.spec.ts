import { orderEvents } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import { testTenant } from '@autobroker/platform/testing';
import { FollowSales } from '../application/follow-sales';
import { IssueDocument } from '../application/issue-document';
import type { Sale } from '../application/sale';
import { SweepDocuments } from '../application/sweep-documents';
import { DocumentsHouse, ownSale } from '../testing/documents-house';

const tenantId = testTenant.id;

let house: DocumentsHouse;
const refused: string[] = [];
beforeAll(async () => {
  house = await DocumentsHouse.open();
  const issuing = house.app.app.get<IssueDocument>(IssueDocument);
  const run = issuing.run.bind(issuing);
  issuing.run = (...asked: Parameters<IssueDocument['run']>) =>
    run(...asked).catch((error: unknown) => {
      refused.push(String(error));
      throw error;
    });
}, 60_000);
afterAll(() => house?.close());

interface Parked {
  readonly state: string;
  readonly problem: string | null;
  readonly buyer_id: string | null;
}
const db = () => house.app.of('documents');
const invoices = (orderId: string): Promise<Parked[]> => db().query<Parked>(`select state, problem, buyer_id from documents.documents where order_id = $1 and kind = 'prepayment_invoice'`, [orderId]);
const sold = () => house.order({ capacity: 'commissionaire', seller: null });
const contracted = (orderId: string, buyerId: string) => house.enters(orderId, buyerId, 'contracted', ownSale, 1);

describe('a deposit that is heard of before its order', () => {
  it('waits for it without being tried, and is invoiced when it comes; heard twice, once', async () => {
    const [orderId, buyerId] = [sold(), uuidv7()];
    await house.settled(orderId, await house.captured(orderId, orderId, 189_900), await house.captured(orderId, orderId, 189_900));
    expect(await invoices(orderId)).toEqual([{ state: 'planned', problem: 'order_unknown', buyer_id: null }]);
    await house.settled(orderId, await contracted(orderId, buyerId));
    expect(await invoices(orderId)).toEqual([{ state: 'issued', problem: null, buyer_id: buyerId }]);
    expect(refused).toEqual([]);
  }, 60_000);

  it('is asked for by the sweep where the process died that was to ask', async () => {
    const [orderId, buyerId] = [sold(), uuidv7()];
    await house.settled(orderId, await house.captured(orderId, orderId, 189_900));
    // All that its order's first event does, but for what is done after the commit.
    await db().query(
      `insert into documents.sales (order_id, tenant_id, buyer_id, version, state, locale, facts, requested_at, delivered_at, updated_at) values ($1, $2, $3, 1, 'contracted', null, $4, null, null, now())`,
      [orderId, tenantId, buyerId, JSON.stringify(saleOf(orderId, buyerId).facts)],
    );
    await db().query(`update documents.documents set try_at = $2 where order_id = $1`, [orderId, house.app.clock.now()]);
    await house.app.app.get<SweepDocuments>(SweepDocuments).run(new AbortController().signal);
    await house.settled(orderId);
    expect(await invoices(orderId)).toEqual([{ state: 'issued', problem: null, buyer_id: buyerId }]);
    expect(refused).toEqual([]);
  }, 60_000);

  it.each(['order', 'deposit'] as const)('at the same moment, the %s a little earlier: the later one sees it', async (first) => {
    const [orderId, buyerId] = [sold(), uuidv7()];
    const follow = house.app.app.get<FollowSales>(FollowSales);
    const now = house.app.clock.now();
    const hear = {
      order: (tx: Tx) => follow.entered(tx, saleOf(orderId, buyerId), {}, now),
      deposit: (tx: Tx) => follow.depositTaken(tx, tenantId, orderId, { paymentId: orderId, method: 'card', amount: 189_900, at: now.toISOString() }, now),
    };
    const [heard, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const earlier = db().transaction(async (tx) => {
      await hear[first](tx);
      heard.resolve();
      await commit.promise;
    });
    await heard.promise;
    let isOver = false;
    const later = db().transaction((tx) => hear[first === 'order' ? 'deposit' : 'order'](tx)).then(() => (isOver = true));
    const waits = async () => (await house.app.of('documents').query(`select 1 from pg_locks where locktype = 'advisory' and not granted`)).length > 0;
    while (!isOver && !(await waits()));
    commit.resolve();
    await Promise.all([earlier, later]);
    await house.settled(orderId);
    expect(await invoices(orderId)).toEqual([{ state: 'issued', problem: null, buyer_id: buyerId }]);
    expect(refused).toEqual([]);
  }, 60_000);
});

function saleOf(orderId: string, buyerId: string): Sale {
  const { fixture } = orderEvents.contracted;
  const { capacity, seller_kind: sellerKind, price } = orderEvents.contracted.data.parse({ ...fixture, ...ownSale });
  return {
    ...{ orderId, tenantId, buyerId, version: 1, state: 'contracted', locale: null, requestedAt: null, deliveredAt: null },
    facts: { number: `AB-2026-${orderId.slice(-6)}`, capacity, sellerKind, buyerKind: 'private', country: 'DE', region: null, price, tax: null, dueAt: null, cancelReason: null },
  };
}
