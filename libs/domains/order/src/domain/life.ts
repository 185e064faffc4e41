import { defineStateMachine, type OrderState, type TriggerOf } from '@autobroker/kernel';
import { guards, type GuardName } from './guards';

/**
 * Who moves a sale on: people of either side, what the payment and documents services say, and time. `buyer` is the one who
 * buys; `staff` are the broker's own people who may manage orders.
 */
export const movers = ['buyer', 'staff', 'payment', 'documents', 'system'] as const;
export type Mover = (typeof movers)[number];

/** Where a dispute may stop a sale, and let it go on again. */
export const disputable = ['deposit_held', 'inspection', 'contracted', 'balance_paid', 'titling', 'in_transit', 'delivered', 'completed'] as const satisfies readonly OrderState[];

const none: readonly GuardName[] = [];

/** The twelve states of a sale, as a table. Money and paper have no states here: they are told by events and held as facts. */
export const orderLife = defineStateMachine({
  name: 'order',
  initial: 'requested',
  states: {
    requested: { label: 'Requested' },
    reserved: { label: 'Reserved' },
    deposit_held: { label: 'Deposit held' },
    inspection: { label: 'Inspection' },
    contracted: { label: 'Contracted' },
    balance_paid: { label: 'Balance paid' },
    titling: { label: 'Titling' },
    in_transit: { label: 'In transit' },
    delivered: { label: 'Delivered' },
    completed: { label: 'Completed' },
    cancelled: { label: 'Cancelled', terminal: true },
    disputed: { label: 'Disputed' },
  },
  transitions: [
    { from: 'requested', trigger: 'reserve', to: 'reserved', who: ['buyer'], guards: ['mandate_signed', 'quote_valid', 'price_agreed', 'offer_checked', 'offer_stands', 'vehicle_free'], doc: 'The car is held: no other order can have it. The deposit is asked for.' },
    { from: 'requested', trigger: 'expire', to: 'cancelled', who: ['system'], after: 'PT72H' },
    { from: 'reserved', trigger: 'expire', to: 'cancelled', who: ['system'], after: 'PT30M', doc: 'After 48 hours where a transfer is on its way' },
    { from: 'reserved', trigger: 'hold_deposit', to: 'deposit_held', who: ['payment'], guards: ['deposit_matches'] },
    { from: 'deposit_held', trigger: 'expire', to: 'cancelled', who: ['system'], after: 'P7D', doc: 'A day before the hold ends, where it names its end' },
    { from: 'deposit_held', trigger: 'inspect', to: 'inspection', who: ['staff', 'buyer'], guards: ['inspection_arranged'] },
    { from: ['deposit_held', 'inspection'], trigger: 'release_deposit', to: 'cancelled', who: ['payment'], doc: 'The hold is gone' },
    { from: 'inspection', trigger: 'contract', to: 'contracted', who: ['documents'], guards: ['car_accepted', 'price_agreed', 'buyer_informed', 'contract_signed'], doc: 'Deposit taken, sale booked, proforma' },
    { from: 'inspection', trigger: 'decline', to: 'cancelled', who: ['buyer'], guards: ['report_there'], doc: 'Everything goes back' },
    { from: 'inspection', trigger: 'expire', to: 'cancelled', who: ['system'], after: 'P7D', doc: 'Five days for the report, two for the decision' },
    { from: 'contracted', trigger: 'settle', to: 'balance_paid', who: ['payment'], guards: ['settled'] },
    { from: 'contracted', trigger: 'default', to: 'cancelled', who: ['system'], guards: ['dunned'], after: 'P14D', doc: 'Five business days, a reminder, and five more' },
    { from: 'balance_paid', trigger: 'register', to: 'titling', who: ['staff'], guards: ['title_received', 'poa_received'] },
    { from: 'titling', trigger: 'ship', to: 'in_transit', who: ['staff'], guards: ['carrier_accepted', 'leg_insured', 'pickup_pictured'] },
    { from: ['titling', 'in_transit'], trigger: 'hand_over', to: 'delivered', who: ['staff'], guards: ['handover_recorded', 'handover_signed'], doc: 'The time to withdraw runs' },
    { from: 'delivered', trigger: 'complete', to: 'completed', who: ['system'], guards: ['window_over'], after: 'P14D' },
    { from: ['requested', 'reserved', 'deposit_held', 'inspection'], trigger: 'cancel', to: 'cancelled', who: ['buyer', 'staff'], guards: none },
    { from: ['contracted', 'balance_paid', 'titling'], trigger: 'cancel', to: 'cancelled', who: ['staff'], guards: none },
    { from: ['reserved', 'deposit_held', 'inspection', 'contracted', 'balance_paid', 'titling', 'delivered', 'disputed'], trigger: 'withdraw', to: 'cancelled', who: ['buyer'], guards: ['may_withdraw', 'withdrawal_confirmed'] },
    { from: 'in_transit', trigger: 'withdraw', to: 'disputed', who: ['buyer'], guards: ['may_withdraw', 'withdrawal_confirmed'], doc: 'The carrier is stopped first; then it is cancelled' },
    { from: [...disputable], trigger: 'dispute', to: 'disputed', who: ['payment', 'buyer', 'staff'], guards: none, doc: 'Payouts and transport wait; the car stays held' },
    { from: 'disputed', trigger: 'cancel', to: 'cancelled', who: ['staff'], guards: none },
    { from: 'disputed', trigger: 'close', to: 'completed', who: ['staff'], guards: ['disputes_closed', 'was_delivered', 'window_over'] },
    ...disputable.map((state) => ({ from: 'disputed' as const, trigger: `resume_${state}` as const, to: state, who: ['payment', 'staff'] as const, guards: ['disputes_closed', `stood_at_${state}`] as const })),
  ],
  guards,
});

export type OrderTrigger = TriggerOf<typeof orderLife>;
export type OrderStep = (typeof orderLife)['transitions'][number];

/** Steps that a person takes by naming where the sale shall go; the others follow from what was done, said or left undone. */
export const byHand: ReadonlySet<OrderTrigger> = new Set<OrderTrigger>(['reserve', 'inspect', 'register', 'ship', 'hand_over', 'cancel', 'dispute', 'close', ...disputable.map((state) => `resume_${state}` as const)]);
