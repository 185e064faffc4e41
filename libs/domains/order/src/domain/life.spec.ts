import { orderStates } from '@autobroker/kernel';
import fc from 'fast-check';
import { type GuardName, guards, type OrderFacts } from './guards';
import { byHand, disputable, movers, orderLife } from './life';

const all: OrderFacts = {
  mandateSigned: true, quoteValid: true, offer: 'confirmed', vehicleFree: true, priceAgreed: true, depositMatches: true, inspectionArranged: true, reportThere: true, carAccepted: true,
  buyerInformed: true, contractSigned: true, settled: true, dunned: true, titleReceived: true, poaReceived: true, carrierAccepted: true, legInsured: true, pickupPictured: true,
  handoverRecorded: true, handoverSigned: true, windowOver: true, mayWithdraw: true, withdrawalConfirmed: true, disputesClosed: true, wasDelivered: true, resumeState: 'contracted',
};

describe('the life of an order', () => {
  it('has exactly the twelve states', () => {
    expect(orderLife.states.toSorted()).toEqual([...orderStates].toSorted());
  });

  /** What may come after what, as it was agreed: number 8 goes nowhere but to the buyer or into a dispute. */
  it.each<[string, string[]]>([
    ['requested', ['reserved', 'cancelled']],
    ['reserved', ['deposit_held', 'cancelled']],
    ['deposit_held', ['inspection', 'cancelled', 'disputed']],
    ['inspection', ['contracted', 'cancelled', 'disputed']],
    ['contracted', ['balance_paid', 'cancelled', 'disputed']],
    ['balance_paid', ['titling', 'cancelled', 'disputed']],
    ['titling', ['in_transit', 'delivered', 'cancelled', 'disputed']],
    ['in_transit', ['delivered', 'disputed']],
    ['delivered', ['completed', 'cancelled', 'disputed']],
    ['completed', ['disputed']],
    ['cancelled', []],
    ['disputed', [...disputable, 'cancelled']],
  ])('leads from %s to %j and nowhere else', (state, next) => {
    const reached = new Set(orderLife.transitions.filter(({ from }) => from === state).map(({ to }) => to));
    expect([...reached].toSorted()).toEqual(next.toSorted());
  });

  it('has one step by hand for each pair of states, so that naming the state names the step', () => {
    const pairs = orderLife.transitions.filter(({ trigger, from }) => byHand.has(trigger) && from !== 'disputed').map(({ from, to }) => `${from}>${to}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('asks for something before each step that holds a car or money', () => {
    const asked = (trigger: string) => orderLife.transitions.find((step) => step.trigger === trigger)?.guards ?? [];
    expect(asked('reserve')).toEqual(expect.arrayContaining(['mandate_signed', 'quote_valid', 'offer_checked', 'offer_stands', 'vehicle_free', 'price_agreed']));
    expect(asked('hold_deposit')).toEqual(['deposit_matches']);
    expect(asked('contract')).toEqual(expect.arrayContaining(['contract_signed', 'buyer_informed', 'car_accepted']));
  });

  it('never lets a buyer take a step of the staff, nor the staff one of the payment service', () => {
    fc.assert(
      fc.property(fc.constantFrom(...orderLife.states), fc.constantFrom(...orderLife.triggers), fc.constantFrom(...movers), (state, trigger, who) => {
        const decision = orderLife.decide(state, trigger, { who, facts: { ...all, resumeState: state === 'disputed' ? 'contracted' : null } });
        if (decision.ok) expect(decision.value.who).toContain(who);
      }),
    );
    for (const trigger of ['register', 'ship', 'hand_over', 'close'] as const) for (const state of orderLife.states) expect(orderLife.decide(state, trigger, { who: 'buyer', facts: all }).ok).toBe(false);
    for (const trigger of ['hold_deposit', 'settle', 'contract', 'complete', 'withdraw', 'reserve'] as const) for (const state of orderLife.states) expect(orderLife.decide(state, trigger, { who: 'staff', facts: all }).ok).toBe(false);
  });

  it('resumes only where it stood', () => {
    for (const state of disputable) {
      for (const stood of disputable) expect(orderLife.decide('disputed', `resume_${state}`, { who: 'staff', facts: { ...all, resumeState: stood } }).ok).toBe(state === stood);
      expect(orderLife.decide('disputed', `resume_${state}`, { who: 'staff', facts: { ...all, resumeState: state, disputesClosed: false } }).ok).toBe(false);
    }
  });

  it.each<[GuardName, Partial<OrderFacts>]>([
    ['mandate_signed', { mandateSigned: false }], ['quote_valid', { quoteValid: false }], ['price_agreed', { priceAgreed: false }], ['offer_checked', { offer: 'unchecked' }], ['offer_stands', { offer: 'changed' }],
    ['vehicle_free', { offer: 'gone' }], ['vehicle_free', { vehicleFree: false }], ['contract_signed', { contractSigned: false }], ['settled', { settled: false }], ['window_over', { windowOver: false }],
    ['withdrawal_confirmed', { withdrawalConfirmed: false }], ['handover_signed', { handoverSigned: false }], ['leg_insured', { legInsured: false }],
  ])('%s does not hold of %j, and holds otherwise', (name, facts) => {
    expect([guards[name].holds(all), guards[name].holds({ ...all, ...facts })]).toEqual([true, false]);
  });
});
