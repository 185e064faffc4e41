import { eventually } from './eventually';
import { OwnPlatform } from './own-platform';
import { goodCard, type Money, SaleDesk } from './sale-desk';

/** The whole of a sale over HTTP: a platform and an outside world of this suite's own, whose clock it may move. */
const world = { SANDBOX: 'on', SANDBOX_CARS: '60', SANDBOX_SEED: 'sale', SCRAPER_IMAGE_HASH_SOURCES: 'none' };
const platform = new OwnPlatform();
let desk: SaleDesk;
beforeAll(async () => {
  desk = new SaleDesk(await platform.start([], world));
}, 180_000);
afterAll(() => platform.dispose());

interface Journal {
  readonly kind: string;
  readonly entries: readonly { readonly account: string; readonly amount: number }[];
}
interface Balances {
  readonly balances: readonly { readonly account: string; readonly balance: Money }[];
}

const vehicleIs = (id: string, status: string) =>
  eventually(`the car to be ${status}`, async () => ((await desk.does<{ status: string }>('agent', 'GET', `/vehicles/${id}`)).status === status ? true : undefined), 30_000);

/** Nothing comes from nowhere: every journal and all of the order's accounts come to zero. */
const expectSound = async (orderId: string): Promise<Record<string, number>> => {
  const journals = await desk.does<readonly Journal[]>('finance', 'GET', `/ledger?order_id=${orderId}&per_page=100`);
  expect(journals.map(({ entries }) => entries.reduce((sum, { amount }) => sum + amount, 0))).toEqual(journals.map(() => 0));
  const { balances } = await desk.does<Balances>('finance', 'GET', `/ledger/orders/${orderId}`);
  expect(balances.reduce((sum, { balance }) => sum + balance.amount, 0)).toBe(0);
  return Object.fromEntries(balances.map(({ account, balance }) => [account, balance.amount]));
};

const expectFiles = async (orderId: string, kinds: readonly string[]): Promise<void> => {
  for (const kind of kinds) {
    const { id } = await desk.paper(orderId, kind);
    expect([kind, (await desk.file('buyer', id)).subarray(0, 5).toString()]).toEqual([kind, '%PDF-']);
  }
};

const holdDeposit = async (orderId: string): Promise<void> => {
  const { id, next_action } = await desk.pays('buyer', orderId, 'deposit', 'card');
  const paid = await desk.stripe.payByCard(next_action?.url ?? '', goodCard);
  expect(paid).toMatchObject({ status: 303, location: expect.stringContaining(id) });
  await desk.becomes(orderId, 'deposit_held');
};

