import type { GuardRow, OrderState } from '@autobroker/kernel';

/** How the offer at its source stood when somebody last looked. */
export type OfferStanding = 'confirmed' | 'unchecked' | 'changed' | 'gone';

/** What the steps of a sale depend on, all of it known beforehand. */
export interface OrderFacts {
  readonly mandateSigned: boolean;
  readonly quoteValid: boolean;
  readonly offer: OfferStanding;
  readonly vehicleFree: boolean;
  readonly priceAgreed: boolean;
  readonly depositMatches: boolean;
  readonly inspectionArranged: boolean;
  readonly reportThere: boolean;
  readonly carAccepted: boolean;
  readonly buyerInformed: boolean;
  readonly contractSigned: boolean;
  readonly settled: boolean;
  readonly dunned: boolean;
  readonly titleReceived: boolean;
  readonly poaReceived: boolean;
  readonly carrierAccepted: boolean;
  readonly legInsured: boolean;
  readonly pickupPictured: boolean;
  readonly handoverRecorded: boolean;
  readonly handoverSigned: boolean;
  readonly windowOver: boolean;
  readonly mayWithdraw: boolean;
  readonly withdrawalConfirmed: boolean;
  readonly disputesClosed: boolean;
  readonly wasDelivered: boolean;
  readonly resumeState: OrderState | null;
}

const row = (holds: (facts: OrderFacts) => boolean, otherwise: string): GuardRow<OrderFacts> => ({ holds, otherwise });
const stoodAt = (state: OrderState): GuardRow<OrderFacts> => row(({ resumeState }) => resumeState === state, `The sale did not stand at ${state} when it was stopped`);

/** Every condition by name, with what a person is told where it does not hold. */
export const guards = {
  mandate_signed: row((facts) => facts.mandateSigned, 'The mandate is not signed yet'),
  quote_valid: row((facts) => facts.quoteValid, 'The quote has run out: ask for a new one'),
  price_agreed: row((facts) => facts.priceAgreed, 'Another price was proposed: the buyer agrees to it, or it is taken back'),
  offer_checked: row(({ offer }) => offer !== 'unchecked', 'Whether the offer still stands is being looked at'),
  offer_stands: row(({ offer }) => offer !== 'changed', 'The offer is not what was quoted any more'),
  vehicle_free: row(({ vehicleFree, offer }) => vehicleFree && offer !== 'gone', 'The car is not for sale'),
  deposit_matches: row((facts) => facts.depositMatches, 'No deposit of the right amount is held'),
  inspection_arranged: row((facts) => facts.inspectionArranged, 'Nobody was found to look at the car, and the buyer has not done without'),
  report_there: row((facts) => facts.reportThere, 'There is no report yet'),
  car_accepted: row((facts) => facts.carAccepted, 'The buyer has not accepted the car as it was found'),
  buyer_informed: row((facts) => facts.buyerInformed, 'The buyer has not confirmed to have what has to be told before a contract'),
  contract_signed: row((facts) => facts.contractSigned, 'Not everybody has signed the contract'),
  settled: row((facts) => facts.settled, 'Something is still owed'),
  dunned: row((facts) => facts.dunned, 'The buyer was not reminded yet'),
  title_received: row((facts) => facts.titleReceived, 'The title is not here yet'),
  poa_received: row((facts) => facts.poaReceived, 'The power of attorney is not here yet'),
  carrier_accepted: row((facts) => facts.carrierAccepted, 'No carrier has accepted the car'),
  leg_insured: row((facts) => facts.legInsured, 'The transport is not insured'),
  pickup_pictured: row((facts) => facts.pickupPictured, 'There are no pictures of the pick-up'),
  handover_recorded: row((facts) => facts.handoverRecorded, 'The handover is not recorded'),
  handover_signed: row((facts) => facts.handoverSigned, 'The buyer has not signed the handover'),
  window_over: row((facts) => facts.windowOver, 'The time to withdraw is not over'),
  may_withdraw: row((facts) => facts.mayWithdraw, 'This sale can’t be withdrawn from'),
  withdrawal_confirmed: row((facts) => facts.withdrawalConfirmed, 'The withdrawal was not confirmed'),
  disputes_closed: row((facts) => facts.disputesClosed, 'A dispute is still open'),
  was_delivered: row((facts) => facts.wasDelivered, 'The car was not delivered'),
  stood_at_deposit_held: stoodAt('deposit_held'),
  stood_at_inspection: stoodAt('inspection'),
  stood_at_contracted: stoodAt('contracted'),
  stood_at_balance_paid: stoodAt('balance_paid'),
  stood_at_titling: stoodAt('titling'),
  stood_at_in_transit: stoodAt('in_transit'),
  stood_at_delivered: stoodAt('delivered'),
  stood_at_completed: stoodAt('completed'),
} as const;

export type GuardName = keyof typeof guards;
