import fc from 'fast-check';
import { netByLedger, positionOf } from './invariant';
import { balancesOf, type JournalKind } from './ledger';
import type { OrderNews } from './order-account';
import { netOf, newPayment, stateOf } from './payment';
import { mayDecide, planAgain, type RefundPart } from './refunds';
import { mayFollow, type PaymentState } from './vocabulary';
import { price, start, tenantId, World } from './spec-world';
import type { OrderState } from '@autobroker/kernel';

const way: readonly OrderState[] = ['requested', 'reserved', 'deposit_held', 'inspection', 'contracted', 'balance_paid', 'titling', 'in_transit', 'delivered', 'completed'];

function sumsOf(world: World, kinds: readonly JournalKind[], account: 'buyer_receivable' | 'commission_revenue'): number {
  return balancesOf([...world.journals.values()].filter(({ kind }) => kinds.includes(kind))).get(account) ?? 0;
}

/** What holds at every moment, whatever has happened. */
function expectSound(world: World, seen: Map<string, PaymentState>): void {
  const { state } = world;
  if (state === null) return;
  for (const payment of state.payments) {
    const remote = world.remote(payment.id);
    expect(payment.captured).toBeLessThanOrEqual(remote.captured);
    expect(payment.refunded).toBeLessThanOrEqual(payment.captured);
    if (remote.manual) expect(payment.captured).toBeLessThanOrEqual(remote.authorized);
    const [before, now] = [seen.get(payment.id) ?? 'created', stateOf(payment)];
    if (before !== now) expect(mayFollow[before]).toContain(now);
    seen.set(payment.id, now);
  }
  const position = positionOf(state.order, state.payments);
  expect(position.deposits + position.payments - position.refunds - position.chargebacks).toBe(position.settled + position.refundDue);
  const sold = sumsOf(world, ['sale', 'sale_adjusted', 'sale_reversed'], 'buyer_receivable');
  const earned = -sumsOf(world, ['order_closed'], 'commission_revenue');
  expect(netByLedger(state.balances, sold, earned)).toBe(position.settled + position.refundDue);
  expect([...state.balances.values()].reduce((sum, amount) => sum + amount, 0)).toBe(0);
}

function to(world: World, last: OrderState): void {
  way.slice(0, way.indexOf(last) + 1).forEach((state, index) => world.hear({ version: index + 1, state }));
}
const cancel = (world: World, retain: number) => world.hear({ version: 99, state: 'cancelled', cancelled: { retain, refundDueAt: new Date(world.time), awaitsReturn: false } });
const toldOf = (world: World) => world.told.map(({ kind }) => kind);
const balancesIn = (world: World) => Object.fromEntries([...(world.state?.balances ?? [])].filter(([, amount]) => amount !== 0));

/** The buyer has paid whatever was begun, and nobody here has asked yet. */
function payAll(world: World): void {
  for (const remote of world.remotes.values()) remote.pay();
}

/** The buyer has paid the deposit at the provider. */
function depositPaid(): World {
  const world = new World();
  to(world, 'reserved');
  world.begin('deposit');
  world.drain();
  payAll(world);
  return world;
}

/** An order whose deposit is held. */
function held(): World {
  const world = depositPaid();
  world.drain();
  return world;
}

/** An order whose deposit was taken with the contract. */
function contracted(): World {
  const world = depositPaid();
  to(world, 'contracted');
  world.drain();
  return world;
}

