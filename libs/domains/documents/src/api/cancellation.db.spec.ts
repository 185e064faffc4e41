import { uuidv7 } from '@autobroker/kernel';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { IssueDocument } from '../application/issue-document';
import { PlanDocuments } from '../application/plan-documents';
import { DocumentsHouse, ownSale, partiesJson } from '../testing/documents-house';

const tenantId = testTenant.id;
const staff = asUser({ role: 'agent', tenantId });
const ended = { ...ownSale, reason: 'withdrawal', fault: 'withdrawal' };

let house: DocumentsHouse;
beforeAll(async () => {
  house = await DocumentsHouse.open();
}, 60_000);
afterAll(() => house?.close());

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly number: string | null;
  readonly replaces: string | null;
  readonly credits: string | null;
  readonly payable: number | null;
}
const papers = (orderId: string): Promise<Row[]> =>
  house.app.of('documents').query<Row>(
    `select id, kind, state, number, replaces, context ->> 'credits' as credits, (figures ->> 'total')::int + (figures ->> 'rounding')::int as payable
       from documents.documents where order_id = $1 order by id`,
    [orderId],
  );

/** Whatever came in whatever order: nothing waits, and each invoice that stands is taken back once, to the cent. */
async function expectNothingOwed(orderId: string, order: string): Promise<number> {
  const all = await papers(orderId);
  expect([order, all.filter(({ state }) => state === 'planned' || state === 'numbered')]).toEqual([order, []]);
  const replaced = new Set(all.filter(({ state }) => state !== 'withdrawn').map(({ replaces }) => replaces));
  const standing = all.filter(({ id, kind, state }) => (kind === 'invoice' || kind === 'prepayment_invoice') && state === 'issued' && !replaced.has(id));
  const credits = all.filter(({ kind, state }) => kind === 'credit_note' && state === 'issued');
  expect([order, credits.map(({ credits: id, payable }) => [id, payable]).sort()]).toEqual([order, standing.map(({ id, payable }) => [id, payable]).sort()]);
  return standing.length;
}

const permutations = <T>(of: readonly T[]): T[][] => (of.length < 2 ? [[...of]] : of.flatMap((first, index) => permutations(of.filter((_, other) => other !== index)).map((rest) => [first, ...rest])));

type Step = 'contracted' | 'captured' | 'balance_paid' | 'cancelled';
const say = (orderId: string, buyerId: string, step: Step): Promise<string> =>
  step === 'captured' ? house.captured(orderId, orderId, 189_900) : house.enters(orderId, buyerId, step, step === 'cancelled' ? ended : ownSale, { contracted: 1, balance_paid: 2, cancelled: 3 }[step]);
const orders = permutations<Step>(['contracted', 'captured', 'balance_paid', 'cancelled']);
const known = () => house.order({ capacity: 'commissionaire', seller: null });

describe('a sale that comes to nothing, its events heard in whatever order', () => {
  it.each([
    ['one after the other in each of 24 orders, its papers issued between', true],
    ['all at once in some of them', false],
  ])('%s: what was invoiced is taken back, and nothing is invoiced after', async (_, waits) => {
    const found = await Promise.all(
      orders.filter((_steps, index) => waits || index % 4 === 0).map(async (steps) => {
        const [orderId, buyerId] = [known(), uuidv7()];
        const said: string[] = [];
        for (const step of steps) {
          said.push(await say(orderId, buyerId, step));
          // What comes before its order is known waits for it.
          if (waits && (step !== 'captured' || said.length > 1)) await house.settled(orderId, ...said);
        }
        await house.settled(orderId, ...said);
        return expectNothingOwed(orderId, steps.join(' '));
      }),
    );
    if (waits) expect(found.some((count) => count === 2)).toBe(true);
  }, 120_000);
});

