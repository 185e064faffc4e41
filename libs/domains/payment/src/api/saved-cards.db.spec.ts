import { userErased } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { CardVault } from '../application/ports-cards';
import { SavedCards } from '../application/saved-cards';
import { SweepPayments } from '../application/sweep-payments';
import { buyerId, PaymentHouse, type Person } from '../testing/payment-house';

let house: PaymentHouse;
beforeAll(async () => {
  house = await PaymentHouse.start({ work: true });
}, 120_000);
afterAll(() => house?.close());
afterEach(() => house.expectSound());

const good = '4242424242424242';
const asksAlways = '4000002760003184';
/** It can be given, and every charge to it fails. */
const failsLater = '4000000000000341';

const read = (id: string, person: Person = 'buyer') => house.ask(person, 'GET', `/payment-methods/${id}`);
const list = async (person: Person = 'buyer') => (await house.ask(person, 'GET', '/payment-methods')).data.map(({ id }: { id: string }) => id);
const agree = (location: string, outcome = 'complete') => fetch(location, { method: 'POST', body: new URLSearchParams({ outcome }), redirect: 'manual' });

/** A card that the buyer has given on the provider's page. */
async function saved(number: string): Promise<string> {
  const { status, data } = await house.ask('buyer', 'POST', '/payment-methods');
  expect([status, data.state, data.card]).toEqual([201, 'open', null]);
  const { location } = await house.checkout(data.next_action.url, number);
  if (location.includes('/authenticate/')) {
    const back = (await agree(location)).headers.get('location');
    await fetch(back ?? '', { redirect: 'manual' });
  }
  await house.untilSo(() => read(data.id), (answer) => answer.data.state === 'ready');
  return data.id;
}

async function deposit(savedCardId: string) {
  const order = await house.order('reserved');
  await house.known(order);
  const answer = await house.ask('buyer', 'POST', `/orders/${order.id}/payments`, { leg: 'deposit', method: 'card', saved_card_id: savedCardId });
  return { order, answer };
}

