// A buyer and the broker's people at work on one order, each step tried until the order shows that it is done.
import { party } from '../bootstrap/demo/desk.mjs';
import { sleep } from '../bootstrap/lib.mjs';
import { eventually, Refused } from './client.mjs';

/** The order went another way than its buyer meant it to. */
export class Ended extends Error {
  constructor(order, at) {
    super(`the order was ${order.state} (${order.cancellation?.reason ?? order.disputes.at(-1)?.reason ?? 'no reason'}) when ${at}`);
    this.order = order;
  }
}

const over = new Set(['cancelled', 'completed']);
const waiting = new Set(['created', 'unknown', 'requires_action', 'processing']);
/** What a client may be told on its way that the next look settles: another was quicker, or an event is still to come. */
const passing = new Set([404, 409, 412, 428]);

export class Desk {
  refusals = new Map();

  constructor({ client, staff, stripe, paypal, now }) {
    Object.assign(this, { client, staff, stripe, paypal, now });
  }

  order = (id) => this.client.get(this.staff.agent, `/orders/${id}`);

  /** Does something until the order shows it. What is refused meanwhile is looked at again, not for ever. */
  async until(id, what, isDone, act, { afterItsEnd = false } = {}) {
    for (let tries = 0; ; tries += 1) {
      const order = await this.order(id);
      if (isDone(order)) return order;
      if (over.has(order.state) && !afterItsEnd) throw new Ended(order, `it was to be ${what}`);
      try {
        await act(order);
        const after = await this.order(id);
        if (isDone(after)) return after;
      } catch (error) {
        if (!(error instanceof Refused) || !passing.has(error.answer.status)) throw error;
        const name = `${error.answer.status} ${error.answer.code}`;
        this.refusals.set(name, (this.refusals.get(name) ?? 0) + 1);
        if (tries > 120) throw error;
      }
      await sleep(Math.min(3_000, 300 + tries * 100));
    }
  }

  becomes(id, ...states) {
    let last;
    return eventually(`order ${id} to be ${states.join(' or ')}`, async () => {
      last = await this.order(id);
      if (states.includes(last.state)) return last;
      if (over.has(last.state)) throw new Ended(last, `it was to be ${states.join(' or ')}`);
      return undefined;
    });
  }

  /** A car of the broker's own. Asked for under one key, so that there is one of it. */
  async car(number) {
    const { agent } = this.staff;
    const json = {
      make: 'Volkswagen',
      model: 'Golf',
      year: 2021,
      first_registration: '2021-03-15',
      mileage: { value: 40_000 + number * 7, unit: 'km' },
      fuel: 'petrol',
      vin: `WVWZZZCDZMW${String(100_000 + number)}`,
      owners_count: 1,
      location: { city: 'Köln', country: 'DE' },
      price: { amount: 1_499_000 + number * 1_001, currency: 'EUR' },
    };
    const answer = await this.client.ask(agent, 'POST', '/vehicles', json);
    if (answer.status === 201) return answer.data.id;
    if (answer.object !== null) return answer.object.id;
    throw new Refused('POST /vehicles', answer);
  }

  async place(buyer, vehicleId, { by = buyer, ...more } = {}) {
    const quote = await eventually('a quote', async () => {
      const answer = await this.client.ask(by, 'POST', '/quotes', { vehicle_id: vehicleId, destination: { country: 'DE' }, accept_ranges: true, ...more });
      if (answer.status === 201) return answer.data;
      // Pricing hears of a car a moment after the catalogue; a quote whose answer was lost is asked for again.
      if (answer.code === 'not_found' || answer.code === 'idempotency_outcome_unknown') return undefined;
      throw new Refused('POST /quotes', answer);
    });
    const answer = await this.client.ask(buyer, 'POST', '/orders', { quote: quote.token, locale: ['de', 'en', 'it'][Number.parseInt(quote.id.slice(-2), 16) % 3], buyer: party('Erika Mustermann', 'Köln') });
    const id = answer.status === 201 ? answer.data.id : answer.object?.id;
    if (id === undefined) throw new Refused('POST /orders', answer);
    return this.order(id);
  }

  nameSeller = (id) =>
    eventually('the seller to be named', async () => {
      const { etag } = await this.client.ask(this.staff.agent, 'GET', `/orders/${id}`);
      const answer = await this.client.ask(this.staff.agent, 'PUT', `/orders/${id}/seller`, party('Bernd Beispiel', 'Bonn'), { headers: { 'if-match': etag } });
      return answer.status === 200 ? true : undefined;
    });

  papers = async (id) => {
    const answer = await this.client.ask(this.staff.agent, 'GET', `/orders/${id}/documents`);
    return answer.status === 200 ? answer.data : [];
  };

