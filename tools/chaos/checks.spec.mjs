import { faultsOf, numberFaults } from './checks.mjs';

const eur = (amount) => ({ amount, currency: 'EUR' });
const lines = [
  { code: 'price', amount: eur(90_000), payee: 'seller', rule: null },
  { code: 'broker_fee', amount: eur(8_403), payee: 'broker', rule: null },
  { code: 'broker_fee_vat', amount: eur(1_597), payee: 'authority', rule: null },
];
const paper = (kind, more = {}) => ({ id: `${kind}-1`, kind, state: 'issued', number: 'X-2026-000001', total: null, credits: null, replaced_by: null, problem: null, ...more });
const payment = (id, leg, amount) => ({ id, leg, attempt: 1, state: 'captured', amount: eur(amount), authorized: eur(leg === 'deposit' ? amount : 0), captured: eur(amount), refunded: eur(0) });
const entry = (version, from, to) => ({ version, from_state: from, to_state: to });

/** A sale that went well, as everybody tells it. */
const sheet = () => ({
  order: { state: 'completed', capacity: 'buyer_agent', holds_vehicle: false, cancellation: null, deposit: { payment_id: 'a' }, price: { total: eur(100_000), deposit: eur(10_000), balance: eur(90_000), lines } },
  payments: [payment('a', 'deposit', 10_000), payment('b', 'balance', 90_000)],
  papers: [paper('quote'), paper('mandate'), paper('deposit_receipt'), paper('invoice', { total: eur(10_000) })],
  history: [entry(1, null, 'requested'), entry(2, 'requested', 'reserved'), entry(3, 'reserved', 'contracted'), entry(4, 'contracted', 'completed')],
  journals: [
    { kind: 'deposit_captured', payment_id: 'a', provider_ref: 'ch_1', entries: [{ account: 'psp_clearing:stripe', amount: 10_000 }, { account: 'deposit_liability', amount: -10_000 }] },
    { kind: 'balance_received', payment_id: 'b', provider_ref: 'ch_2', entries: [{ account: 'psp_clearing:stripe', amount: 90_000 }, { account: 'buyer_receivable', amount: -90_000 }] },
  ],
  books: {
    balances: [{ account: 'psp_clearing:stripe', balance: eur(100_000) }, { account: 'seller_payable', balance: eur(-90_000) }, { account: 'commission_revenue', balance: eur(-10_000) }],
    position: { deposits: eur(10_000), payments: eur(90_000), refunds: eur(0), chargebacks: eur(0), settled: eur(100_000), refund_due: eur(0) },
  },
  refunds: [],
  payouts: [{ id: 'p' }],
  disputes: [],
});
const truth = () => [
  { paymentId: 'a', provider: 'stripe', captured: 10_000, refunded: 0, takenBack: 0, held: 0, captures: 1 },
  { paymentId: 'b', provider: 'stripe', captured: 90_000, refunded: 0, takenBack: 0, held: 0, captures: 1 },
];
const meant = { state: 'completed' };

it('finds nothing wrong with a sale that went well', () => {
  expect(faultsOf(sheet(), truth(), meant)).toEqual([]);
});

it.each([
  ['a cent too much taken by the provider', (one, books) => (books[1].captured += 1), /taken of balance 1: 90000 here, 90001 in truth/],
  ['a payment taken twice', (one, books) => (books[1].captures = 2), /taken twice/],
  ['a payment that only the provider knows', (one, books) => books.push({ ...books[0], paymentId: 'c' }), /payment c is at the provider and not here/],
  ['money that is still held', (one, books) => (books[0].held = 5), /still held/],
  ['an invoice of another amount', (one) => (one.papers[3].total = eur(9_999)), /the invoice, and the broker’s part/],
  ['two invoices', (one) => one.papers.push(paper('invoice', { id: 'other', total: eur(10_000) })), /there are 2 invoices/],
  ['a paper that was never written', (one) => (one.papers[0] = paper('quote', { state: 'planned' })), /papers are not issued: quote/],
  ['a journal that does not add up', (one) => (one.journals[0].entries[0].amount = 9_999), /a journal does not come to nothing/],
  ['a journal that stands twice', (one) => one.journals.push(one.journals[0]), /journals stand twice/],
  ['a balance that is left open', (one) => one.books.balances.push({ account: 'buyer_receivable', balance: eur(5) }), /balance of buyer_receivable: 5 here/],
  ['a step that is missing in the history', (one) => one.history.splice(1, 1), /the history has the versions 1 3 4/],
  ['an order that has not ended', (one) => (one.order.state = 'contracted'), /which is no end/],
  ['a car that is still held', (one) => (one.order.holds_vehicle = true), /still holds its car/],
])('finds %s', (_what, spoil, fault) => {
  const [one, books] = [sheet(), truth()];
  spoil(one, books);
  expect(faultsOf(one, books, meant).join('\n')).toMatch(fault);
});

it('finds what was kept of a cancelled order and was not to be, and an invoice that no credit note takes back', () => {
  const one = sheet();
  one.order.state = 'cancelled';
  one.order.cancellation = { reason: 'no_title', fault: 'seller', retain: eur(0), closed_at: '2026-01-01T00:00:00Z' };
  expect(faultsOf(one, truth(), { state: 'cancelled', why: 'no_title' }).join('\n')).toMatch(/what was kept.*: 0 here, 100000 in truth[\s\S]*what was invoiced, credit notes counted: 10000 here/);
});

it('finds a transfer that nothing waited for and that did not go back, or not all of it', () => {
  const one = sheet();
  const back = (amount, ref) => one.journals.push({ kind: 'transfer_returned', payment_id: 'a', provider_ref: ref, entries: [{ account: 'client_funds', amount }, { account: 'deposit_liability', amount: -amount }, { account: 'deposit_liability', amount }, { account: 'client_funds', amount: -amount }] });
  const faults = () => faultsOf(one, truth(), { ...meant, sentBack: 10_000 });
  expect(faults().join('\n')).toMatch(/went back to the buyer: 10000 here, 0 in truth|went back to the buyer: 0 here, 10000 in truth/);
  back(5_000, 'ccsbtxn_1');
  expect(faults()).toHaveLength(1);
  back(5_000, 'ccsbtxn_2');
  expect(faults()).toEqual([]);
});

it('finds gaps and repetitions among numbers, each series for itself', () => {
  const numbered = (...numbers) => numberFaults(numbers.map((number) => ({ number })));
  expect(numbered('INV-2026-000001', 'CN-2026-000001', 'INV-2026-000002', null)).toEqual([]);
  expect(numbered('INV-2026-000001', 'INV-2026-000003')).toEqual(['numbers of INV-2026- have gaps or stand twice before 3']);
  expect(numbered('INV-2026-000001', 'INV-2026-000001')).toHaveLength(1);
});
