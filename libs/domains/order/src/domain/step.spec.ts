import { cancelFaults, type OrderState } from '@autobroker/kernel';
import fc from 'fast-check';
import { anOrder } from './an-order';
import { deadlinesOf } from './deadlines';
import { factsOf, isUnreadable, type Sight } from './facts';
import { byHand, movers, orderLife } from './life';
import { changed, type Order, withProgress } from './order';
import { compensationsFor } from './saga';
import { decide, enter, follow, triggerTo } from './step';
import { usualDeadlines } from './tenant-policy';

const start = new Date('2026-11-20T12:00:00Z');
const car = { status: 'available', price: null, isOwn: false, car: null } as const;
const read = { status: 'active', price: { amount: 1_899_000, currency: 'EUR' }, unreadableAt: null } as const;
const sight = (now: Date, more: Partial<Sight> = {}): Sight => ({ now, policy: usualDeadlines, broker: null, buyer: null, papers: [], vehicle: car, offer: { ...read, checkedAt: now }, ...more });
const signed = (kind: string, at: Date) => ({ kind, version: 1, issuedAt: at, complete: true, signedAt: at, timeZone: null });
const held: readonly OrderState[] = ['reserved', 'deposit_held', 'inspection', 'contracted', 'balance_paid', 'titling', 'in_transit', 'delivered'];

/** Something that may happen to a sale, as data: so that any order of it can be tried. */
const happenings = ['mandate', 'deposit', 'arrange', 'report', 'accept', 'contract', 'pay', 'papers', 'leg', 'handover', 'withdrawal', 'claim', 'claim_closed', 'dunned', 'day', 'fortnight'] as const;
type Happening = (typeof happenings)[number];

function happen(order: Order, what: Happening, now: Date, papers: Sight['papers']): { order: Order; papers: Sight['papers'] } {
  const at = now.toISOString();
  const { progress } = order;
  const with_ = (more: Parameters<typeof withProgress>[2]) => ({ order: withProgress(order, now, more), papers });
  switch (what) {
    case 'mandate':
      return { order, papers: [...papers, signed('mandate', now)] };
    case 'deposit':
      return { order: order.state === 'reserved' ? changed(order, now, { deposit: { paymentId: 'p', method: 'card', state: 'authorized', captureBefore: null } }) : order, papers };
    case 'arrange':
      return progress.inspection === null ? { order, papers } : with_({ inspection: { ...progress.inspection, inspector: 'TÜV' } });
    case 'report':
      return progress.inspection === null ? { order, papers } : with_({ inspection: { ...progress.inspection, report: { at, summary: 'ok', passed: true, mileageKm: 1, defects: [] } } });
    case 'accept':
      return progress.inspection === null ? { order, papers } : with_({ inspection: { ...progress.inspection, decision: 'accepted' }, contract: { ...progress.contract, informedAt: at, withdrawalTold: true, readyAt: at, readyVersion: order.version + 1 } });
    case 'contract':
      return { order, papers: [...papers, signed('purchase_contract', now)] };
    case 'pay':
      return { order: changed(order, now, { settledAt: at }), papers };
    case 'papers':
      return with_({ registration: { titleReceivedAt: at, poaReceivedAt: at, taxRemittedAt: null, plates: null } });
    case 'leg':
      return with_({ legs: [{ id: 'l', carrier: 'c', from: 'a', to: 'b', insurance: 'i', eta: null, status: 'picked_up', pickupPhotos: 2 }] });
    case 'handover':
      return with_({ handover: { place: 'x', at, odometerKm: 10, keys: 2, papers: [], photos: 0, defects: [], acceptedAt: at } });
    case 'withdrawal':
      return with_({ withdrawal: { id: 'w', declaredAt: at, odometerKm: 10, use: { km: 0, amount: 0 }, assessment: null, confirmedAt: at, returned: null } });
    case 'claim':
      return with_({ disputes: [...progress.disputes, { id: 'd', kind: 'claim', reason: 'x', status: 'open', dueBy: null, openedAt: at }] });
    case 'claim_closed':
      return with_({ disputes: progress.disputes.map((one) => ({ ...one, status: 'closed' as const })) });
    case 'dunned':
      return with_({ dunnedAt: at });
    case 'day':
    case 'fortnight':
      return { order, papers };
  }
}

/** What a sale waits for, so that many of the tried ones come far. */
const awaited: Readonly<Record<OrderState, readonly Happening[]>> = {
  requested: ['mandate'],
  reserved: ['deposit'],
  deposit_held: ['arrange'],
  inspection: ['report', 'accept', 'contract'],
  contracted: ['pay'],
  balance_paid: ['papers'],
  titling: ['leg', 'handover'],
  in_transit: ['handover'],
  delivered: ['fortnight', 'fortnight', 'withdrawal'],
  completed: ['claim'],
  cancelled: ['day'],
  disputed: ['claim_closed'],
};