  async signs(who, id, kind, role) {
    const by = role === 'buyer' ? { method: 'click', name: 'Erika Mustermann' } : { method: 'on_paper', name: 'Bernd Beispiel', note: 'Signed at the yard; the paper is in the order’s folder' };
    await eventually(`the ${kind} of ${id} to be signed by the ${role}`, async () => {
      const paper = (await this.papers(id)).findLast((one) => one.kind === kind && one.state !== 'withdrawn');
      if (paper?.signed_by.includes(role)) return true;
      if (paper?.state !== 'issued') {
        const order = await this.order(id);
        if (over.has(order.state)) throw new Ended(order, `its ${kind} was to be signed`);
        return undefined;
      }
      const signing = await this.client.ask(who, 'GET', `/documents/${paper.id}/signatures`);
      if (signing.status !== 200) return undefined;
      const answer = await this.client.ask(who, 'POST', `/documents/${paper.id}/signatures`, { role, sha256: signing.data.sha256, consent: true, ...by });
      if (answer.status !== null && answer.status >= 300 && !passing.has(answer.status)) throw new Refused(`signing the ${kind}`, answer);
      return undefined;
    });
  }

  /** Placed, with its seller named and its mandate signed. */
  async ready(buyer, vehicleId, more) {
    const order = await this.place(buyer, vehicleId, more);
    await this.nameSeller(order.id);
    await this.signs(buyer, order.id, 'mandate', 'buyer');
    return order;
  }

  /** The refusal where somebody else has the car. */
  async reserve(buyer, id, more = {}) {
    let taken = 0;
    try {
      await this.until(id, 'reserved', ({ state }) => state !== 'requested', async () => {
        const answer = await this.client.ask(buyer, 'POST', `/orders/${id}/transitions`, { to: 'reserved', ...more });
        if (answer.code === 'vehicle_unavailable') taken += 1;
        if (taken > 2) throw new Taken();
        if (answer.status !== 200) throw new Refused('reserving', answer);
      });
    } catch (error) {
      if (error instanceof Taken) return 'vehicle_unavailable';
      throw error;
    }
    return null;
  }

  payments = (buyer, id) => this.client.get(buyer, `/orders/${id}/payments`);

  /** A payment of a leg that waits for its buyer; begun once, whatever is heard of it. */
  async begin(buyer, id, leg, method) {
    return eventually(`the way to pay the ${leg} of ${id}`, async () => {
      const known = (await this.payments(buyer, id)).filter((one) => one.leg === leg);
      const open = known.find(({ state }) => waiting.has(state));
      if (open !== undefined) return open.next_action === null ? undefined : open;
      if (known.some(({ state }) => state === 'authorized' || state === 'captured')) return known.at(-1);
      const order = await this.order(id);
      if (over.has(order.state)) throw new Ended(order, `its ${leg} was to be paid`);
      const answer = await this.client.ask(buyer, 'POST', `/orders/${id}/payments`, { leg, method });
      if (answer.status !== null && answer.status >= 300 && !passing.has(answer.status)) throw new Refused(`paying the ${leg}`, answer);
      return undefined;
    });
  }

  /** Pays until the money is there: a page that has closed, or a payment that came to nothing, is followed by another. */
  async pay(buyer, id, leg, method, { card = '4242424242424242', funding = 'balance', parts = 1 } = {}) {
    for (let tries = 0; tries < 12; tries += 1) {
      const payment = await this.begin(buyer, id, leg, method);
      if (method === 'bank_transfer') {
        if (tries === 0) {
          const part = Math.floor(payment.amount.amount / parts);
          for (let nth = 1; nth <= parts; nth += 1) await this.stripe.transfer(payment.id, nth === parts ? payment.amount.amount - part * (parts - 1) : part, payment.amount.currency);
        }
      } else if (payment.next_action?.url != null) {
        if (method === 'card') await this.stripe.payByCard(payment.next_action.url, card);
        else await this.paypal.approve(payment.next_action.url, funding);
      }
      const end = await eventually(`payment ${payment.id} to come to something`, async () => {
        const one = await this.client.get(buyer, `/payments/${payment.id}`);
        return waiting.has(one.state) ? undefined : one;
      });
      if (end.state !== 'failed' && end.state !== 'voided') return end;
    }
    throw new Error(`the ${leg} of ${id} can't be paid`);
  }

  async inspect(buyer, id, { accept = true } = {}) {
    const { agent } = this.staff;
    await this.until(id, 'inspected', (order) => order.inspection?.inspector != null, () => this.client.does(agent, 'POST', `/orders/${id}/inspection`, { inspector: 'TÜV Rheinland, Köln' }));
    await this.until(id, 'reported', (order) => order.inspection?.report != null, () => this.client.does(agent, 'POST', `/orders/${id}/inspection/report`, { summary: accept ? 'As described' : 'The gearbox is broken', passed: accept, mileage_km: 48_230, defects: accept ? ['stone chip'] : [] }));
    if (accept) return this.until(id, 'accepted', (order) => order.inspection?.decision != null, () => this.client.does(buyer, 'POST', `/orders/${id}/inspection/decision`, { decision: 'accept', information_received: true }));
    return this.until(id, 'declined', ({ state }) => state === 'cancelled', () => this.client.does(buyer, 'POST', `/orders/${id}/inspection/decision`, { decision: 'decline', reason: 'The gearbox' }));
  }