it('goes from the quote to the keys, with every paper, and the money ends where it belongs', async () => {
  const car = await desk.car();
  const { id, price } = await desk.ready('buyer', car);
  expect((await desk.step('buyer', id, 'reserved')).holds_vehicle).toBe(true);
  await vehicleIs(car, 'reserved');
  await holdDeposit(id);

  await desk.does('agent', 'POST', `/orders/${id}/inspection`, { inspector: 'TÜV Rheinland, Köln' });
  await desk.does('agent', 'POST', `/orders/${id}/inspection/report`, { summary: 'As described', passed: true, mileage_km: 48_230, defects: ['stone chip'] });
  await desk.does('buyer', 'POST', `/orders/${id}/inspection/decision`, { decision: 'accept', information_received: true });
  await desk.signs('buyer', id, 'purchase_contract');
  await desk.signs('agent', id, 'purchase_contract', 'seller', 'on_paper');
  await desk.becomes(id, 'contracted');
  const [deposit] = await desk.does<readonly { id: string }[]>('buyer', 'GET', `/orders/${id}/payments`);
  await desk.payment('buyer', deposit?.id ?? '', 'the capture', ({ state, captured }) => state === 'captured' && captured.amount === price.deposit.amount);

  const balance = await desk.pays('buyer', id, 'balance', 'bank_transfer');
  expect([balance.amount, balance.next_action?.type]).toEqual([price.balance, 'bank_transfer']);
  await desk.stripe.transfer(balance.id, 100_000, 'EUR');
  await desk.stripe.transfer(balance.id, price.balance.amount - 100_000, 'EUR');
  await desk.becomes(id, 'balance_paid');

  const now = new Date().toISOString();
  await desk.does('ops', 'POST', `/orders/${id}/registration`, { title_received_at: now, poa_received_at: now });
  await desk.step('ops', id, 'titling');
  await desk.signs('buyer', id, 'registration_poa');
  const { transport } = await desk.does('ops', 'POST', `/orders/${id}/transport-legs`, { carrier: 'Spedition Meyer', from: 'Bonn', to: 'Köln' });
  await desk.does('ops', 'POST', `/orders/${id}/transport-legs/${transport[0]?.id}`, { status: 'accepted', insurance: 'P-4711', pickup_photos: 6 });
  await desk.step('ops', id, 'in_transit');
  await desk.does('ops', 'POST', `/orders/${id}/handover`, { place: 'Köln', at: now, odometer_km: 48_241, keys: 2, papers: ['service book'] });
  await desk.does('buyer', 'POST', `/orders/${id}/handover/acceptance`);
  await desk.step('ops', id, 'delivered');
  await expectFiles(id, ['quote', 'mandate', 'deposit_receipt', 'purchase_contract', 'proforma', 'invoice', 'registration_poa', 'handover_protocol']);
  await vehicleIs(car, 'reserved');

  await desk.advance('20d');
  await desk.becomes(id, 'completed', 60_000);
  await vehicleIs(car, 'sold');
  const due = await eventually('the seller to be owed', async () => {
    const rows = await desk.does<readonly { id: string; payee: string; amount: Money }[]>('finance', 'GET', `/payouts?order_id=${id}`);
    return rows.find(({ payee }) => payee === 'seller');
  });
  await desk.does('finance', 'POST', `/payouts/${due.id}/pay`, { bank_reference: 'SEPA 2026-0001' });
  const sums = await expectSound(id);
  expect([sums['buyer_receivable'] ?? 0, sums['deposit_liability'] ?? 0, sums['seller_payable'] ?? 0]).toEqual([0, 0, 0]);
}, 240_000);

it('a buyer who declines a card, pays with another, and then the car: the money goes back and the car is free', async () => {
  const car = await desk.car();
  const { id, price } = await desk.ready('buyer', car);
  await desk.step('buyer', id, 'reserved');
  const { id: paymentId, next_action } = await desk.pays('buyer', id, 'deposit', 'card');
  expect((await desk.stripe.payByCard(next_action?.url ?? '', '4000000000009995')).status).toBe(402);
  await desk.payment('buyer', paymentId, 'the refusal', ({ failure }) => failure?.decline_code === 'insufficient_funds');
  expect((await desk.stripe.payByCard(next_action?.url ?? '', goodCard)).status).toBe(303);
  await desk.becomes(id, 'deposit_held');
  await desk.does('agent', 'POST', `/orders/${id}/inspection`, { inspector: 'TÜV Rheinland, Köln' });
  await desk.does('agent', 'POST', `/orders/${id}/inspection/report`, { summary: 'The gearbox is broken', passed: false });
  await desk.does('buyer', 'POST', `/orders/${id}/inspection/decision`, { decision: 'decline', reason: 'The gearbox' });
  await desk.becomes(id, 'cancelled');
  await eventually('everything to be settled', async () => ((await desk.ask('buyer', 'GET', `/orders/${id}`)).data.cancellation?.closed_at ?? undefined), 30_000);
  await vehicleIs(car, 'available');
  await expectSound(id);

  // And once more after the contract, when the deposit was taken: all of it comes back, for the fault is the seller's.
  const again = await desk.ready('buyer', car);
  await desk.step('buyer', again.id, 'reserved');
  await holdDeposit(again.id);
  await desk.does('buyer', 'POST', `/orders/${again.id}/inspection/waiver`, { information_received: true });
  await desk.signs('buyer', again.id, 'purchase_contract');
  await desk.signs('agent', again.id, 'purchase_contract', 'seller', 'on_paper');
  await desk.becomes(again.id, 'contracted');
  const [deposit] = await desk.does<readonly { id: string }[]>('buyer', 'GET', `/orders/${again.id}/payments`);
  await desk.payment('buyer', deposit?.id ?? '', 'the capture', ({ captured }) => captured.amount === price.deposit.amount);
  await desk.step('agent', again.id, 'cancelled', { reason: 'The seller has no title', fault: 'seller' });
  const closed = await eventually('everything to be settled', async () => {
    const { data } = await desk.ask('buyer', 'GET', `/orders/${again.id}`);
    return data.cancellation?.closed_at == null ? undefined : data;
  }, 30_000);
  expect(closed.cancellation?.retain.amount).toBe(0);
  await vehicleIs(car, 'available');
  const sums = await expectSound(again.id);
  expect([sums['buyer_receivable'] ?? 0, sums['deposit_liability'] ?? 0]).toEqual([0, 0]);
}, 240_000);

