// What two hundred buyers do. Each story ends where only time, or nothing, is left to happen, and says how its order has to end.

const card = { good: '4242424242424242', secure: '4000002760003184', secureThenPoor: '4000008260003178', poor: '4000000000009995', refused: '4000000000000002', disputed: '4000000000000259' };
const completed = { state: 'completed' };
const cancelled = (why, more = {}) => ({ state: 'cancelled', why, ...more });

/** By name: how many of a hundred, and what happens. `d` is the desk, `b` the buyer, `car` the car that it is about. */
export const stories = {
  sale_card_and_transfer: { share: 13, tell: async (d, b, car) => {
    const { id } = await held(d, b, car);
    await d.inspect(b, id);
    await d.contract(b, id);
    await d.pay(b, id, 'balance', 'bank_transfer', { parts: 2 });
    return delivered(d, b, id);
  } },
  sale_card_and_card: { share: 8, tell: async (d, b, car) => {
    const { id } = await held(d, b, car);
    await sold(d, b, id);
    await d.pay(b, id, 'balance', 'card');
    return delivered(d, b, id);
  } },
  sale_paypal: { share: 10, tell: async (d, b, car) => {
    const { id } = await held(d, b, car, { method: 'paypal' });
    await sold(d, b, id);
    await d.pay(b, id, 'balance', 'paypal');
    return delivered(d, b, id);
  } },
  sale_3d_secure: { share: 6, tell: async (d, b, car) => {
    const { id } = await held(d, b, car, { card: card.secure });
    await sold(d, b, id);
    await d.pay(b, id, 'balance', 'card', { card: card.secure });
    return delivered(d, b, id);
  } },
  sale_by_transfer: { share: 4, tell: async (d, b, car) => {
    const { id } = await reserved(d, b, car, { payment_method: 'bank_transfer' });
    await d.pay(b, id, 'deposit', 'bank_transfer');
    await d.becomes(id, 'deposit_held');
    await sold(d, b, id);
    await d.pay(b, id, 'balance', 'bank_transfer');
    return delivered(d, b, id);
  } },
  sale_of_a_dealers_car: { share: 4, tell: async (d, b, car) => {
    const { id } = await held(d, b, car, { quote: { by: d.staff.agent, seller_kind: 'dealer_margin', capacity: 'commissionaire', buyer_id: b.id } });
    await sold(d, b, id);
    await d.pay(b, id, 'balance', 'card');
    return delivered(d, b, id);
  } },
  declined_then_paid: { share: 6, tell: async (d, b, car) => {
    const { id } = await reserved(d, b, car);
    const { next_action: action } = await d.begin(b, id, 'deposit', 'card');
    for (const number of [card.poor, card.refused, card.secureThenPoor]) await d.stripe.payByCard(action.url, number);
    await d.pay(b, id, 'deposit', 'card');
    await d.becomes(id, 'deposit_held');
    await sold(d, b, id);
    await d.pay(b, id, 'balance', 'card');
    return delivered(d, b, id);
  } },
  rivals_for_one_car: { share: 6, rival: true, tell: async (d, b, car) => {
    const { id } = await d.ready(b, car);
    if ((await d.reserve(b, id)) === 'vehicle_unavailable') return { id, ...cancelled('request_expired') };
    await d.pay(b, id, 'deposit', 'card');
    await d.becomes(id, 'deposit_held');
    await sold(d, b, id);
    await d.pay(b, id, 'balance', 'card');
    return delivered(d, b, id);
  } },
  declined_and_gone: { share: 4, tell: async (d, b, car) => {
    const { id } = await reserved(d, b, car);
    const { next_action: action } = await d.begin(b, id, 'deposit', 'card');
    await d.stripe.payByCard(action.url, card.poor);
    return { id, ...cancelled('deposit_not_paid') };
  } },
  secure_and_failed: { share: 2, tell: async (d, b, car) => {
    const { id } = await reserved(d, b, car);
    const { next_action: action } = await d.begin(b, id, 'deposit', 'card');
    await d.stripe.payByCard(action.url, card.secure, { passes: false });
    return { id, ...cancelled('deposit_not_paid') };
  } },
  paypal_declines: { share: 2, tell: async (d, b, car) => {
    const { id } = await reserved(d, b, car);
    const { next_action: action } = await d.begin(b, id, 'deposit', 'paypal');
    await d.paypal.approve(action.url, 'declined');
    return { id, ...cancelled('deposit_not_paid') };
  } },
  never_signed: { share: 2, tell: async (d, b, car) => {
    const { id } = await d.place(b, car);
    return { id, ...cancelled('request_expired') };
  } },
  never_paid: { share: 3, tell: async (d, b, car) => {
    const { id } = await reserved(d, b, car);
    await d.begin(b, id, 'deposit', 'card');
    return { id, ...cancelled('deposit_not_paid') };
  } },
  paid_too_late: { share: 2, tell: async (d, b, car) => {
    const { id } = await reserved(d, b, car);
    const { next_action: action } = await d.begin(b, id, 'deposit', 'card');
    // The time is over, but what comes before anybody has looked still counts: the car was kept until then. It is held, and let go when nobody looks at the car.
    return { id, ...cancelled(['deposit_not_paid', 'deposit_released', 'inspection_not_begun']), late: () => d.stripe.payByCard(action.url, card.good) };
  } },
  transferred_by_half: { share: 1, tell: async (d, b, car) => {
    const { id } = await reserved(d, b, car, { payment_method: 'bank_transfer' });
    const { id: paymentId, amount } = await d.begin(b, id, 'deposit', 'bank_transfer');
    await d.stripe.transfer(paymentId, Math.floor(amount.amount / 2), amount.currency);
    return { id, ...cancelled('deposit_not_paid') };
  } },
  transferred_after_the_end: { share: 1, tell: async (d, b, car) => {
    const { id } = await reserved(d, b, car, { payment_method: 'bank_transfer' });
    const { id: paymentId, amount } = await d.begin(b, id, 'deposit', 'bank_transfer');
    await d.cancel(b, id);
    await d.ended(b, paymentId);
    // The bank was told before: half of it comes now, and as much again a moment later.
    const half = Math.floor(amount.amount / 2);
    for (const part of [half, half]) await d.stripe.transfer(paymentId, part, amount.currency);
    return { id, ...cancelled('cancelled_by_buyer', { sentBack: 2 * half }) };
  } },
  never_inspected: { share: 2, tell: async (d, b, car) => {
    const { id } = await held(d, b, car);
    // The order's own deadline and the payment's fall on the same moment: whichever is looked at first says why.
    return { id, ...cancelled(['inspection_not_begun', 'deposit_released']) };
  } },
  never_decided: { share: 2, tell: async (d, b, car) => {
    const { id } = await held(d, b, car, { method: 'paypal' });
    await d.until(id, 'inspected', (order) => order.inspection?.inspector != null, () => d.client.does(d.staff.agent, 'POST', `/orders/${id}/inspection`, { inspector: 'DEKRA, Bonn' }));
    return { id, ...cancelled('inspection_expired') };
  } },
  never_paid_the_balance: { share: 3, tell: async (d, b, car) => {
    const { id } = await held(d, b, car);
    await sold(d, b, id);
    return { id, ...cancelled('balance_not_paid') };
  } },
  cancelled_by_buyer: { share: 4, tell: async (d, b, car) => {
    const { id } = await held(d, b, car, { method: 'paypal' });
    await d.cancel(b, id);
    return { id, ...cancelled('cancelled_by_buyer') };
  } },
  not_what_was_found: { share: 4, tell: async (d, b, car) => {
    const { id } = await held(d, b, car);
    await d.inspect(b, id, { accept: false });
    return { id, ...cancelled('The gearbox') };
  } },
  seller_has_no_title: { share: 3, tell: async (d, b, car) => {
    const { id } = await held(d, b, car);
    await sold(d, b, id);
    await d.pay(b, id, 'balance', 'card');
    await d.becomes(id, 'balance_paid');
    await d.cancel(d.staff.agent, id, { reason: 'no_title', fault: 'seller' });
    return { id, ...cancelled('no_title') };
  } },
  buyer_defaults: { share: 3, tell: async (d, b, car) => {
    const { id } = await held(d, b, car, { method: 'paypal' });
    await sold(d, b, id);
    await d.cancel(d.staff.agent, id, { reason: 'buyer_steps_back', fault: 'buyer', proven_cost: 12_345 });
    return { id, ...cancelled('buyer_steps_back', { retain: 12_345 }) };
  } },
  withdrawn_after_delivery: { share: 3, tell: async (d, b, car) => {
    const { id } = await held(d, b, car, { quote: { by: d.staff.agent, seller_kind: 'dealer_margin', buyer_id: b.id } });
    await sold(d, b, id);
    await d.pay(b, id, 'balance', 'paypal');
    await d.becomes(id, 'balance_paid');
    await d.deliver(b, id);
    await d.withdraw(b, id);
    return { id, ...cancelled('withdrawal') };
  } },
  withdrawn_from_the_service: { share: 2, tell: async (d, b, car) => {
    const { id } = await held(d, b, car);
    await d.withdraw(b, id);
    return { id, ...cancelled('withdrawal') };
  } },
  dispute_won: { share: 3, tell: async (d, b, car) => {
    const { id } = await held(d, b, car, { card: card.disputed });
    await sold(d, b, id);
    await d.becomes(id, 'disputed');
    const dispute = await d.answers(id, 'winning_evidence');
    await d.decided(dispute.id, 'won');
    await d.becomes(id, 'contracted');
    await d.pay(b, id, 'balance', 'bank_transfer');
    return delivered(d, b, id);
  } },
  dispute_lost: { share: 2, tell: async (d, b, car) => {
    const { id } = await held(d, b, car, { card: card.disputed });
    await sold(d, b, id);
    await d.becomes(id, 'disputed');
    const dispute = await d.answers(id, 'losing_evidence');
    await d.decided(dispute.id, 'lost');
    await d.cancel(d.staff.agent, id, { reason: 'dispute_lost', fault: 'buyer' });
    return { id, ...cancelled('dispute_lost') };
  } },
  paypal_dispute_won: { share: 1, tell: async (d, b, car) => {
    const { id } = await held(d, b, car, { method: 'paypal' });
    await sold(d, b, id);
    const [deposit] = await d.payments(b, id);
    const capture = await d.paypal.dispute(deposit.id, 'INTERNAL');
    const dispute = await d.answers(id, 'It was as described');
    await d.paypal.decide(capture, 'SELLER_FAVOR');
    await d.decided(dispute.id, 'won');
    await d.becomes(id, 'contracted');
    await d.pay(b, id, 'balance', 'card');
    return delivered(d, b, id);
  } },
  paypal_dispute_lost: { share: 1, tell: async (d, b, car) => {
    const { id } = await held(d, b, car, { method: 'paypal' });
    await sold(d, b, id);
    const [deposit] = await d.payments(b, id);
    const capture = await d.paypal.dispute(deposit.id, 'EXTERNAL');
    const dispute = await d.answers(id, 'It was as described');
    await d.paypal.decide(capture, 'BUYER_FAVOR');
    await d.decided(dispute.id, 'lost');
    await d.cancel(d.staff.agent, id, { reason: 'dispute_lost', fault: 'buyer' });
    return { id, ...cancelled('dispute_lost') };
  } },
};