describe('a sale that goes well', () => {
  it('holds the deposit, takes it with the contract, and settles with the balance', () => {
    const world = new World();
    to(world, 'reserved');
    world.begin('deposit');
    world.drain();
    const [deposit] = world.state?.payments ?? [];
    world.remote(deposit?.id ?? '').pay();
    world.drain();
    expect(toldOf(world)).toEqual(['authorized']);
    expect(balancesIn(world)).toEqual({});
    to(world, 'contracted');
    world.drain();
    expect(toldOf(world)).toEqual(['authorized', 'captured']);
    world.begin('balance');
    world.drain();
    const balance = world.state?.payments[1];
    expect(balance?.amount).toBe(9_000);
    world.remote(balance?.id ?? '').pay();
    world.drain();
    expect(toldOf(world)).toEqual(['authorized', 'captured', 'captured', 'order_settled']);
    expect(world.told.at(-1)).toMatchObject({ received: 10_000 });
    // 10,000 came less two fees of 30; 9,000 is the seller's, 800 ours, 200 the tax office's.
    expect(balancesIn(world)).toEqual({ 'psp_clearing:stripe': 9_940, psp_fees: 60, seller_payable: -9_000, commission_revenue: -800, vat_payable: -200 });
    to(world, 'completed');
    expect(world.state?.order.payoutsPlannedAt).not.toBeNull();
  });

  it('takes a change of price into the ledger, and gives back what is too much', () => {
    const world = contracted();
    world.begin('balance');
    world.drain();
    payAll(world);
    world.drain();
    world.hear({ version: 40, state: null, price: { ...price, total: 9_500, lines: [{ code: 'price', amount: 8_500, payee: 'seller' }, ...price.lines.slice(1)] } });
    world.drain();
    expect(balancesIn(world)).toMatchObject({ seller_payable: -8_500, refunds: 500, buyer_receivable: -500, 'psp_clearing:stripe': 9_440 });
    expect(world.told.at(-1)).toMatchObject({ kind: 'refunded', amount: 500 });
  });

  it('has another rate of tax by its handover: the ledger follows, and nobody is asked for money or given any', () => {
    const world = new World();
    const tax = (rate: number) => ({ treatment: 'standard', rate, capacity: 'commissionaire' }) as const;
    const own = (lines: NonNullable<OrderNews['price']>['lines']) => ({ ...price, lines });
    // 84.03 and 15.97 at 19 %; 86.21 and 13.79 at 16 %.
    const agreed = own([{ code: 'price', amount: 8_403, payee: 'broker' }, { code: 'vat', amount: 1_597, payee: 'authority' }]);
    way.slice(0, 5).forEach((state, index) => world.hear({ version: index + 1, state, price: agreed, tax: tax(1_900) }));
    world.begin('balance');
    world.drain();
    payAll(world);
    world.drain();
    const before = balancesIn(world);
    expect(before).toMatchObject({ commission_revenue: -8_403, vat_payable: -1_597 });
    const told = toldOf(world);
    world.hear({ version: 9, state: 'delivered', price: own([{ code: 'price', amount: 10_000, payee: 'broker' }]), tax: tax(1_600) });
    world.drain();
    expect(balancesIn(world)).toEqual({ ...before, commission_revenue: -8_621, vat_payable: -1_379 });
    expect([toldOf(world), world.state?.payments.length]).toEqual([told, 1]);
    cancel(world, 0);
    world.drain();
    expect(Object.entries(balancesIn(world)).filter(([account]) => !account.startsWith('psp_'))).toEqual([]);
  });
});

