import type { OrderState } from '@autobroker/kernel';
import { isOneOf } from './sale-order';
import { isOldNews, type Money } from './sale-money';
import { isAtRest, isQuiet } from './checks';
import type { May, Sale, World } from './sale';

/** Two worlds in which the same can happen from now on are one: names and numbers count only by how they stand to each other. */
export function keyOfWorld({ sales, car }: World, may: May): string {
  // Which of two buyers is which makes no difference.
  return JSON.stringify([car.status, ...sales.map((sale, at) => JSON.stringify(isOver(sale, may) ? ['over', car.sales[at]?.state] : keyOfSale(sale, car.sales[at] ?? null))).sort()]);
}

/** Nothing can become of it any more but what a bank disputes, or people give back. */
const isOver = (sale: Sale, may: May): boolean => sale.order.state === 'cancelled' && !may.disputes && !may.goodwill && isQuiet(sale) && isAtRest(sale, may);

const rankIn = (numbers: readonly number[]): ((one: number) => number) => {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  return (one) => sorted.indexOf(one);
};
/** What the payment service tells apart: states that mean the same to it are one. */
const kindOf = (state: OrderState | null | undefined): string => {
  if (state === null || state === undefined) return '';
  if (state === 'reserved' || state === 'inspection' || state === 'completed' || state === 'cancelled') return state;
  return isOneOf(state, ['contracted', 'balance_paid', 'titling', 'in_transit', 'delivered']) ? 'contracted' : 'requested';
};
/** In which order they came makes no difference. */
const sorted = (all: readonly unknown[]): string[] => all.map((one) => JSON.stringify(one)).sort();
const bits = (...all: readonly boolean[]): string => all.map((bit) => (bit ? '1' : '0')).join('');

function keyOfSale({ order, isSigned, money, toMoney, toOrder, toCar }: Sale, inCatalogue: { readonly version: number; readonly state: string } | null): unknown {
  const { progress, deposit, cancellation } = order;
  const version = rankIn([...toMoney.map((news) => news.version), money?.desk.order.version ?? 0]);
  const carVersion = rankIn([...toCar.map((news) => news.version), inCatalogue?.version ?? 0]);
  const names = money === null ? new Map<string, string>() : namesIn(money);
  const told = toOrder.map((one) => {
    if (one.kind === 'order_settled') return [one.kind, one.received, one.givenBack];
    if (one.kind === 'refund_settled' || one.kind === 'refunded') return [one.kind];
    return one.kind === 'disputed' ? [one.kind, names.get(one.dispute.id), one.dispute.status] : [one.kind, one.payment.id, one.kind === 'failed' ? 0 : one.amount];
  });
  const onTheWay = [
    sorted(toMoney.map((news) => [version(news.version), kindOf(news.state), kindOf(news.resumeState), news.cancelled?.awaitsReturn, news.returned?.retain])),
    sorted(told),
    sorted(toCar.map((news) => [carVersion(news.version), news.state])),
    inCatalogue === null ? 0 : [carVersion(inCatalogue.version), inCatalogue.state],
    money === null ? 0 : keyOfMoney(money, version(money.desk.order.version), names),
  ];
  // Of a sale that came to nothing only what it owes is asked for.
  if (cancellation !== null) return [order.state, cancellation.retain, cancellation.awaitsReturn, cancellation.closedAt !== null, onTheWay];
  return [
    order.state,
    order.resumeState,
    deposit === null ? 0 : [deposit.paymentId, deposit.state],
    bits(order.holdsVehicle, isSigned, order.settledAt !== null, progress.inspection !== null, progress.contract.readyAt !== null, progress.dunnedAt !== null, progress.deliveredAt !== null, progress.handover !== null, progress.withdrawal !== null),
    sorted(progress.disputes.map(({ id, status }) => [names.get(id) ?? id, status])),
    onTheWay,
  ];
}

/** Parts that failed and were sent again are history. */
const standing = (parts: Money['desk']['parts']): Money['desk']['parts'] => parts.filter(({ isReplaced }) => !isReplaced);

function namesIn({ desk }: Money): Map<string, string> {
  const names = new Map<string, string>();
  for (const [kind, all] of [['r', desk.requests], ['p', standing(desk.parts)], ['d', desk.disputes]] as const) for (const [at, { id }] of all.entries()) names.set(id, `${kind}${at}`);
  return names;
}

function keyOfMoney({ desk, asking, remotes, looks, sold, earned, broken }: Money, version: number, names: ReadonlyMap<string, string>): unknown {
  const { order } = desk;
  const name = (id: string | null): string => (id === null ? '' : (names.get(id) ?? 'gone'));
  // When a provider was asked decides only what is shown meanwhile: no money, and nothing that is explored here.
  const keyOfRemote = (one: Money['remotes'][number]): unknown => [one.id, bits(one.isOpen, one.isOver, one.isReleased, one.hasExpired), one.asked, one.authorized, one.captured, one.dispute, one.disputed, one.refunds.map((refund) => [name(refund.id), refund.amount, refund.status])];
  return [
    version,
    order.state === 'reserved',
    bits(order.isInspectionBegun, order.isContracted, order.isCancelled, order.postedLines.length > 0, order.completedAt !== null, order.payoutsPlannedAt !== null, order.settledAt !== null, order.closedAt !== null),
    [order.retain, order.carReturn, order.goodwill, order.stuckRefunds, order.total],
    desk.payments.map((one) => [one.id, one.amount, one.authorized, one.captured, one.refunded, one.chargedBack, one.applied, one.refundedHeld, bits(one.isReleased, one.isDead, one.isMismatched, one.givenUpFor !== null, one.refs.session !== null)]),
    desk.requests.map((one) => [one.origin, one.state, one.amount]),
    standing(desk.parts).map((one) => [name(one.requestId), one.paymentId, one.amount, one.status, one.fromHeld, one.isReplaced, one.providerRef !== null]),
    desk.disputes.map((one) => [one.paymentId, one.status, one.takenBack, one.givenBack]),
    sorted([...desk.balances].filter(([, amount]) => amount !== 0)),
    [sold, earned, broken],
    sorted(asking.map((one) => [one.kind, one.paymentId, one.amount, name(one.subjectId), one.isPending, one.wasTried, one.answer === null ? 0 : [one.answer.isRefused, isOldNews(desk, one.answer.said) ? 'old' : keyOfRemote(one.answer.said)]])),
    remotes.map(keyOfRemote),
    looks.map(({ said }) => keyOfRemote(said)),
  ];
}