it('a car of the market is held once its offer was looked at again, and nobody else can have it then', async () => {
  const found = await eventually('a car of the market that can be bought at once', async () => {
    const cars = await desk.does<readonly { id: string }[]>('buyer', 'GET', '/vehicles?source=autoscout24&source=mobile-de&currency=EUR&status=available&per_page=20');
    for (const { id } of cars) if ((await desk.quote('buyer', id)).status === 201) return id;
    return undefined;
  }, 120_000);
  const [mine, theirs] = [await desk.ready('buyer', found), await desk.ready('scout', found)];
  const reserved = await desk.step('buyer', mine.id, 'reserved');
  expect(reserved).toMatchObject({ state: 'reserved', holds_vehicle: true, listing_id: expect.any(String) });
  await vehicleIs(found, 'reserved');
  expect((await desk.ask('scout', 'POST', `/orders/${theirs.id}/transitions`, { to: 'reserved' })).code).toBe('vehicle_unavailable');
  await desk.step('buyer', mine.id, 'cancelled');
  // Orders hear from the catalogue that the car is free a moment after it is.
  const next = await eventually('the car to be free for the next', async () => {
    const { status, data } = await desk.ask('scout', 'POST', `/orders/${theirs.id}/transitions`, { to: 'reserved' });
    return status === 200 ? data : undefined;
  });
  expect(next.holds_vehicle).toBe(true);
}, 240_000);

/** One of the cars that a fresh installation shows, which can be bought at once. */
const demoCar = (stock: 'private' | 'shared', sources: string): Promise<string> =>
  eventually(`a car of the demo that can be bought (${stock})`, async () => {
    const cars = await desk.does<readonly { id: string }[]>('buyer', 'GET', `/vehicles?stock=${stock}${sources}&currency=EUR&status=available&per_page=20`);
    for (const { id } of cars) if ((await desk.quote('buyer', id)).status === 201) return id;
    return undefined;
  }, 60_000);

it('a car of the demo can be bought: of the broker’s own stock at once, another when somebody has asked its seller', async () => {
  const { id } = await desk.ready('buyer', await demoCar('private', ''));
  await desk.step('buyer', id, 'reserved');
  await holdDeposit(id);
  // Not every car of it has a number.
  const waiver = await desk.ask('buyer', 'POST', `/orders/${id}/inspection/waiver`, { information_received: true });
  if (waiver.code === 'vin_missing') {
    await desk.does('agent', 'POST', `/orders/${id}/vin`, { vin: 'WVWZZZCDZMW012399' });
    await desk.does('buyer', 'POST', `/orders/${id}/inspection/waiver`, { information_received: true });
  }
  await desk.signs('buyer', id, 'purchase_contract');
  await desk.signs('agent', id, 'purchase_contract', 'seller', 'on_paper');
  await desk.becomes(id, 'contracted');

  const strangers = await demoCar('shared', '&source=autoscout&source=mobile');
  const vouched = await desk.ready('buyer', strangers, { vouched: true });
  expect(await desk.step('buyer', vouched.id, 'reserved')).toMatchObject({ state: 'reserved', listing_id: expect.any(String) });
}, 240_000);

it('of ten orders for one car that reserve it at once, one has it', async () => {
  const car = await desk.car();
  const roles = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? 'buyer' : 'scout'));
  const orders = await Promise.all(roles.map((role) => desk.ready(role, car)));
  const answers = await Promise.all(orders.map(({ id }, index) => desk.ask(roles[index] ?? '', 'POST', `/orders/${id}/transitions`, { to: 'reserved' })));
  const outcomes = answers.map(({ status, code }) => `${status} ${code ?? ''}`.trim()).toSorted();
  expect(outcomes).toEqual(['200', ...Array.from({ length: 9 }, () => '409 vehicle_unavailable')]);
  await vehicleIs(car, 'reserved');
}, 240_000);