describe('a sale that comes to nothing', () => {
  it('lets the deposit go, and nothing was ever booked', () => {
    const world = held();
    cancel(world, 0);
    world.drain();
    expect(toldOf(world)).toEqual(['authorized', 'failed', 'refund_settled']);
    expect(world.told[1]).toMatchObject({ failure: { reason: 'released' } });
    expect(world.told.at(-1)).toMatchObject({ refunded: 0, retained: 0 });
    expect([balancesIn(world), stateOf(world.state?.payments[0] ?? never())]).toEqual([{}, 'voided']);
  });

  it('owes nothing at once where nothing was paid', () => {
    const world = new World();
    to(world, 'requested');
    cancel(world, 0);
    expect(toldOf(world)).toEqual(['refund_settled']);
  });

  it.each([[0, 1_000], [300, 700], [1_000, 0], [5_000, 0]])('keeps %i at most of a deposit that was taken', (retain, back) => {
    const world = contracted();
    cancel(world, retain);
    world.drain();
    expect(world.told.at(-1)).toMatchObject({ kind: 'refund_settled', refunded: back, retained: 1_000 - back });
    const { 'psp_clearing:stripe': clearing, psp_fees: _fees, ...rest } = balancesIn(world);
    expect([clearing ?? 0, rest]).toEqual([1_000 - back - 30, back === 1_000 ? {} : { commission_revenue: back - 1_000 }]);
  });

  describe('for a car that has to come back first', () => {
    const awaited = () => {
      const world = contracted();
      world.hear({ version: 99, state: 'cancelled', cancelled: { retain: 0, refundDueAt: new Date(world.time), awaitsReturn: true } });
      world.drain();
      return world;
    };

    it('gives nothing back before it was looked at, and then what is not kept for what it has lost', () => {
      const world = awaited();
      expect(toldOf(world)).not.toContain('refund_settled');
      expect([...world.remotes.values()].every(({ refunds }) => refunds.length === 0)).toBe(true);
      world.hear({ version: 100, state: null, returned: { retain: 300 } });
      world.drain();
      expect(world.told.at(-1)).toMatchObject({ kind: 'refund_settled', refunded: 700, retained: 300 });
      cancel(world, 0);
      world.drain();
      expect(world.state?.order.retain).toBe(300);
    });

    it('keeps what was settled, in whichever order it is heard', () => {
      const world = contracted();
      world.hear({ version: 100, state: null, returned: { retain: 300 } });
      world.hear({ version: 99, state: 'cancelled', cancelled: { retain: 0, refundDueAt: new Date(world.time), awaitsReturn: true } });
      world.drain();
      expect(world.told.at(-1)).toMatchObject({ kind: 'refund_settled', refunded: 700, retained: 300 });
    });
  });

  it('takes of a hold only what may be kept', () => {
    const world = held();
    cancel(world, 250);
    world.drain();
    expect([...world.remotes.values()].map(({ captured }) => captured)).toEqual([250]);
    expect(world.told.at(-1)).toMatchObject({ kind: 'refund_settled', refunded: 0, retained: 250 });
  });

  it('does not send a refund again that failed; it waits for somebody to look', () => {
    const world = contracted();
    cancel(world, 0);
    world.drain();
    const remote = [...world.remotes.values()][0] ?? never();
    remote.refunds = remote.refunds.map((one) => ({ ...one, status: 'failed' as const }));
    world.drain();
    expect(remote.refunds).toHaveLength(1);
    expect(world.state?.order.stuckRefunds).toBe(1_000);
    expect(stateOf(world.state?.payments[0] ?? never())).toBe('captured');
  });

  it('owes nothing where the bank has taken back what a refund was refused for', () => {
    const world = contracted();
    cancel(world, 0);
    const remote = [...world.remotes.values()][0] ?? never();
    remote.disputes = [{ ref: 'du', amount: 1_000, reason: 'general', status: 'lost', dueBy: null, takenBack: 1_000, givenBack: 0 }];
    world.drain();
    expect(remote.refunds).toEqual([]);
    expect(world.told.at(-1)).toMatchObject({ kind: 'refund_settled', refunded: 0, retained: 0 });
  });
});

describe('money given back out of goodwill', () => {
  it('is owed until it has left, and is not owed again afterwards', () => {
    const world = contracted();
    world.askRefund(300);
    world.begin('balance');
    expect(world.state?.payments[1]?.amount).toBe(9_000);
    world.drain();
    payAll(world);
    world.drain();
    expect(world.told.at(-1)).toMatchObject({ kind: 'order_settled', received: 9_700, givenBack: 300 });
  });
});