/** The car is held: nobody else can have it. */
async function reserved(d, b, car, { quote = {}, ...more } = {}) {
  const order = await d.ready(b, car, quote);
  const refused = await d.reserve(b, order.id, more);
  if (refused !== null) throw new Error(`the car of ${order.id} is taken`);
  return order;
}

async function held(d, b, car, { method = 'card', quote = {}, ...how } = {}) {
  const order = await reserved(d, b, car, { quote });
  await d.pay(b, order.id, 'deposit', method, how);
  await d.becomes(order.id, 'deposit_held');
  return order;
}

async function sold(d, b, id) {
  await d.waive(b, id);
  return d.contract(b, id);
}

async function delivered(d, b, id) {
  await d.becomes(id, 'balance_paid');
  await d.deliver(b, id);
  return { id, ...completed };
}

/** Whose turn each buyer gets, in an order that the seed decides: every story at least once as soon as there are enough of them. */
export function cast(orders, next) {
  const names = Object.keys(stories);
  const total = names.reduce((sum, name) => sum + stories[name].share, 0);
  const list = [];
  for (const name of names) for (let n = Math.round((stories[name].share * orders) / total); n > 0; n -= 1) list.push(name);
  for (let n = 0; list.length < orders; n += 1) list.push(names[n % names.length]);
  const shuffled = list.map((name) => [next(), name]).sort(([a], [b]) => a - b).map(([, name]) => name);
  const chosen = shuffled.slice(0, orders);
  // Rivals come in pairs.
  if (chosen.filter((name) => stories[name].rival).length % 2 === 1) {
    const place = chosen.findIndex((name) => !stories[name].rival);
    if (place >= 0) chosen[place] = 'rivals_for_one_car';
  }
  return chosen;
}
