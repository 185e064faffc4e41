import { couldLoop, dropPointless, isPointless, takeRefusal } from '../../libs/domains/payment/src/domain/asking';
import { beforeHoldEnds, stillOwed } from '../../libs/domains/payment/src/domain/converge';
import { OrderDesk } from '../../libs/domains/payment/src/domain/desk';
import type { DeskState, NewOperation, Told } from '../../libs/domains/payment/src/domain/desk-state';
import { isBalanced, type LedgerAccount } from '../../libs/domains/payment/src/domain/ledger';
import { hearOf, type OrderNews, owedOf } from '../../libs/domains/payment/src/domain/order-account';
import { heldOf, newPayment, stateOf } from '../../libs/domains/payment/src/domain/payment';
import { failedOf, planAgain, planRefund } from '../../libs/domains/payment/src/domain/refunds';
import { isWaiting, keyOf } from '../../libs/domains/payment/src/domain/vocabulary';
import { type Remote, serve, truthOf, unopened } from './provider';
import { holdEnds, start } from './sale-order';

interface Answer {
  readonly asOf: number;
  readonly said: Remote;
  readonly isRefused: boolean;
}

/** What is asked of the provider, with its answer where that is not written down yet. */
export interface Asking extends NewOperation {
  readonly wasTried: boolean;
  readonly answer: Answer | null;
}

export interface Look {
  readonly asOf: number;
  readonly said: Remote;
}

/** What the payment service has of an order, and what lies at its provider. */
export interface Money {
  readonly desk: Omit<DeskState, 'operations'>;
  readonly asking: readonly Asking[];
  readonly remotes: readonly Remote[];
  readonly looks: readonly Look[];
  readonly journals: ReadonlySet<string>;
  /** By the journals of the sale and of its end: what the ledger's accounts are compared with. */
  readonly sold: number;
  readonly earned: number;
  readonly ids: number;
  readonly asks: number;
  /** What no transaction may do. */
  readonly broken: string | null;
}

export interface Done {
  readonly money: Money;
  readonly told: readonly Told[];
}

type Ended = { readonly id: string; readonly isBlocking: boolean } | null;

/** One transaction of the payment service: worked on, settled and written down. */
export function onDesk(money: Money, work: (desk: OrderDesk) => void, ended: Ended = null): Done {
  let ids = money.ids;
  const desk = new OrderDesk({ ...money.desk, operations: money.asking }, { now: start, newId: () => `n${String((ids += 1)).padStart(4, '0')}` });
  try {
    work(desk);
    desk.settle(new Set(ended === null || ended.isBlocking ? [] : [ended.id]), new Set(ended === null ? [] : [ended.id]));
  } catch (error) {
    return { money: { ...money, broken: String(error) }, told: [] };
  }
  let { sold, earned, broken } = money;
  const journals = new Set(money.journals);
  const balances = new Map<LedgerAccount, number>(money.desk.balances);
  for (const journal of desk.journals) {
    if (!isBalanced(journal)) broken = `the journal ${journal.kind} is not balanced`;
    if (journals.has(journal.key)) {
      if (journal.entries.length > 0) broken = `the journal ${journal.kind} is written twice under one key`;
      continue;
    }
    journals.add(journal.key);
    for (const { account, amount } of journal.entries) {
      balances.set(account, (balances.get(account) ?? 0) + amount);
      if (account === 'buyer_receivable' && journal.kind.startsWith('sale')) sold += amount;
      if (account === 'commission_revenue' && journal.kind === 'order_closed') earned -= amount;
    }
  }
  const asking = money.asking.flatMap((one): Asking[] => (one.id !== ended?.id ? [one] : ended.isBlocking ? [{ ...one, isPending: false, answer: null }] : []));
  const opened = desk.opened.map((one): Asking => ({ ...one, wasTried: false, answer: null }));
  const after = { order: desk.order, payments: [...desk.payments.values()], requests: [...desk.requests.values()], parts: [...desk.parts.values()], disputes: [...desk.disputes.values()], asked: new Map(), balances, postedSale: desk.postedSale };
  return {
    money: {
      ...money,
      ids,
      sold,
      earned,
      broken,
      journals,
      asking: [...asking, ...opened],
      looks: money.looks.filter(({ said }) => !isOldNews(after, said)),
      desk: after,
    },
    told: desk.told,
  };
}

