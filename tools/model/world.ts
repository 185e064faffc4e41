import type { Model, Step, VehicleStatus } from '@autobroker/kernel';
import { hearDeposit, hearDispute, hearFailed, hearRefundSettled, hearSettled } from '../../libs/domains/order/src/domain/hear-money';
import type { Told } from '../../libs/domains/payment/src/domain/desk-state';
import { statusAfterSale } from '../../libs/domains/vehicle/src/domain/sale-status';
import { goalOf, wrongWith } from './checks';
import { keyOfWorld } from './keys';
import { peopleAndTime } from './people';
import { happenings } from './provider';
import { type CarNews, type May, type Sale, worked, type World } from './sale';
import { askings, begin, byPeople, type Done, endingHolds, hearNews, looks, withRemote } from './sale-money';
import { newsOf, placedOrder, SaleOrder, start } from './sale-order';

export const modelOf = (may: May): Model<World> => ({
  initial: [{ sales: Array.from({ length: may.sales }, (_, at) => placedSale(`order${at}`)), car: { status: 'available', sales: Array.from({ length: may.sales }, () => null) } }],
  key: (world) => keyOfWorld(world, may),
  steps: (world) => stepsIn(world, may),
  wrong: wrongWith,
  isGoal: (world) => goalOf(world, may),
});

function placedSale(id: string): Sale {
  const order = placedOrder(id);
  return { order, isSigned: false, money: hearNews(null, newsOf(null, order))?.money ?? null, toMoney: [], toOrder: [], toCar: [] };
}

function* stepsIn(world: World, may: May): Iterable<Step<World>> {
  for (const [at, sale] of world.sales.entries()) {
    const who = may.sales === 1 ? '' : `${'AB'.charAt(at)}: `;
    const put = (name: string, to: Sale): Step<World> => ({ name: `${who}${name}`, to: { ...world, sales: world.sales.with(at, to) } });
    const ofMoney = (name: string, { money, told }: Done, from: Sale = sale): Step<World> => put(name, { ...from, money, toOrder: [...from.toOrder, ...told.filter(isForOrder)] });
    const asked = sale.money?.asking.filter(({ isPending }) => isPending).length ?? 0;
    const isBusy = Math.max(sale.toMoney.length, sale.toOrder.length, sale.toCar.length) >= may.onTheWay || asked > may.asked;
    if (!isBusy) {
      const others = world.sales.some((one, index) => index !== at && one.order.holdsVehicle);
      for (const { name, sale: to } of peopleAndTime(sale, world.car.status, may, !may.oneHold || !others)) yield put(name, to);
    }
    for (const [index, news] of sale.toMoney.entries()) {
      const done = hearNews(sale.money, news);
      if (done !== null) yield ofMoney(`payment hears ${news.state ?? 'news'}`, done, { ...sale, toMoney: sale.toMoney.toSpliced(index, 1) });
    }
    for (const [index, told] of sale.toOrder.entries()) yield put(`order hears ${told.kind}`, hearTold({ ...sale, toOrder: sale.toOrder.toSpliced(index, 1) }, told, world.car.status, may));
    for (const [index, news] of sale.toCar.entries()) yield carHears(world, at, index, news, who);
    const { money } = sale;
    if (money === null) continue;
    for (const { name, done } of askings(money)) yield ofMoney(name, done);
    for (const { name, done } of looks(money, !may.lateAnswers, isBusy)) yield ofMoney(name, done);
    if (isBusy) continue;
    for (const leg of may.upTo === 'contract' ? (['deposit'] as const) : (['deposit', 'balance'] as const)) {
      const done = begin(money, leg, may.tries);
      if (done !== null) yield ofMoney(`the buyer begins to pay the ${leg}`, done);
    }
    const isDisputed = money.remotes.some(({ dispute }) => dispute !== null);
    for (const remote of money.remotes) for (const { name, to } of happenings(remote, { ...may, disputes: may.disputes && !isDisputed })) yield put(name, { ...sale, money: withRemote(money, to) });
    for (const { name, done } of endingHolds(money)) yield ofMoney(name, done);
    for (const { name, done } of byPeople(money, may)) yield ofMoney(name, done);
  }
}

const isForOrder = (told: Told): boolean => told.kind !== 'refunded' && !((told.kind === 'authorized' || told.kind === 'captured' || told.kind === 'failed') && told.payment.leg !== 'deposit');

function hearTold(sale: Sale, told: Told, car: VehicleStatus, may: May): Sale {
  const hand = new SaleOrder(sale.order, { isSigned: sale.isSigned, car });
  const at = start.toISOString();
  switch (told.kind) {
    case 'authorized':
    case 'captured': {
      const isHeld = told.kind === 'authorized';
      const { payment, amount } = told;
      hearDeposit(hand, { paymentId: payment.id, method: payment.method, state: told.kind, captureBefore: isHeld ? (payment.captureBefore?.toISOString() ?? null) : null }, { amount, currency: payment.currency });
      break;
    }
    case 'failed':
      hearFailed(hand, { leg: told.payment.leg, paymentId: told.payment.id, reason: told.failure.reason });
      break;
    case 'disputed':
      hearDispute(hand, { id: told.dispute.id, status: told.dispute.status, reason: told.dispute.reason, dueBy: null, changedAt: at, amount: told.dispute });
      break;
    case 'order_settled':
      hearSettled(hand, { amount: told.received, givenBack: told.givenBack, currency: sale.order.price.currency }, at);
      break;
    case 'refund_settled':
      hearRefundSettled(hand, at);
      break;
    case 'refunded':
  }
  return worked(sale, hand, may);
}

/** As the catalogue does it: the highest version of an order's news counts, and an order that never held a car frees none. */
function carHears(world: World, at: number, index: number, news: CarNews, who: string): Step<World> {
  const { car } = world;
  const known = car.sales[at] ?? null;
  const sales = world.sales.map((sale, one) => (one === at ? { ...sale, toCar: sale.toCar.toSpliced(index, 1) } : sale));
  const name = `${who}the catalogue hears ${news.state}`;
  if (known !== null && known.version >= news.version) return { name, to: { car, sales } };
  const heard = car.sales.with(at, news);
  const changesNothing = news.state === 'over' && (known === null || known.state === 'over');
  const status = changesNothing ? car.status : statusAfterSale(car.status, heard.flatMap((one) => (one === null || one.state === 'over' ? [] : [one.state])), null);
  return { name, to: { car: { status, sales: heard }, sales } };
}