const action = fc.oneof(
  fc.record({ kind: fc.constant('happens' as const), what: fc.constantFrom(...happenings) }),
  fc.record({ kind: fc.constant('comes' as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant('steps' as const), pick: fc.nat(), forward: fc.integer({ min: 0, max: 9 }).map((n) => n > 0), fault: fc.constantFrom(...cancelFaults), provenCost: fc.nat(1_000_000) }),
);

/** What anybody may do now; on purpose mostly what leads on, or nothing would ever come far. */
function stepFrom(order: Order, at: Sight, pick: number, forward: boolean) {
  const facts = factsOf(order, at);
  const allowed = orderLife.triggers.flatMap((trigger) => movers.flatMap((who) => {
    const step = decide(order, trigger, who, facts);
    return step.ok ? [step.value] : [];
  }));
  const onwards = allowed.filter(({ to }) => to !== 'cancelled' && to !== 'disputed');
  const among = forward ? onwards : allowed;
  return among[pick % Math.max(1, among.length)];
}

describe('whatever happens to a sale, in whatever order', () => {
  it('it is held exactly while somebody may still get the car, keeps its books, and always has a way out', () => {
    const seen = new Set<OrderState>();
    fc.assert(
      fc.property(fc.array(action, { minLength: 1, maxLength: 120, size: 'max' }), (actions) => {
        let now = start;
        let order = anOrder({});
        let papers: Sight['papers'] = [];
        for (const tried of actions) {
          const waitsFor = awaited[order.state];
          const one = tried.kind === 'comes' ? { kind: 'happens' as const, what: waitsFor[tried.pick % waitsFor.length] ?? 'day' } : tried;
          now = new Date(now.getTime() + (one.kind === 'happens' && one.what === 'fortnight' ? 14 : one.kind === 'happens' && one.what === 'day' ? 1 : 0) * 86_400_000 + 1_000);
          const before = order;
          if (one.kind === 'happens') ({ order, papers } = happen(order, one.what, now, papers));
          else {
            const step = stepFrom(order, sight(now, { papers }), one.pick, one.forward);
            if (step !== undefined) order = enter(order, step, sight(now), { reason: 'x', fault: one.fault, provenCost: one.provenCost });
          }
          for (const move of follow(order, sight(now, { papers }))) order = move.after;
          seen.add(order.state);
          expect(order.version).toBeGreaterThanOrEqual(before.version);
          const stage = order.state === 'disputed' ? order.resumeState : order.state;
          expect(order.holdsVehicle).toBe(stage !== null && held.includes(stage));
          expect(order.resumeState !== null).toBe(order.state === 'disputed');
          expect(order.cancellation !== null).toBe(order.state === 'cancelled');
          const { cancellation, price } = order;
          if (cancellation !== null) {
            expect(cancellation.retain).toBeLessThanOrEqual(price.deposit);
            expect(Date.parse(cancellation.refundDueAt) - order.enteredAt.getTime()).toBeLessThanOrEqual(14 * 86_400_000);
          }
          // Nobody waits for ever: time does something, or calls somebody, in every state that is not the end.
          if (order.state !== 'completed' && order.state !== 'cancelled') expect(deadlinesOf(order, usualDeadlines).length).toBeGreaterThan(0);
          if (before.state === 'cancelled') expect(order.state).toBe('cancelled');
        }
      }),
      { numRuns: 300, seed: 4_711 },
    );
    expect(seen.size).toBe(12);
  });

  it('goes all the way when all of it happens', () => {
    let order = anOrder({});
    let papers: Sight['papers'] = [];
    const states: OrderState[] = [];
    const go = (what: Happening | null, trigger: Parameters<typeof decide>[1] | null, who: (typeof movers)[number] = 'staff', now = start) => {
      if (what !== null) ({ order, papers } = happen(order, what, now, papers));
      if (trigger !== null) {
        const step = decide(order, trigger, who, factsOf(order, sight(now, { papers })));
        if (!step.ok) throw new Error(`${trigger}: ${step.error.detail}`);
        order = enter(order, step.value, sight(now));
      }
      for (const { after } of follow(order, sight(now, { papers }))) order = after;
      states.push(order.state);
    };
    go('mandate', 'reserve', 'buyer');
    // Paid and signed ahead of its time: it takes effect when it can.
    go('pay', null);
    go('deposit', null);
    go('arrange', 'inspect');
    go('report', null);
    go('accept', null);
    go('contract', null);
    go('papers', 'register');
    go('leg', 'ship');
    go('handover', 'hand_over');
    go(null, 'complete', 'system', new Date(start.getTime() + 15 * 86_400_000));
    expect(states).toEqual(['reserved', 'reserved', 'deposit_held', 'inspection', 'inspection', 'inspection', 'balance_paid', 'titling', 'in_transit', 'delivered', 'completed']);
  });

  it('a buyer who names a state takes the step that is theirs, and is told of the first thing that is missing by its code', () => {
    const order = anOrder({});
    const refused = (more: Partial<Sight>, at = start) => {
      const step = triggerTo(order, 'reserved', ['buyer'], factsOf(order, sight(at, { papers: [signed('mandate', start)], ...more })));
      return step.ok ? 'ok' : step.error.code;
    };
    expect(refused({})).toBe('ok');
    expect(refused({ papers: [] })).toBe('transition_not_allowed');
    expect(refused({ offer: null })).toBe('offer_unchecked');
    expect(refused({ offer: { ...read, price: { amount: 1_899_001, currency: 'EUR' }, checkedAt: start } })).toBe('offer_changed');
    expect(refused({ offer: { ...read, price: { amount: 1_899_000, currency: 'USD' }, checkedAt: start } })).toBe('offer_changed');
    expect(refused({ offer: { ...read, status: 'sold', price: null, checkedAt: start } })).toBe('vehicle_unavailable');
    expect(refused({ vehicle: { ...car, status: 'sold' } })).toBe('vehicle_unavailable');
    expect(refused({}, new Date('2026-11-23T12:00:00Z'))).toBe('quote_expired');
    expect(triggerTo(order, 'delivered', ['staff'], factsOf(order, sight(start)))).toMatchObject({ ok: false, error: { code: 'transition_not_allowed' } });
  });
});

describe('an offer that nobody can read at its source', () => {
  const own = { ...car, isOwn: true, price: { amount: 1_899_000, currency: 'EUR' } } as const;
  const nobodyRead = { ...read, status: null, price: null, checkedAt: null, unreadableAt: start };
  const word = { at: start.toISOString(), askedPrice: 1_899_000, reason: 'asked the seller by telephone' };
  const hours = (n: number) => new Date(start.getTime() + n * 3_600_000);
  const offer = (more: Partial<Sight>, progress: Parameters<typeof anOrder>[0]['progress'] = {}, now = start) => factsOf(anOrder({ progress }), sight(now, more)).offer;

  it('of the tenant’s own stock is what the catalogue says', () => {
    expect(offer({ vehicle: own, offer: nobodyRead })).toBe('confirmed');
    expect(offer({ vehicle: { ...own, price: { amount: 1_899_001, currency: 'EUR' } }, offer: nobodyRead })).toBe('changed');
    expect(offer({ vehicle: car, offer: nobodyRead })).toBe('unchecked');
  });

  it('stands for a day by the word of who asked the seller, at the price that was asked, until its source says something later', () => {
    expect(offer({ offer: nobodyRead }, { offerWord: word })).toBe('confirmed');
    expect(offer({ offer: null }, { offerWord: word }, hours(24))).toBe('confirmed');
    expect(offer({ offer: nobodyRead }, { offerWord: word }, hours(24.1))).toBe('unchecked');
    expect(offer({ offer: nobodyRead }, { offerWord: { ...word, askedPrice: 1 } })).toBe('unchecked');
    expect(offer({ offer: { ...read, status: 'sold', price: null, checkedAt: hours(-1) } }, { offerWord: word })).toBe('confirmed');
    expect(offer({ offer: { ...read, status: 'sold', price: null, checkedAt: hours(0.1) } }, { offerWord: word }, hours(0.2))).toBe('gone');
  });

  it('calls somebody, but not while it was read since, nor for own stock', () => {
    expect(isUnreadable({ vehicle: car, offer: nobodyRead })).toBe(true);
    expect(isUnreadable({ vehicle: own, offer: nobodyRead })).toBe(false);
    expect(isUnreadable({ vehicle: car, offer: { ...read, checkedAt: hours(1), unreadableAt: start } })).toBe(false);
    expect(isUnreadable({ vehicle: car, offer: null })).toBe(false);
  });
});

describe('what is undone', () => {
  const kinds = (order: Parameters<typeof anOrder>[0], invoiced = false) => compensationsFor(anOrder(order), invoiced, start).map(({ kind, way }) => `${kind}/${way}`);
  const leg = { id: 'l', carrier: 'c', from: 'a', to: 'b', insurance: 'i', eta: null, pickupPhotos: 2 };

  it('is what was done, the last thing first', () => {
    expect(kinds({ state: 'requested' })).toEqual([]);
    expect(kinds({ state: 'reserved', holdsVehicle: true })).toEqual(['refund/heard', 'release_vehicle/here']);
    expect(kinds({ state: 'titling', holdsVehicle: true, progress: { legs: [{ ...leg, status: 'accepted' }] } }, true)).toEqual(['stop_carrier/here', 'recall_seller_payment/people', 'annul_documents/heard', 'refund/heard', 'release_vehicle/here']);
    expect(kinds({ state: 'disputed', resumeState: 'in_transit', holdsVehicle: true, progress: { legs: [{ ...leg, status: 'picked_up' }] } })[0]).toBe('stop_carrier/people');
  });

  it('calls off what has not begun', () => {
    const order = anOrder({ state: 'titling', progress: { legs: [{ ...leg, status: 'accepted' }, { ...leg, status: 'picked_up' }] } });
    const step = orderLife.transitions.find(({ from, trigger }) => from === 'titling' && trigger === 'cancel');
    if (step === undefined) throw new Error('no such step');
    expect(enter(order, step, sight(start), { reason: 'x', fault: 'seller' }).progress.legs.map(({ status }) => status)).toEqual(['stopped', 'picked_up']);
    expect(byHand.has('cancel')).toBe(true);
  });
});