describe('a card that a buyer keeps', () => {
  it('is given to the provider on its own page, pays a deposit without the buyer, and is forgotten when they say so', async () => {
    const id = await saved(good);
    const { data, headers } = await read(id);
    expect(data).toMatchObject({ state: 'ready', card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2031 }, next_action: null });
    expect(await list()).toContain(id);

    const { order, answer } = await deposit(id);
    expect(answer).toMatchObject({ status: 202, data: { saved_card_id: id, state: 'created' } });
    expect(await house.until(answer.data.id, 'authorized')).toMatchObject({ authorized: { amount: 196_679 }, next_action: null });
    expect((await house.told(order.id)).map(({ type }) => type)).toEqual(['payment.authorized.v1']);
    await house.advance(order, 'contracted');
    await house.until(answer.data.id, 'captured');

    expect((await house.ask('buyer', 'DELETE', `/payment-methods/${id}`, undefined, { 'if-match': '"1-0"' })).code).toBe('precondition_failed');
    expect((await house.ask('buyer', 'DELETE', `/payment-methods/${id}`, undefined, { 'if-match': headers.get('etag') ?? '' })).status).toBe(204);
    expect([(await read(id)).code, await list()]).toEqual(['not_found', []]);
    const [row] = await house.db.query('select state, method_ref, last4 from payment.saved_cards where id = $1', [id]);
    expect(row).toEqual({ state: 'removed', method_ref: null, last4: null });
    expect((await deposit(id)).answer).toMatchObject({ status: 404, code: 'not_found' });
    expect((await house.db.query<{ action: string }>(`select action from payment.audit_log where object_id = $1 and action like 'saved_card.%' order by at, id`, [id])).map(({ action }) => action)).toEqual(['saved_card.begun', 'saved_card.open', 'saved_card.ready', 'saved_card.removing', 'saved_card.removed']);
  });

  it('of a bank that wants to see its owner leads back to the provider’s page, and is one payment', async () => {
    const { order, answer } = await deposit(await saved(asksAlways));
    const page = await house.page(answer.data.id);
    expect(page).toContain('/c/pay/');
    expect(await house.payment(answer.data.id)).toMatchObject({ state: 'requires_action', failure: null });
    // What the failed attempt has told meanwhile says nothing of the payment.
    const { location } = await house.checkout(page, asksAlways);
    await agree(location);
    await house.until(answer.data.id, 'authorized');
    expect((await house.told(order.id)).map(({ type }) => type)).toEqual(['payment.authorized.v1']);
  });

  it('that its bank declines ends the payment by its reason, and the buyer pays another way', async () => {
    const { order, answer } = await deposit(await saved(failsLater));
    expect(await house.until(answer.data.id, 'failed')).toMatchObject({ failure: { reason: 'declined', decline_code: expect.any(String) }, next_action: null });
    expect(await house.told(order.id)).toMatchObject([{ type: 'payment.failed.v1', data: { reason: 'declined', may_try_again: true } }]);
    const again = await house.ask('buyer', 'POST', `/orders/${order.id}/payments`, { leg: 'deposit', method: 'card', saved_card_id: await saved(good) });
    await house.until(again.data.id, 'authorized');
  });

  it('is nobody else’s to see, to use or to remove, and pays nothing but a deposit', async () => {
    const id = await saved(good);
    for (const person of ['otherBuyer', 'agent', 'admin', 'stranger'] as const) {
      expect([(await read(id, person)).code, await list(person)]).toEqual(['not_found', []]);
      expect((await house.ask(person, 'DELETE', `/payment-methods/${id}`, undefined, { 'if-match': '"3-0"' })).status).toBeGreaterThanOrEqual(403);
    }
    const order = await house.order('reserved');
    await house.known(order);
    const start = (person: Person, body: object) => house.ask(person, 'POST', `/orders/${order.id}/payments`, { leg: 'deposit', method: 'card', saved_card_id: id, ...body });
    expect((await start('agent', {})).status).toBeGreaterThanOrEqual(403);
    expect([(await start('buyer', { method: 'paypal' })).code, (await start('buyer', { leg: 'balance' })).code]).toEqual(['validation_failed', 'validation_failed']);
    expect((await read(id)).data.state).toBe('ready');
  });

  it('that is never given comes to nothing, and one whose end could not be told to the provider is told later', async () => {
    const { data } = await house.ask('buyer', 'POST', '/payment-methods');
    await house.later(2);
    await house.get(SweepPayments).run(new AbortController().signal);
    await house.untilSo(() => read(data.id), (answer) => answer.data.state === 'failed');
    const id = await saved(good);
    await house.db.query(`update payment.saved_cards set state = 'removing', look_at = now() - interval '1 day' where id = $1`, [id]);
    await house.get(SweepPayments).run(new AbortController().signal);
    expect(await house.db.query('select state, method_ref from payment.saved_cards where id = $1', [id])).toEqual([{ state: 'removed', method_ref: null }]);
  });

  it('goes with the person who is forgotten', async () => {
    const id = await saved(good);
    await house.erase({ ...userErased.fixture, user_id: buyerId });
    await house.untilSo(() => read(id), (answer) => answer.code === 'not_found');
    house.clock.advance(120_000);
    await house.get(SweepPayments).run(new AbortController().signal);
    expect(await house.db.query('select state, last4 from payment.saved_cards where id = $1', [id])).toEqual([{ state: 'removed', last4: null }]);
  });

  it('that can’t be asked about holds up no other: not in what is heard, nor in the sweep', async () => {
    const opens = async () => (await house.ask('buyer', 'POST', '/payment-methods')).data.id as string;
    const [broken, gone, good] = [await opens(), await opens(), await opens()];
    const stateAt = async (id: string) => (await house.db.query<{ state: string; late: boolean }>('select state, look_at > $2 as late from payment.saved_cards where id = $1', [id, house.clock.now()]))[0];
    // Stripe has lost one of the sessions; and another can't be read.
    await house.db.query(`update payment.saved_cards set session_ref = 'cs_lost_' || id where id = $1`, [gone]);
    const vault = house.get(CardVault);
    const look = vault.look.bind(vault);
    const broke = jest.spyOn(vault, 'look').mockImplementation((card) => (card.id === broken ? Promise.reject(new Error('unreadable')) : look(card)));
    const refs = (await house.db.query<{ session_ref: string }>('select session_ref from payment.saved_cards where id = any($1)', [[broken, gone, good]])).map(({ session_ref }) => session_ref);
    const heard = await house.get(SavedCards).heard(refs);
    expect([...heard].sort()).toEqual([...refs].sort());
    expect([(await stateAt(broken))?.state, (await stateAt(gone))?.state, (await stateAt(good))?.state]).toEqual(['open', 'failed', 'open']);

    // More that fail than one sweep looks at, all due before the one that does not.
    const many = Array.from({ length: 100 }, () => uuidv7(house.clock.now()));
    await house.db.query(
      `insert into payment.saved_cards select (jsonb_populate_record(c, jsonb_build_object('id', n.id, 'session_ref', 'cs_' || n.id, 'look_at', c.created_at - interval '1 day'))).* from payment.saved_cards c, unnest($1::uuid[]) as n (id) where c.id = $2`,
      [many, good],
    );
    broke.mockImplementation((card) => (many.includes(card.id) || card.id === broken ? Promise.reject(new Error('unreadable')) : Promise.resolve({ status: 'over' })));
    await house.db.query(`update payment.saved_cards set look_at = created_at - interval '1 hour' where id = $1`, [good]);
    for (let turn = 0; turn < 2; turn += 1) await house.get(SavedCards).sweep();
    expect((await stateAt(good))?.state).toBe('failed');
    expect(await stateAt(many[0] ?? '')).toEqual({ state: 'open', late: true });
    broke.mockRestore();
    await house.db.query(`update payment.saved_cards set state = 'failed', look_at = null where id = any($1)`, [[broken, ...many]]);
  });
});