describe('what is under way when a sale comes to nothing', () => {
  const invoiced = async () => {
    const [orderId, buyerId] = [known(), uuidv7()];
    await house.settled(orderId, await house.enters(orderId, buyerId, 'balance_paid', ownSale));
    const invoice = await house.when(orderId, staff, 'invoice');
    return { orderId, buyerId, invoice };
  };
  const ask = async (orderId: string, body: object) => (await house.app.call(`/api/v1/orders/${orderId}/documents`, { method: 'POST', body, headers: { ...staff, 'idempotency-key': uuidv7() } })).status;

  it('a correction that has no number yet: it falls away, and the invoice that it was to replace is taken back', async () => {
    const { orderId, buyerId, invoice } = await invoiced();
    const answer = house.orders.answers.get(orderId) ?? {};
    // Nobody says who the parties are: the correction stays a plan.
    house.orders.answers.delete(orderId);
    expect(await ask(orderId, { kind: 'invoice', replaces: invoice.id, reason: 'address' })).toBe(202);
    await house.when(orderId, staff, 'invoice', ({ version, problem }) => version === 2 && problem === 'parties_unknown');
    house.orders.answers.set(orderId, answer);
    await house.settled(orderId, await house.enters(orderId, buyerId, 'cancelled', ended));
    expect(await house.when(orderId, staff, 'invoice', ({ version }) => version === 2)).toMatchObject({ state: 'withdrawn', number: null });
    expect(await expectNothingOwed(orderId, 'a planned correction')).toBe(1);
  }, 60_000);

  it('an invoice that was planned where the end was not seen: it gets no number', async () => {
    const { orderId, buyerId } = await invoiced();
    await house.settled(orderId, await house.enters(orderId, buyerId, 'cancelled', ended));
    const { app } = house.app;
    const id = await house.app.of('documents').transaction((tx) => app.get<PlanDocuments>(PlanDocuments).plan(tx, { tenantId, orderId, buyerId, kind: 'prepayment_invoice', occasion: 'late', language: 'de' }, house.app.clock.now()));
    expect(await app.get<IssueDocument>(IssueDocument).run(id ?? '')).toBe('withdrawn');
    expect(await expectNothingOwed(orderId, 'a late plan')).toBe(1);
  }, 60_000);

  it('nothing is invoiced by hand after it, and what is taken back is neither corrected nor taken back again', async () => {
    const { orderId, buyerId, invoice } = await invoiced();
    expect(await ask(orderId, { kind: 'credit_note', credits: invoice.id, reason: 'wrong' })).toBe(202);
    await house.when(orderId, staff, 'credit_note');
    expect(await ask(orderId, { kind: 'invoice', replaces: invoice.id, reason: 'address' })).toBe(409);
    expect(await ask(orderId, { kind: 'credit_note', credits: invoice.id, reason: 'again' })).toBe(409);
    await house.settled(orderId, await house.enters(orderId, buyerId, 'cancelled', ended));
    expect(await ask(orderId, { kind: 'invoice' })).toBe(409);
    expect(await ask(orderId, { kind: 'handover_protocol' })).toBe(202);
    await house.when(orderId, staff, 'handover_protocol');
    expect(await expectNothingOwed(orderId, 'by hand')).toBe(1);
  }, 60_000);

  it('an invoice that was corrected is taken back by its correction alone', async () => {
    const { orderId, buyerId, invoice } = await invoiced();
    expect(await ask(orderId, { kind: 'invoice', replaces: invoice.id, reason: 'address' })).toBe(202);
    const next = await house.when(orderId, staff, 'invoice', ({ version, state }) => version === 2 && state === 'issued');
    expect(await ask(orderId, { kind: 'credit_note', credits: invoice.id, reason: 'the old one' })).toBe(409);
    await house.settled(orderId, await house.enters(orderId, buyerId, 'cancelled', ended));
    expect((await papers(orderId)).filter(({ kind }) => kind === 'credit_note').map(({ credits }) => credits)).toEqual([next.id]);
    expect(await expectNothingOwed(orderId, 'corrected')).toBe(1);
  }, 60_000);
});

describe('an invoice and its prepayment', () => {
  it.each([
    ['the prepayment first', ['captured', 'balance_paid'] as const, ['prepayment_invoice', 'invoice']],
    ['the whole first, which says all that there is', ['balance_paid', 'captured'] as const, ['invoice']],
  ])('%s: no cent is invoiced twice', async (_, steps, kinds) => {
    const [orderId, buyerId] = [known(), uuidv7()];
    await house.settled(orderId, await say(orderId, buyerId, 'contracted'));
    for (const step of steps) await house.settled(orderId, await say(orderId, buyerId, step));
    const rows = await house.app.of('documents').query<{ kind: string; prepayments: { gross: number }[] }>(
      `select kind, figures -> 'prepayments' as prepayments from documents.documents where order_id = $1 and figures is not null order by numbered_at, id`,
      [orderId],
    );
    expect(rows.map(({ kind }) => kind)).toEqual(kinds);
    expect(rows.at(-1)?.prepayments.map(({ gross }) => gross)).toEqual(kinds.length === 2 ? [189_900] : []);
    // Taken back together they are what was paid, and not more.
    await house.settled(orderId, await say(orderId, buyerId, 'cancelled'));
    const due = await house.app.of('documents').query<{ due: number }>(`select (figures ->> 'due')::int as due from documents.documents where order_id = $1 and kind = 'credit_note'`, [orderId]);
    expect(due.reduce((sum, one) => sum + one.due, 0)).toBe(1_899_000);
  }, 60_000);
});

describe('a deposit that was held before its sale came to nothing', () => {
  it.each([
    ['before its receipt is written', 'deposit_held'],
    ['and of the deposit it is heard after it', 'cancelled'],
  ] as const)('%s: there is a receipt, and no other paper of that step', async (_, first) => {
    const [orderId, buyerId] = [uuidv7(), uuidv7()];
    const held = { deposit_held: 3, cancelled: 4 } as const;
    const order = first === 'deposit_held' ? (['deposit_held', 'cancelled'] as const) : (['cancelled', 'deposit_held'] as const);
    const said: string[] = [];
    for (const state of order) said.push(await house.enters(orderId, buyerId, state, state === 'cancelled' ? ended : ownSale, held[state]));
    // Nobody could say until now who takes part, so that nothing was written.
    house.orders.answers.set(orderId, partiesJson(orderId, { capacity: 'commissionaire', seller: null }));
    const named = await house.named(orderId, buyerId);
    // It may still stand as a paper that nobody can be named on, while it is tried again.
    await house.when(orderId, staff, 'deposit_receipt');
    await house.settled(orderId, ...said, named);
    expect((await papers(orderId)).map(({ kind, state }) => [kind, state])).toEqual([['deposit_receipt', 'issued']]);
  }, 60_000);
});