describe('a refund that failed', () => {
  it('goes out again by another charge where the bank has taken its own back, and never for more than is there', () => {
    const paid = (id: string, more: object) => ({ ...newPayment({ id, tenantId, orderId: 'order', buyerId: 'buyer', leg: 'deposit', method: 'card', attempt: 1, key: id, amount: 5, currency: 'EUR', at: new Date(start), expiresAt: new Date(start) }), ...more });
    const failed = (id: string, amount: number): RefundPart => ({ id, requestId: 'request', paymentId: 'deposit', amount, status: 'failed', providerRef: null, fromHeld: 0, isReplaced: false });
    const payments = [paid('deposit', { captured: 5, chargedBack: 4 }), paid('balance', { captured: 3 })];
    const parts = [failed('one', 3), failed('two', 2)];
    const plan = planAgain(parts, payments, parts, 100);
    expect(plan.ok && plan.value).toEqual([{ paymentId: 'deposit', amount: 1 }, { paymentId: 'balance', amount: 2 }, { paymentId: 'balance', amount: 1 }]);
    const owed = planAgain(parts, payments, parts, 2);
    expect(owed.ok && owed.value).toEqual([{ paymentId: 'deposit', amount: 1 }, { paymentId: 'balance', amount: 1 }]);
    expect(planAgain(parts, [paid('deposit', { captured: 5, chargedBack: 5 })], parts, 100).ok).toBe(false);
  });
});

describe('too much money', () => {
  it('a second deposit is let go when the first holds', () => {
    const world = new World();
    to(world, 'reserved');
    world.begin('deposit');
    world.begin('deposit');
    world.drain();
    payAll(world);
    world.drain();
    expect([...world.remotes.values()].map(({ released }) => released)).toEqual([false, true]);
  });

  it('another amount than was asked for is not taken for a deposit, and goes back', () => {
    const world = new World();
    to(world, 'reserved');
    world.begin('deposit', 999);
    world.drain();
    payAll(world);
    world.drain();
    expect(toldOf(world)).toEqual(['failed']);
    expect(world.told[0]).toMatchObject({ failure: { reason: 'amount_mismatch' } });
    expect([...world.remotes.values()].map(({ released }) => released)).toEqual([true]);
  });
});

