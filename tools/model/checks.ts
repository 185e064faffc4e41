import { netByLedger, positionOf } from '../../libs/domains/payment/src/domain/invariant';
import { netOf } from '../../libs/domains/payment/src/domain/payment';
import { stageStateOf } from '../../libs/domains/order/src/domain/order';
import { givenBack, isHeldAt, leftOf, takenBack } from './provider';
import type { Money } from './sale-money';
import { isOneOf } from './sale-order';
import type { May, Sale, World } from './sale';

/** What is wrong with a world, whatever led to it. */
export function wrongWith(world: World): string | null {
  const live = world.sales.filter(({ order }) => order.holdsVehicle || isOneOf(stageStateOf(order), ['reserved', 'deposit_held', 'inspection', 'contracted', 'balance_paid', 'titling', 'in_transit', 'delivered']));
  if (live.length > 1) return 'two live orders for one car';
  if (live.length === 1 && world.sales.some(({ order }) => stageStateOf(order) === 'completed')) return 'a car that is sold has a live order';
  for (const sale of world.sales) {
    const what = sale.money === null ? null : (wrongAtProvider(sale.money) ?? wrongInBooks(sale.money));
    if (what !== null) return what;
  }
  return null;
}

function wrongAtProvider({ remotes, desk }: Money): string | null {
  for (const remote of remotes) {
    if (remote.leg === 'deposit' && remote.captured > remote.authorized) return 'captured more than authorised';
    if (givenBack(remote) > remote.captured) return 'refunded more than captured';
    if (givenBack(remote) + takenBack(remote) > remote.captured) return 'given back what the bank has taken back already';
    const payment = desk.payments.find(({ id }) => id === remote.id);
    if (payment === undefined) continue;
    if (payment.captured > remote.captured) return 'more is booked than was taken';
    if (payment.refunded > payment.captured) return 'more is booked as refunded than as captured';
  }
  return null;
}

/** Paid once is paid for good, but for what a bank takes back. */
function isShort({ order, payments }: Money['desk']): boolean {
  if (order.settledAt === null || order.isCancelled) return false;
  const here = payments.reduce((sum, one) => sum + netOf(one) + one.chargedBack, 0);
  return here < order.total - order.goodwill;
}

function wrongInBooks({ desk, broken, sold, earned }: Money): string | null {
  if (broken !== null) return broken;
  if (isShort(desk)) return 'settled, and less is there than is owed';
  const { balances, order, payments } = desk;
  if ([...balances.values()].reduce((sum, amount) => sum + amount, 0) !== 0) return 'the ledger is not balanced';
  const position = positionOf(order, payments);
  if (position.deposits + position.payments - position.refunds - position.chargebacks !== position.settled + position.refundDue) return 'what came is not what is settled or due';
  if (netByLedger(balances, sold, earned) !== position.settled + position.refundDue) return 'the ledger says otherwise than the payments';
  return null;
}

/** Where a world may end: everything is known everywhere, and nobody owes anybody anything. */
export function goalOf({ sales, car }: World, may: May): boolean {
  if (!sales.every((sale) => isQuiet(sale) && isAtRest(sale, may))) return false;
  if (may.sales === 1) return true;
  const isSold = sales.some(({ order }) => order.state === 'completed');
  const isHeld = sales.some(({ order }) => order.holdsVehicle);
  return car.status === (isSold ? 'sold' : isHeld ? 'reserved' : 'available');
}

export const isQuiet = ({ toMoney, toOrder, toCar, money }: Sale): boolean => toMoney.length + toOrder.length + toCar.length === 0 && money !== null && money.looks.length === 0 && money.asking.every(({ isPending }) => !isPending);

export function isAtRest({ order, money }: Sale, { upTo }: May): boolean {
  if (money === null) return false;
  const { remotes, desk } = money;
  const left = remotes.reduce((sum, remote) => sum + leftOf(remote), 0);
  if (remotes.some(isHeldAt) || desk.payments.reduce((sum, payment) => sum + netOf(payment), 0) !== left) return false;
  if (order.state === 'cancelled') {
    const owesNothing = (['buyer_receivable', 'deposit_liability', 'refunds', 'chargebacks'] as const).every((account) => (desk.balances.get(account) ?? 0) === 0);
    return order.cancellation?.closedAt != null && desk.order.closedAt !== null && left <= (order.cancellation?.retain ?? 0) && owesNothing;
  }
  const last = { contract: 'contracted', balance: 'balance_paid', end: 'completed' } as const;
  if (order.state !== last[upTo]) return false;
  const lost = remotes.reduce((sum, remote) => sum + takenBack(remote), 0);
  return upTo === 'contract' || (left + lost >= desk.order.total - desk.order.goodwill && left <= desk.order.total - desk.order.goodwill);
}