/** Whether an answer says nothing that is not known: taking it in changes nothing, now or ever. */
export function isOldNews({ payments, parts, disputes }: Money['desk'], said: Remote): boolean {
  const payment = payments.find(({ id }) => id === said.id);
  if (payment === undefined) return false;
  const isKnown = payment.captured >= said.captured && payment.authorized >= said.authorized && (payment.isReleased || !said.isReleased) && (payment.isDead || !(said.isOver || said.isReleased)) && payment.refs.session !== null;
  const knowsRefunds = said.refunds.every(({ id, status }) => parts.some((part) => part.id === id && (part.status === status || (status === 'pending' && part.status !== 'pending'))));
  return isKnown && knowsRefunds && (said.dispute === null || disputes.some((one) => one.paymentId === said.id && (one.status === said.dispute || said.dispute === 'opened')));
}

/** Null while the beginning of the order was not heard: the news are tried again. */
export function hearNews(money: Money | null, news: OrderNews): Done | null {
  if (money !== null) return onDesk(money, (desk) => desk.hear(news));
  const order = hearOf(null, news);
  if (order === null) return null;
  const desk = { order, payments: [], requests: [], parts: [], disputes: [], asked: new Map(), balances: new Map(), postedSale: [] };
  return onDesk({ desk, asking: [], remotes: [], looks: [], journals: new Set(), sold: 0, earned: 0, ids: 0, asks: 0, broken: null }, (one) => one.hear(news));
}

/** The buyer begins to pay; null where nothing is owed, or where it is under way already. */
export function begin(money: Money, leg: 'deposit' | 'balance', tries: number): Done | null {
  const { order, payments } = money.desk;
  const attempt = payments.filter((one) => one.leg === leg).length + 1;
  const amount = owedOf(order, payments, leg);
  if (attempt > tries || amount === 0 || payments.some((one) => one.leg === leg && isWaiting(stateOf(one)))) return null;
  const { orderId, tenantId, buyerId, currency } = order;
  const payment = newPayment({ id: `${leg}${attempt}`, tenantId, orderId, buyerId, leg, method: 'card', attempt, key: keyOf(orderId, leg, 'pay', attempt), amount, currency, at: start, expiresAt: holdEnds });
  const done = onDesk(money, (desk) => {
    desk.add(payment);
    desk.ask('open', payment);
  });
  return { ...done, money: { ...done.money, remotes: [...done.money.remotes, unopened(payment.id, leg, amount)] } };
}

