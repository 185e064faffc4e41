// What has to be true afterwards. The money is read from the providers' own books; what our services say is held against it.
const sumOf = (list, of = (one) => one) => list.reduce((sum, one) => sum + of(one), 0);
const own = new Set(['commissionaire', 'dealer']);

/** Everything that the platform says of one order. */
export async function sheetOf(desk, id) {
  const { client, staff } = desk;
  const { finance, agent } = staff;
  const order = await desk.order(id);
  return {
    order,
    payments: await client.get(agent, `/orders/${id}/payments`),
    papers: await desk.papers(id),
    history: await client.get(agent, `/orders/${id}/history?limit=500`),
    journals: await client.all(finance, `/ledger?order_id=${id}`),
    books: await client.ask(finance, 'GET', `/ledger/orders/${id}`).then(({ data }) => data),
    refunds: await client.all(finance, `/refunds?order_id=${id}`),
    payouts: await client.all(finance, `/payouts?order_id=${id}`),
    disputes: await client.all(finance, `/disputes?order_id=${id}`),
  };
}

/** Every fault of one order, in words. */
export function faultsOf(sheet, truth, meant) {
  const { order, payments, papers, history, journals, books, refunds, disputes, payouts } = sheet;
  const faults = [];
  const expect = (holds, text) => {
    if (!holds) faults.push(text);
  };
  const same = (what, ours, theirs) => expect(ours === theirs, `${what}: ${ours} here, ${theirs} in truth`);

  // Where it ended.
  expect(order.state === 'completed' || order.state === 'cancelled', `it is ${order.state}, which is no end`);
  if (meant !== null) {
    expect(order.state === meant.state, `it is ${order.state} (${order.cancellation?.reason ?? ''}), and was to be ${meant.state}`);
    if (meant.why !== undefined) expect([meant.why].flat().includes(order.cancellation?.reason), `it was cancelled for ${order.cancellation?.reason}, and was to be for ${[meant.why].flat().join(' or ')}`);
  }
  if (order.state === 'cancelled') expect(order.cancellation.closed_at !== null, 'something of it is still owed');
  expect(!order.holds_vehicle, 'it still holds its car');

  // The providers' books.
  const captured = sumOf(truth, (one) => one.captured);
  const refunded = sumOf(truth, (one) => one.refunded);
  const takenBack = sumOf(truth, (one) => one.takenBack);
  const net = captured - refunded - takenBack;
  expect(truth.every((one) => one.captures <= 1), 'a payment was taken twice');
  expect(truth.every((one) => one.captured - one.refunded - one.takenBack >= 0), 'more went back than was taken');
  expect(truth.every((one) => one.held === 0), 'money is still held of a card');
  for (const one of truth) {
    const ours = payments.find(({ id }) => id === one.paymentId);
    if (ours === undefined) faults.push(`payment ${one.paymentId} is at the provider and not here`);
    else {
      same(`taken of ${ours.leg} ${ours.attempt}`, ours.captured.amount, one.captured);
      expect(ours.captured.amount <= ours.amount.amount, `more was taken of ${ours.leg} than was asked for`);
    }
  }
  for (const ours of payments) if (ours.captured.amount > 0) expect(truth.some(({ paymentId }) => paymentId === ours.id), `payment ${ours.id} was taken here and not at the provider`);

  // What the papers say.
  const issued = (kind) => papers.filter((one) => one.kind === kind && one.state === 'issued');
  const notYet = papers.filter((one) => one.state === 'planned' || one.state === 'numbered');
  expect(notYet.length === 0, `papers are not issued: ${notYet.map(({ kind, problem }) => `${kind} (${problem ?? 'no reason'})`).join(', ')}`);
  const invoices = issued('invoice').filter(({ replaced_by: by }) => by === null);
  const credits = issued('credit_note');
  const invoiced = sumOf(invoices, ({ total }) => total.amount) - sumOf(credits, ({ total }) => total.amount);
  if (order.state === 'completed') {
    same('what the buyer paid, and the price that contract and invoice name', order.price.total.amount, net);
    expect(invoices.length === 1, `there are ${invoices.length} invoices`);
    expect(credits.length === 0, 'a credit note was written for a sale that stands');
    const lines = order.price.lines;
    const ofBroker = own.has(order.capacity) ? order.price.total.amount : sumOf(lines.filter(({ payee, code }) => payee === 'broker' || code === 'broker_fee_vat'), ({ amount }) => amount.amount);
    same('the invoice, and the broker’s part of what was paid', invoices[0]?.total?.amount ?? 0, ofBroker);
  } else if (order.cancellation !== null) {
    same('what was kept, and what the refund table lets us keep', takenBack > 0 ? Math.min(order.cancellation.retain.amount, net) : order.cancellation.retain.amount, net);
    same('what was invoiced, credit notes counted', invoiced, 0);
    for (const invoice of issued('invoice')) expect(credits.filter((one) => one.credits === invoice.id).length === (invoice.replaced_by === null ? 1 : 0), `invoice ${invoice.number} is credited ${credits.filter((one) => one.credits === invoice.id).length} times`);
    if (meant?.retain !== undefined) same('what was to be kept', order.cancellation.retain.amount, meant.retain);
  }
// A sale that ends before its receipt is written has none: it would say of money that it is held, and it is not.
  const receipts = issued('deposit_receipt').length;
  expect(receipts === 1 || (receipts === 0 && !history.some(({ to_state: to }) => to === 'contracted')), `there are ${receipts} receipts for the deposit`);
  for (const kind of ['quote', 'mandate', 'proforma', 'registration_poa', 'handover_protocol']) expect(issued(kind).length <= 1, `${kind} was issued ${issued(kind).length} times`);

  // The ledger.
  if (meant?.sentBack !== undefined) same('what no payment has taken and went back to the buyer', sumOf(journals.filter(({ kind }) => kind === 'transfer_returned').flatMap(({ entries }) => entries), ({ amount }) => Math.max(0, amount)) / 2, meant.sentBack);
  expect(journals.every(({ entries }) => sumOf(entries, ({ amount }) => amount) === 0), 'a journal does not come to nothing');
  if (books !== null && books !== undefined) {
    const of = Object.fromEntries(books.balances.map(({ account, balance }) => [account, balance.amount]));
    same('Σ of the ledger', sumOf(Object.values(of)), 0);
    const { position } = books;
    same('taken, by the ledger', position.deposits.amount + position.payments.amount, captured);
    same('given back or taken back, by the ledger', position.refunds.amount + position.chargebacks.amount, refunded + takenBack);
    same('still owed to the buyer', position.refund_due.amount, 0);
    for (const account of ['buyer_receivable', 'deposit_liability']) same(`balance of ${account}`, of[account] ?? 0, 0);
    if (order.state === 'cancelled') for (const account of ['refunds', 'chargebacks', 'seller_payable', 'vat_payable']) same(`balance of ${account}`, of[account] ?? 0, 0);
    const clearing = journals.flatMap(({ kind, entries }) => (kind === 'provider_fee' || kind === 'provider_payout' ? [] : entries)).filter(({ account }) => account.startsWith('psp_clearing'));
    same('what moved at the providers', sumOf(clearing, ({ amount }) => amount), net);
  } else expect(truth.length === 0, 'the ledger does not know it');
  const keys = journals.map(({ kind, payment_id: payment, provider_ref: ref, entries }) => JSON.stringify([kind, payment, ref, entries.map(({ amount }) => amount)]));
  const doubled = keys.filter((key, at) => keys.indexOf(key) !== at && !key.startsWith('["provider_fee"') && !key.startsWith('["refund"'));
  expect(doubled.length === 0, `journals stand twice: ${doubled.join(' ')}`);

  // Nothing is left to be done.
  expect(refunds.every(({ state }) => state === 'succeeded' || state === 'refused'), `refunds are ${refunds.map(({ state }) => state).join(', ')}`);
  expect(disputes.every(({ status }) => status === 'won' || status === 'lost' || status === 'withdrawn'), `disputes are ${disputes.map(({ status }) => status).join(', ')}`);
  expect(payments.every(({ state }) => !['created', 'unknown', 'requires_action', 'processing', 'authorized', 'review'].includes(state)), `payments are ${payments.map(({ leg, state }) => `${leg} ${state}`).join(', ')}`);
  expect(payouts.length === 1 || order.state !== 'completed' || own.has(order.capacity), `there are ${payouts.length} payouts`);

  // Each change once, in a row.
  const versions = history.map(({ version }) => version);
  expect(versions.every((version, at) => at === 0 || version === versions[at - 1] + 1), `the history has the versions ${versions.join(' ')}`);
  expect(history.every((entry, at) => at === 0 || entry.from_state === history[at - 1].to_state), 'a step of the history does not begin where the one before ended');
  return faults;
}

/** Numbers of each kind, without gaps and none twice, as far as they were issued here. */
export function numberFaults(papers) {
  const faults = [];
  const series = new Map();
  for (const { number } of papers) {
    const [, name, digits] = /^(.*?)(\d+)$/u.exec(number ?? '') ?? [];
    if (name !== undefined) series.set(name, [...(series.get(name) ?? []), Number(digits)]);
  }
  for (const [name, numbers] of series) {
    numbers.sort((a, b) => a - b);
    const wrong = numbers.filter((number, at) => at > 0 && number !== numbers[at - 1] + 1);
    if (wrong.length > 0) faults.push(`numbers of ${name} have gaps or stand twice before ${wrong.slice(0, 5).join(', ')}`);
  }
  return faults;
}
