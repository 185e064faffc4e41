// One tenant's buyer at work, over HTTP and nothing else; beside them what they do at Stripe's page, which the sandbox plays.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { cardForm } from '../bootstrap/card-form.mjs';
import { askUntil } from '../bootstrap/lib.mjs';

const { Pool } = createRequire(import.meta.url)('undici');

export const buyer = { name: 'Erika Mustermann', kind: 'private', address: { line1: 'Heidestraße 17', postal_code: '51147', city: 'Köln', country: 'DE' } };

const until = (what, ask) => askUntil(what, ask, { withinMs: 120_000, firstMs: 10, factor: 1.4, longestMs: 60 });

export const deskOf = (base, connections) => {
  const pool = new Pool(base, { connections, pipelining: 1 });
  let requests = 0;
  const ask = async (token, method, path, json) => {
    requests += 1;
    const headers = { authorization: `Bearer ${token}`, ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}), ...(json === undefined ? {} : { 'content-type': 'application/json' }) };
    const answer = await pool.request({ method, path: `/api/v1${path}`, headers, body: json === undefined ? null : JSON.stringify(json) });
    const { data, error } = await answer.body.json();
    return { status: answer.statusCode, data, code: error?.code ?? null, detail: error?.detail ?? null };
  };
  /** What has to be let in. */
  const does = async (token, method, path, json) => {
    const { status, data, code, detail } = await ask(token, method, path, json);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status} ${code}: ${detail}`);
    return data;
  };
  return { ask, does, close: () => pool.close(), get requests() { return requests; } };
};

/** Cars of the broker's own stock, one for each sale, as the pricing service knows them. */
export const stock = async (desk, { agent, buyer: asking }, count) => {
  const ids = [];
  let next = 0;
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (next < count) {
      const place = next++;
      const car = await desk.does(agent, 'POST', '/vehicles', {
        make: 'Volkswagen', model: 'Golf', year: 2021, first_registration: '2021-03-15', mileage: { value: 20_000 + place * 7, unit: 'km' }, fuel: 'petrol', owners_count: 1,
        location: { city: 'Köln', country: 'DE' }, price: { amount: 1_500_000 + place * 100, currency: 'EUR' },
      });
      ids[place] = car.id;
    }
  }));
  await until('the last car to be known to pricing', async () => (await desk.ask(asking, 'POST', '/quotes', quoteFor(ids.at(-1)))).status === 201);
  return ids;
};

const quoteFor = (id) => ({ vehicle_id: id, destination: { country: 'DE' }, accept_ranges: true });
export const quote = async (desk, token, vehicleId) => (await desk.does(token, 'POST', '/quotes', quoteFor(vehicleId))).token;

/** Stripe's own page in the sandbox: read, filled in and sent, as a browser would. */
export const stripeOf = (base, connections) => {
  const pool = new Pool(base, { connections, pipelining: 1 });
  const pay = async (url) => {
    const page = await (await pool.request({ method: 'GET', path: new URL(url).pathname })).body.text();
    const { action, body } = cardForm(page, url, '4242424242424242');
    const answer = await pool.request({ method: 'POST', path: action.pathname, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString() });
    await answer.body.dump();
    if (answer.statusCode !== 303) throw new Error(`Stripe's page answered ${answer.statusCode}`);
  };
  return { pay, close: () => pool.close() };
};

/** From the quote to the deposit that is held; says how long each stretch has taken. */
export const sale = async ({ desk, stripe, token, vehicleId }) => {
  const times = [performance.now()];
  const lap = () => times.push(performance.now());
  const order = await desk.does(token, 'POST', '/orders', { quote: await quote(desk, token, vehicleId), locale: 'de', buyer });
  lap();
  const mandate = await until('the mandate', async () => (await desk.ask(token, 'GET', `/orders/${order.id}/documents?kind=mandate`)).data?.find(({ state }) => state === 'issued'));
  lap();
  const { sha256 } = await desk.does(token, 'GET', `/documents/${mandate.id}/signatures`);
  await desk.does(token, 'POST', `/documents/${mandate.id}/signatures`, { role: 'buyer', method: 'click', name: buyer.name, sha256, consent: true });
  lap();
  await until('the car to be reserved', async () => {
    const { status, code, detail } = await desk.ask(token, 'POST', `/orders/${order.id}/transitions`, { to: 'reserved' });
    if (status === 200) return true;
    // The signature arrives as an event.
    if (code !== 'transition_not_allowed') throw new Error(`the reservation was answered with ${status} ${code}: ${detail}`);
    return false;
  });
  lap();
  const { id } = await desk.does(token, 'POST', `/orders/${order.id}/payments`, { leg: 'deposit', method: 'card' });
  lap();
  const { url } = await until('the way to pay', async () => (await desk.does(token, 'GET', `/payments/${id}`)).next_action);
  lap();
  await stripe.pay(url);
  lap();
  const held = await until('the deposit to be held', async () => {
    const now = await desk.does(token, 'GET', `/orders/${order.id}`);
    return now.state === 'deposit_held' && now;
  });
  lap();
  return { paymentId: id, orderId: order.id, deposit: held.price.deposit, ms: performance.now() - times[0], laps: times.slice(1).map((at, index) => at - times[index]) };
};

export const stretches = ['quote and order', 'mandate', 'signature', 'reservation', 'payment begun', 'way to pay', 'paid', 'deposit held'];