const remoteOf = (money: Money, id: string): Remote => {
  const found = money.remotes.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no payment ${id} at the provider`);
  return found;
};

export const withRemote = (money: Money, remote: Remote): Money => ({ ...money, remotes: money.remotes.map((one) => (one.id === remote.id ? remote : one)) });
const withAsking = (money: Money, asking: Asking): Money => ({ ...money, asking: money.asking.map((one) => (one.id === asking.id ? asking : one)) });

/** What may become of something that is to be asked, one step at a time; the process may die after each of them. */
export function* askings(money: Money): Iterable<{ readonly name: string; readonly done: Done }> {
  for (const one of money.asking) {
    if (!one.isPending) continue;
    const payment = money.desk.payments.find(({ id }) => id === one.paymentId);
    if (payment === undefined) throw new Error(`no payment ${one.paymentId}`);
    const what = `${one.kind} of the ${payment.leg}`;
    if (one.answer !== null) {
      yield { name: `the process dies before it writes down the answer to ${what}`, done: { money: withAsking(money, { ...one, answer: null }), told: [] } };
      yield { name: `the answer to ${what} is written down`, done: written(money, one, one.answer) };
    } else if (isPointless({ kind: one.kind, attempts: one.wasTried ? 2 : 1 }, payment)) {
      yield { name: `${what} has no point any more`, done: onDesk(money, (desk) => dropPointless(desk, one), { id: one.id, isBlocking: false }) };
    } else {
      const before = remoteOf(money, one.paymentId);
      const served = serve(before, one);
      const isRefused = served === 'refused';
      const said = isRefused ? before : served;
      const asks = money.asks + 1;
      yield { name: `the provider is asked for ${what}`, done: { money: { ...withAsking(withRemote(money, said), { ...one, wasTried: true, answer: { asOf: asks, said, isRefused } }), asks }, told: [] } };
    }
  }
}

function written(money: Money, one: Asking, { asOf, said, isRefused }: Answer): Done {
  const answer = truthOf(said, asOf, holdEnds);
  if (!isRefused) return onDesk(money, (desk) => desk.take(one.paymentId, answer), { id: one.id, isBlocking: false });
  return onDesk(money, (desk) => takeRefusal(desk, one, answer, 'refused'), { id: one.id, isBlocking: couldLoop(one, answer) });
}

/** Somebody looks what the provider says: because a webhook came, however late and however often, or because none did. */
export function* looks(money: Money, atOnce: boolean, isBusy: boolean): Iterable<{ readonly name: string; readonly done: Done }> {
  for (const remote of money.remotes) {
    if (!remote.isOpen || isBusy) continue;
    const asks = money.asks + 1;
    const look: Look = { asOf: asks, said: remote };
    if (atOnce) yield { name: `the provider is asked how the ${remote.leg} stands`, done: onDesk({ ...money, asks }, (desk) => desk.take(remote.id, truthOf(remote, asks, holdEnds))) };
    else if (money.looks.length === 0) yield { name: `the provider is asked how the ${remote.leg} stands`, done: { money: { ...money, asks, looks: [look] }, told: [] } };
  }
  for (const [at, { said, asOf }] of money.looks.entries()) {
    const taken = onDesk(money, (desk) => desk.take(said.id, truthOf(said, asOf, holdEnds)));
    yield { name: `how the ${said.leg} stood is written down`, done: { ...taken, money: { ...taken.money, looks: money.looks.toSpliced(at, 1) } } };
    yield { name: `how the ${said.leg} stood is written down, and once more later`, done: taken };
  }
}

/** The day before a hold ends. */
export function* endingHolds(money: Money): Iterable<{ readonly name: string; readonly done: Done }> {
  for (const payment of money.desk.payments) {
    const decision = beforeHoldEnds(money.desk.order, payment, holdEnds, 0);
    if (decision === null || money.asking.some((one) => one.paymentId === payment.id && one.isPending && (one.kind === 'capture' || one.kind === 'void'))) continue;
    yield {
      name: `the hold is about to end: ${decision}`,
      done: onDesk(money, (desk) => {
        if (decision === 'void') desk.giveUp(payment, 'released', 'void');
        else desk.ask('capture', payment, { amount: heldOf(payment) });
      }),
    };
  }
}

/** What people do about money: give some back, send again what a bank did not take, let the buyer give up a payment. */
export function* byPeople(money: Money, may: { readonly goodwill: boolean; readonly giveUp: boolean }): Iterable<{ readonly name: string; readonly done: Done }> {
  const { requests, payments, parts } = money.desk;
  for (const request of requests) {
    const failed = failedOf(request.id, parts);
    if (request.state !== 'failed' || failed.length === 0) continue;
    const plan = planAgain(failed, payments, parts, stillOwed(money.desk.order, payments, parts));
    if (plan.ok) yield { name: 'a refund that failed is sent again', done: onDesk(money, (desk) => desk.sendAgain(request.id, plan.value)) };
  }
  const given = planRefund(payments, parts, 1);
  if (may.goodwill && given.ok && !requests.some(({ origin }) => origin === 'manual')) {
    yield { name: 'something is given back out of goodwill', done: onDesk(money, (desk) => desk.refund({ id: 'goodwill', amount: 1, reason: 'goodwill', origin: 'manual', requestedBy: 'agent', isApproved: true }, given.value, false)) };
  }
  for (const payment of may.giveUp ? payments : []) {
    if (!isWaiting(stateOf(payment)) || money.asking.some((one) => one.paymentId === payment.id && one.kind === 'cancel' && one.isPending)) continue;
    yield {
      name: `the buyer gives up the payment of the ${payment.leg}`,
      done: onDesk(money, (desk) => desk.giveUp(payment, 'abandoned', 'cancel')),
    };
  }
}