const step = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ do: 'on' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), retain: fc.constantFrom(0, 300, 1_000, 20_000) }) },
  { weight: 20, arbitrary: fc.record({ do: fc.constant('begin' as const), odd: fc.constantFrom(false, false, false, false, false, false, true) }) },
  { weight: 30, arbitrary: fc.record({ do: fc.constant('pay' as const), at: fc.nat(5) }) },
  { weight: 40, arbitrary: fc.record({ do: fc.constant('run' as const), at: fc.nat(5), lost: fc.boolean() }) },
  { weight: 20, arbitrary: fc.record({ do: fc.constant('look' as const), at: fc.nat(5) }) },
  { weight: 30, arbitrary: fc.record({ do: fc.constant('arrive' as const), at: fc.nat(8), kept: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('refund' as const), amount: fc.integer({ min: 1, max: 3_000 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('expire' as const), at: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('dispute' as const), at: fc.nat(5), won: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('bounce' as const), at: fc.nat(5) }) },
);

function play(world: World, one: typeof step extends fc.Arbitrary<infer T> ? T : never, progress: { place: number }): void {
  const remotes = [...world.remotes.values()];
  const remote = 'at' in one ? remotes[one.at % Math.max(1, remotes.length)] : undefined;
  switch (one.do) {
    case 'on': {
      const state = way[progress.place];
      if (state !== undefined && world.state?.order.isCancelled !== true) world.hear({ version: (progress.place += 1), state });
      return;
    }
    case 'cancel':
      if (progress.place > 0) cancel(world, one.retain);
      return;
    case 'begin':
      return world.begin(world.state?.order.isContracted === true ? 'balance' : 'deposit', one.odd ? 777 : undefined);
    case 'pay':
      return remote?.pay();
    case 'run':
      return world.run(one.at, one.lost);
    case 'look':
      if (remote !== undefined) world.look(remote.id);
      return;
    case 'arrive':
      return world.arrive(one.at, one.kept);
    case 'refund':
      return world.askRefund(one.amount);
    case 'expire':
      if (remote !== undefined && remote.authorized > 0 && remote.captured === 0) Object.assign(remote, { released: true, expired: true });
      return;
    case 'dispute':
      if (remote === undefined || remote.captured - remote.refunded === 0) return;
      if (remote.disputes.length === 0) remote.disputes = [{ ref: `du_${remote.id}`, amount: remote.captured - remote.refunded, reason: 'fraudulent', status: 'opened', dueBy: null, takenBack: remote.captured - remote.refunded, givenBack: 0 }];
      else remote.disputes = remote.disputes.map((two) => (two.status === 'opened' ? { ...two, status: one.won ? 'won' : 'lost', givenBack: one.won ? two.takenBack : 0 } : two));
      return;
    case 'bounce':
      if (remote !== undefined) remote.refunds = remote.refunds.map((two) => ({ ...two, status: 'failed' as const }));
  }
}

it('whatever comes in whichever order: nothing is taken or given twice, and every journal adds up', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 100, size: 'max' }), (steps) => {
      const world = new World();
      const [progress, seen] = [{ place: 0 }, new Map<string, PaymentState>()];
      for (const one of steps) {
        play(world, one, progress);
        expectSound(world, seen);
      }
      // And in the end everything is known, wherever it was lost on the way.
      world.drain();
      expectSound(world, seen);
      const { state } = world;
      if (state === null) return;
      for (const payment of state.payments) {
        const remote = world.remote(payment.id);
        expect([payment.captured, payment.refunded]).toEqual([remote.captured, remote.refunded]);
      }
      expect(toldOf(world).filter((kind) => kind === 'order_settled').length).toBeLessThanOrEqual(1);
      expect(toldOf(world).filter((kind) => kind === 'refund_settled').length).toBeLessThanOrEqual(1);
      // A cancelled order owes nothing in the end, but for refunds that the bank sent back.
      if (state.order.isCancelled && state.order.stuckRefunds === 0) {
        expect(state.order.closedAt).not.toBeNull();
        expect(state.payments.reduce((sum, payment) => sum + netOf(payment), 0)).toBeLessThanOrEqual(state.order.retain);
        for (const account of ['buyer_receivable', 'deposit_liability', 'refunds', 'chargebacks', 'seller_payable', 'vat_payable'] as const) expect(state.balances.get(account) ?? 0).toBe(0);
      }
    }),
    { numRuns: 700 },
  );
});

it('an order that came to nothing is told of the same way, whichever way the answers came', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 12, maxLength: 12 }), (order) => {
      const world = new World();
      to(world, 'reserved');
      world.begin('deposit');
      world.run(0, false);
      const [remote] = [...world.remotes.values()];
      world.look(remote?.id ?? '');
      remote?.pay();
      world.look(remote?.id ?? '');
      world.look(remote?.id ?? '');
      for (const at of order) world.arrive(at % Math.max(1, world.inFlight.length), at % 2 === 0);
      world.drain();
      expect(toldOf(world)).toEqual(['authorized']);
      expect(stateOf(world.state?.payments[0] ?? never())).toBe('authorized');
    }),
  );
});

function never(): never {
  throw new Error('it is not there');
}

it('a refund is decided on by neither who asks for it nor who gets it', () => {
  const decide = (who: string | null, state: 'requested' | 'approved' = 'requested') => {
    const may = mayDecide({ state, requestedBy: 'asker' }, { buyerId: 'buyer' }, who);
    return may.ok ? 'may' : may.error.code;
  };
  expect(['asker', 'buyer', null, 'somebody else'].map((who) => decide(who))).toEqual(['second_approval_required', 'second_approval_required', 'second_approval_required', 'may']);
  expect(decide('somebody else', 'approved')).toBe('transition_not_allowed');
});
