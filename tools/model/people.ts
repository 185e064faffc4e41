import type { CancelFault, VehicleStatus } from '@autobroker/kernel';
import { resumeTrigger } from '../../libs/domains/order/src/domain/hear-money';
import type { Mover, OrderTrigger } from '../../libs/domains/order/src/domain/life';
import type { Ending } from '../../libs/domains/order/src/domain/step';
import { orderedInspection, stageStateOf } from '../../libs/domains/order/src/domain/order';
import { isOneOf, SaleOrder, start } from './sale-order';
import { type May, type Sale, worked } from './sale';

interface Taken {
  readonly name: string;
  readonly sale: Sale;
}

const at = start.toISOString();
const ended = (fault: CancelFault, provenCost = 0): Ending => ({ reason: 'ended', fault, provenCost });

/** What people do with a sale, and what time does: whatever its rules let them. */
export function* peopleAndTime(sale: Sale, car: VehicleStatus, may: May, isFree: boolean): Iterable<Taken> {
  const { order, isSigned } = sale;
  const { state, progress } = order;
  const attempt = (name: string, trigger: OrderTrigger, who: Mover, more: { readonly ending?: Ending; readonly isLater?: boolean; readonly before?: (hand: SaleOrder) => void; readonly signs?: boolean } = {}): Taken[] => {
    const signed = isSigned || more.signs === true;
    const hand = new SaleOrder(order, { isSigned: signed, car, isLater: more.isLater ?? false });
    more.before?.(hand);
    const done = hand.move(trigger, who, more.ending === undefined ? {} : { ending: more.ending });
    return done.ok ? [{ name, sale: worked({ ...sale, isSigned: signed }, hand, may) }] : [];
  };
  if (isFree) yield* attempt('the buyer reserves the car', 'reserve', 'buyer');
  yield* attempt('the car is inspected', 'inspect', 'staff', { before: (hand) => hand.progress({ inspection: { ...(progress.inspection ?? orderedInspection(start)), waivedAt: at } }) });
  if (state === 'inspection' && progress.contract.readyAt === null && progress.inspection !== null) yield signing(sale, car, may);
  if (may.upTo === 'end') {
    yield* attempt('the car is registered', 'register', 'staff', { before: (hand) => hand.progress({ registration: { titleReceivedAt: at, poaReceivedAt: at, taxRemittedAt: null, plates: null } }) });
    const handover = { place: 'here', at, odometerKm: 1, keys: 2, papers: [], photos: 0, defects: [], acceptedAt: at };
    yield* attempt('the car is handed over', 'hand_over', 'staff', { before: (hand) => hand.progress({ handover }) });
    yield* attempt('the time to withdraw is over', 'complete', 'system', { isLater: true });
  }
  if (may.cancels) {
    const late = state === 'reserved' ? 'buyer' : state === 'deposit_held' ? 'broker' : 'nobody';
    yield* attempt('time runs out', 'expire', 'system', { ending: ended(late) });
    yield* attempt('the buyer does not pay', 'default', 'system', { ending: ended('buyer'), before: (hand) => hand.progress({ dunnedAt: at }) });
    yield* attempt('the buyer cancels', 'cancel', 'buyer', { ending: ended('buyer') });
    yield* attempt('staff cancel, and everything goes back', 'cancel', 'staff', { ending: ended('broker') });
    yield* attempt('staff cancel, and keep the cost', 'cancel', 'staff', { ending: ended('buyer', 1) });
    yield* attempt('the buyer withdraws', 'withdraw', 'buyer', { ending: ended('withdrawal'), before: (hand) => hand.progress({ withdrawal: { id: 'withdrawal', declaredAt: at, odometerKm: 1, use: { km: 0, amount: 0 }, assessment: null, confirmedAt: at, returned: null } }) });
  }
  const { cancellation } = order;
  for (const retain of cancellation?.awaitsReturn === true ? [0, 1] : []) {
    const hand = new SaleOrder(order, { isSigned, car });
    if (cancellation !== null) hand.returned(cancellation, retain);
    yield { name: `the car is back${retain > 0 ? ', and not as it was' : ''}`, sale: worked(sale, hand, may) };
  }
  yield* ofClaims(sale, car, may);
}

/** The car is accepted as it was found, and everybody signs. */
function signing(sale: Sale, car: VehicleStatus, may: May): Taken {
  const hand = new SaleOrder(sale.order, { isSigned: true, car });
  const { inspection, contract } = sale.order.progress;
  hand.progress({ inspection: inspection === null ? null : { ...inspection, decision: 'accepted', decidedAt: at }, contract: { ...contract, informedAt: at, withdrawalTold: true, readyAt: at } });
  hand.followUp();
  return { name: 'the contract is signed', sale: worked({ ...sale, isSigned: true }, hand, may) };
}

function* ofClaims(sale: Sale, car: VehicleStatus, may: May): Iterable<Taken> {
  const { order, isSigned } = sale;
  const { disputes } = order.progress;
  const hand = (): SaleOrder => new SaleOrder(order, { isSigned, car });
  if (may.claims && disputes.every(({ kind }) => kind !== 'claim')) {
    const claimed = hand();
    claimed.progress({ disputes: [...disputes, { id: 'claim', kind: 'claim', reason: 'faults', status: 'open', dueBy: null, openedAt: at }] });
    if (claimed.move('dispute', 'buyer').ok) yield { name: 'the buyer claims faults', sale: worked(sale, claimed, may) };
  }
  if (disputes.some(({ kind, status }) => kind === 'claim' && status === 'open')) {
    const closed = hand();
    closed.progress({ disputes: disputes.map((one) => (one.kind === 'claim' ? { ...one, status: 'closed' as const } : one)) });
    yield { name: 'the claim is settled', sale: worked(sale, closed, may) };
  }
  const trigger = resumeTrigger(order);
  if (trigger !== null) {
    const resumed = hand();
    if (resumed.move(trigger, 'staff').ok) yield { name: 'the sale goes on', sale: worked(sale, resumed, may) };
  }
  if (order.state === 'disputed' && isOneOf(stageStateOf(order), ['delivered', 'completed'])) {
    const closed = new SaleOrder(order, { isSigned, car, isLater: true });
    if (closed.move('close', 'staff').ok) yield { name: 'the sale is closed after its dispute', sale: worked(sale, closed, may) };
  }
}