  waive = (buyer, id) => this.until(id, 'waived', (order) => order.inspection?.decision != null, () => this.client.does(buyer, 'POST', `/orders/${id}/inspection/waiver`, { information_received: true }));

  async contract(buyer, id) {
    await this.signs(buyer, id, 'purchase_contract', 'buyer');
    const { capacity } = await this.order(id);
    await this.signs(this.staff.agent, id, 'purchase_contract', capacity === 'commissionaire' || capacity === 'dealer' ? 'broker' : 'seller');
    // A disputed card may be disputed at once.
    return this.becomes(id, 'contracted', 'disputed', 'balance_paid');
  }

  async deliver(buyer, id) {
    const { ops } = this.staff;
    const at = async () => (await this.now()).toISOString();
    await this.until(id, 'registered', ({ registration }) => registration.title_received_at !== null && registration.poa_received_at !== null, async () => this.client.does(ops, 'POST', `/orders/${id}/registration`, { title_received_at: await at(), poa_received_at: await at() }));
    await this.until(id, 'titling', ({ state }) => state !== 'balance_paid', () => this.client.does(ops, 'POST', `/orders/${id}/transitions`, { to: 'titling' }));
    await this.signs(buyer, id, 'registration_poa', 'buyer');
    await this.until(id, 'given to a carrier', ({ transport }) => transport.length > 0, () => this.client.does(ops, 'POST', `/orders/${id}/transport-legs`, { carrier: 'Spedition Meyer', from: 'Bonn', to: 'Köln' }));
    await this.until(id, 'accepted by a carrier', ({ transport }) => transport.every(({ status }) => status !== 'planned'), ({ transport }) => this.client.does(ops, 'POST', `/orders/${id}/transport-legs/${transport[0].id}`, { status: 'accepted', insurance: 'P-4711', pickup_photos: 6 }));
    await this.until(id, 'in transit', ({ state }) => state !== 'titling', () => this.client.does(ops, 'POST', `/orders/${id}/transitions`, { to: 'in_transit' }));
    await this.until(id, 'handed over', ({ handover }) => handover !== null, async () => this.client.does(ops, 'POST', `/orders/${id}/handover`, { place: 'Köln', at: await at(), odometer_km: 48_241, keys: 2, papers: ['service book'] }));
    await this.until(id, 'accepted', ({ handover }) => handover?.accepted_at != null, () => this.client.does(buyer, 'POST', `/orders/${id}/handover/acceptance`));
    return this.until(id, 'delivered', ({ state }) => state !== 'in_transit', () => this.client.does(ops, 'POST', `/orders/${id}/transitions`, { to: 'delivered' }));
  }

  cancel = (who, id, more) => this.until(id, 'cancelled', ({ state }) => state === 'cancelled', () => this.client.does(who, 'POST', `/orders/${id}/transitions`, { to: 'cancelled', ...more }));

  /** Until nothing waits for a payment any more. */
  ended = (buyer, paymentId) => eventually(`payment ${paymentId} to be given up`, async () => (waiting.has((await this.client.get(buyer, `/payments/${paymentId}`)).state) ? undefined : true));

  async withdraw(buyer, id) {
    await this.until(id, 'withdrawn from', ({ state }) => state === 'cancelled', async (order) => {
      const withdrawal = order.withdrawal ?? (await this.client.does(buyer, 'POST', `/orders/${id}/withdrawal`, { odometer_km: 48_260 })).withdrawal;
      await this.client.does(buyer, 'POST', `/orders/${id}/withdrawal/${withdrawal.id}/confirm`);
    });
    // A car that was delivered is looked at when it is back: the refund waits for that.
    return this.until(id, 'settled', ({ cancellation }) => !cancellation.awaits_return, ({ withdrawal }) => this.client.does(this.staff.ops, 'POST', `/orders/${id}/withdrawal/${withdrawal.id}/return`, { odometer_km: 48_260, photos: 8 }), { afterItsEnd: true });
  }

  /** What speaks against a dispute goes out, once. */
  async answers(id, statement) {
    const { finance } = this.staff;
    const dispute = await eventually(`a dispute of ${id}`, async () => (await this.client.get(finance, `/disputes?order_id=${id}`))[0]);
    await eventually(`evidence in the dispute of ${id}`, async () => {
      const now = await this.client.get(finance, `/disputes/${dispute.id}`);
      if (now.status !== 'opened') return now;
      const answer = await this.client.ask(finance, 'POST', `/disputes/${dispute.id}/evidence`, { statement });
      if (answer.status !== null && answer.status >= 300 && !passing.has(answer.status)) throw new Refused('sending evidence', answer);
      await sleep(1_000);
      return undefined;
    });
    return dispute;
  }

  decided = (disputeId, status) =>
    eventually(`dispute ${disputeId} to be ${status}`, async () => {
      const now = await this.client.get(this.staff.finance, `/disputes/${disputeId}`);
      return now.status === status ? now : undefined;
    });
}

class Taken extends Error {}
