// What can become of a sale, told as it happens. Every line is something that the platform has answered.
import { CommandError } from '../lib.mjs';
import { eventually, party } from './desk.mjs';

const good = '4242424242424242';
const refused = '4000000000009995';
const disputed = '4000000000000259';

const money = ({ amount, currency }) => new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount / 100);
/** The car's mileage and a little more. */
const driven = ({ vehicle }, more) => (vehicle?.mileage_km ?? 50_000) + more;
const nowIso = () => new Date().toISOString();

export const makeStories = ({ desk, say, keep }) => {
  let cars = 0;
  const stockCar = async () => {
    cars += 1;
    const car = await desk.post('agent', '/vehicles', {
      make: 'Volkswagen',
      model: 'Golf',
      year: 2021,
      first_registration: '2021-03-15',
      mileage: { value: 48_000 + Math.floor(Math.random() * 2_000), unit: 'km' },
      fuel: 'petrol',
      vin: 'WVWZZZCDZMW012345',
      owners_count: 1,
      location: { city: 'Köln', country: 'DE' },
      price: { amount: 1_799_000 + cars * 10_000, currency: 'EUR' },
    });
    return car.id;
  };

  const quoted = (vehicleId, by, more) =>
    eventually(`a quote for ${vehicleId}`, async () => {
      const { status, data, code, detail } = await desk.ask(by, 'POST', '/quotes', { vehicle_id: vehicleId, destination: { country: 'DE' }, accept_ranges: true, ...more });
      // Pricing hears of a new car a moment after the catalogue.
      return status === 201 ? data : code === 'not_found' ? undefined : { refused: `${code}: ${detail}` };
    });

  const placed = async (quote) => {
    const order = await desk.post('buyer', '/orders', { quote: quote.token, locale: 'de', buyer: party('Erika Mustermann', 'Köln') });
    say(`The buyer takes the quote: order ${order.number}, ${money(order.price.total)}, of which ${money(order.price.deposit)} is the deposit.`);
    const { etag } = await desk.ask('agent', 'GET', `/orders/${order.id}`);
    await desk.does('agent', 'PUT', `/orders/${order.id}/seller`, party('Bernd Beispiel', 'Bonn'), { 'if-match': etag });
    const mandate = await desk.signs('buyer', order.id, 'mandate');
    say(`The broker's mandate ${mandate.number} is written in German, and the buyer signs it.`);
    return order;
  };

  const reserve = async (order) => {
    const why = await eventually('the car to be free to reserve', async () => {
      const { status, code, data } = await desk.ask('buyer', 'POST', `/orders/${order.id}/transitions`, { to: 'reserved' });
      if (status === 200) return data;
      // The signature and the look at the offer arrive as events.
      return code === 'transition_not_allowed' || code === 'offer_unchecked' ? undefined : { refused: code };
    });
    if (why.refused === undefined) say('The car is reserved: nobody else can have it now.');
    return why.refused;
  };

  const hold = async (order, card = good) => {
    const payment = await desk.pays(order.id, 'deposit', 'card');
    await desk.stripe.card(payment.next_action.url, card);
    await desk.becomes(order.id, 'deposit_held');
    say(`The deposit is held on the buyer's card, on Stripe's own page; the webhook came and was checked at Stripe.`);
    return payment;
  };

  const begin = async ({ vehicleId, by = 'buyer', quote: more = {} } = {}) => {
    const quote = await quoted(vehicleId ?? (await stockCar()), by, more);
    if (quote.refused !== undefined) throw new CommandError(`No quote: ${quote.refused}`);
    const order = await placed(quote);
    await reserve(order);
    return order;
  };

  const contract = async (order) => {
    await desk.post('buyer', `/orders/${order.id}/inspection/waiver`, { information_received: true });
    await sign(order);
  };
  const sign = async (order) => {
    const paper = await desk.signs('buyer', order.id, 'purchase_contract');
    await desk.signs('agent', order.id, 'purchase_contract', 'seller');
    await desk.becomes(order.id, 'contracted');
    say(`Both have signed the contract ${paper.number}; the deposit is taken and the sale stands in the books.`);
  };

  const payBalance = async (order, method) => {
    const payment = await desk.pays(order.id, 'balance', method);
    if (method === 'card') await desk.stripe.card(payment.next_action.url, good);
    else await desk.stripe.transfer(payment.id, payment.amount);
    await desk.becomes(order.id, 'balance_paid');
    const invoice = await desk.paper(order.id, 'invoice');
    say(`The balance of ${money(payment.amount)} has come by ${method === 'card' ? 'card' : 'bank transfer'}; invoice ${invoice.number} is out.`);
  };

  const deliver = async (order) => {
    await desk.post('ops', `/orders/${order.id}/registration`, { title_received_at: nowIso(), poa_received_at: nowIso() });
    await desk.step('ops', order.id, 'titling');
    await desk.signs('buyer', order.id, 'registration_poa');
    say('Title and power of attorney are here; the car is being registered.');
    const { transport } = await desk.post('ops', `/orders/${order.id}/transport-legs`, { carrier: 'Spedition Meyer', from: 'Bonn', to: 'Köln' });
    await desk.post('ops', `/orders/${order.id}/transport-legs/${transport[0].id}`, { status: 'accepted', insurance: 'P-4711', pickup_photos: 6 });
    await desk.step('ops', order.id, 'in_transit');
    say('The carrier has it, insured and photographed.');
    await desk.post('ops', `/orders/${order.id}/handover`, { place: 'Köln', at: nowIso(), odometer_km: driven(order, 12), keys: 2, papers: ['service book'] });
    await desk.post('buyer', `/orders/${order.id}/handover/acceptance`);
    const delivered = await desk.step('ops', order.id, 'delivered');
    say(`Two keys change hands; it is the buyer's car. Unless something is wrong the sale is complete on ${delivered.due_at.slice(0, 10)}.`);
  };

  const givenBack = async (order) => {
    const { cancellation } = await desk.closed(order.id);
    const { balances } = await desk.get('finance', `/ledger/orders/${order.id}`);
    const sum = balances.reduce((all, { balance }) => all + balance.amount, 0);
    say(`Everything is given back but ${money(cancellation.retain)}; the order's accounts come to ${sum}.`);
  };
  const isFree = async (order) => {
    await eventually('the car to be free', async () => (await desk.get('agent', `/vehicles/${order.vehicle_id}`)).status === 'available');
    say('The car is free again.');
  };

  /** An offer that a source has and that can be bought at once, or a car of the broker's own. */
  const search = async () => {
    const found = await desk.get('buyer', '/vehicles?source=autoscout24&source=mobile-de&country=DE&currency=EUR&price_max=4000000&status=available&sort=-year&per_page=20');
    say(`The buyer looks for a car in Germany for at most €40,000: ${found.length} are on the first page.`);
    for (const car of found) {
      const quote = await quoted(car.id, 'buyer', {});
      if (quote.refused !== undefined) continue;
      const order = await placed(quote);
      say(`The offer for the ${car.year} ${car.make} ${car.model} is looked at once more at its source.`);
      const refusal = await reserve(order);
      if (refusal === undefined) return order;
      say(`It can't be reserved (${refusal}); the next one.`);
      await desk.step('buyer', order.id, 'cancelled', { reason: 'Not to be had' });
    }
    say('None of them can be bought at once; the broker has one of their own.');
    return begin();
  };

  return {
    async sale() {
      const order = await search();
      await hold(order);
      await desk.post('agent', `/orders/${order.id}/inspection`, { inspector: 'TÜV Rheinland, Köln' });
      await desk.post('agent', `/orders/${order.id}/inspection/report`, { summary: 'As described', passed: true, mileage_km: driven(order, 3), defects: ['stone chip'] });
      await desk.post('buyer', `/orders/${order.id}/inspection/decision`, { decision: 'accept', information_received: true });
      say('It is inspected, a stone chip is found, and the buyer takes it as it is.');
      await sign(order);
      await payBalance(order, 'bank_transfer');
      await deliver(order);
      await keep(order, ['quote', 'mandate', 'deposit_receipt', 'purchase_contract', 'proforma', 'invoice', 'registration_poa', 'handover_protocol']);
      return order;
    },

    async decline() {
      const order = await begin();
      const payment = await desk.pays(order.id, 'deposit', 'card');
      await desk.stripe.card(payment.next_action.url, refused);
      const { failure } = await desk.payment(payment.id, 'the refusal', (one) => one.failure !== null);
      say(`The bank declines the card (${failure.decline_code}). The order stays reserved, the page stays open.`);
      await desk.stripe.card(payment.next_action.url, good);
      await desk.becomes(order.id, 'deposit_held');
      await desk.post('agent', `/orders/${order.id}/inspection`, { inspector: 'TÜV Rheinland, Köln' });
      await desk.post('agent', `/orders/${order.id}/inspection/report`, { summary: 'The gearbox is broken', passed: false });
      await desk.post('buyer', `/orders/${order.id}/inspection/decision`, { decision: 'decline', reason: 'The gearbox' });
      say('Another card is good. The inspection finds a broken gearbox, and the buyer declines the car.');
      await givenBack(order);
      await isFree(order);
      await keep(order, ['deposit_receipt']);
    },

    async expiry() {
      const order = await begin();
      await desk.advance('31m');
      await desk.becomes(order.id, 'cancelled');
      say('Half an hour passes and nobody pays: the reservation ends by itself.');
      await isFree(order);
    },

    async cancellation() {
      const order = await begin();
      await hold(order);
      await contract(order);
      await payBalance(order, 'card');
      await desk.step('agent', order.id, 'cancelled', { reason: 'The seller has no title', fault: 'seller' });
      say(`The seller turns out to have no title: the broker cancels, and the fault is the seller's.`);
      await givenBack(order);
      const note = await desk.paper(order.id, 'credit_note');
      say(`Credit note ${note.number} takes the invoice back.`);
      await isFree(order);
      await keep(order, ['invoice', 'credit_note']);
    },

    async withdrawal() {
      const order = await begin({ by: 'agent', quote: { seller_kind: 'dealer_margin', buyer_id: (await desk.get('buyer', '/me')).id } });
      await hold(order);
      await contract(order);
      await payBalance(order, 'card');
      await deliver(order);
      const { withdrawal } = await desk.post('buyer', `/orders/${order.id}/withdrawal`, { odometer_km: driven(order, 20) });
      await desk.post('buyer', `/orders/${order.id}/withdrawal/${withdrawal.id}/confirm`);
      say('The seller was a dealer, so the buyer may give the car back within 14 days: declared, then confirmed.');
      await desk.post('agent', `/orders/${order.id}/withdrawal/${withdrawal.id}/return`, { odometer_km: driven(order, 20), photos: 8 });
      say('The car is back and was looked at: nothing is kept, and the money goes back.');
      await givenBack(order);
      await keep(order, ['invoice', 'handover_protocol', 'credit_note']);
    },

    async dispute() {
      const order = await begin();
      await hold(order, disputed);
      await contract(order);
      await desk.becomes(order.id, 'disputed');
      const [dispute] = await desk.get('finance', `/disputes?order_id=${order.id}`);
      say(`The card's owner calls the payment ${dispute.reason}: the bank takes ${money(dispute.taken_back)} back, and the order stops.`);
      await desk.post('finance', `/disputes/${dispute.id}/evidence`, { statement: 'winning_evidence' });
      await eventually('the bank to decide', async () => (await desk.get('finance', `/disputes/${dispute.id}`)).status === 'won');
      await desk.becomes(order.id, 'contracted');
      say('The evidence pack goes out, the bank decides for the broker, and the order goes on where it stood.');
      await keep(order, ['purchase_contract']);
    },
  };
};
