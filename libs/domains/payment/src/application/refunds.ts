import { Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result, uuidv7 } from '@autobroker/kernel';
import { stillOwed } from '../domain/converge';
import type { OrderDesk } from '../domain/desk';
import { failedOf, mayDecide, needsSecondPair, planAgain, planRefund, type RefundRequest } from '../domain/refunds';
import { type Caller, scopeOfCaller } from './caller';
import { Desks } from './desks';
import { PaymentReader, type RefundView } from './ports';
import { RefundLimits } from './refund-limits';

export interface RefundAsk {
  readonly orderId: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
}
export interface RefundDecision {
  readonly id: string;
  readonly note: string | null;
}

type AskRefusal = Refusal<'not_found' | 'refund_exceeds_payment' | 'currency_mismatch'>;
type DecideRefusal = Refusal<'not_found' | 'transition_not_allowed' | 'second_approval_required' | 'refund_exceeds_payment'>;
type Act = (desk: OrderDesk, request: RefundRequest) => Result<void, DecideRefusal>;

/** Money back to the buyer because somebody of the broker's says so: above the limit two of them do. */
@Injectable()
export class Refunds {
  constructor(
    private readonly reader: PaymentReader,
    private readonly desks: Desks,
    private readonly limits: RefundLimits,
  ) {}

  async ask(ask: RefundAsk, caller: Caller): Promise<Result<RefundView, AskRefusal>> {
    const limit = await this.limits.of(caller.tenantId, ask.currency);
    const done = await this.desks.on(ask.orderId, (desk) => begin(desk, ask, caller, limit.amount), { scope: scopeOfCaller(caller), by: caller.by });
    return done?.value ?? refuse('not_found', 'There is no such order.');
  }

  approve(decision: RefundDecision, caller: Caller): Promise<Result<RefundView, DecideRefusal>> {
    return this.decide(decision, caller, (desk, request) => {
      const plan = planRefund([...desk.payments.values()], [...desk.parts.values()], request.amount);
      if (!plan.ok) return plan;
      desk.approve(request.id, plan.value, { by: caller.userId, note: decision.note });
      return ok();
    });
  }

  refuse(decision: RefundDecision, caller: Caller): Promise<Result<RefundView, DecideRefusal>> {
    return this.decide(decision, caller, (desk, request) => {
      desk.refuse(request.id, { by: caller.userId, note: decision.note });
      return ok();
    });
  }

  /** One that failed at the buyer's bank goes out again, once somebody has looked. */
  retry(id: string, caller: Caller): Promise<Result<RefundView, DecideRefusal>> {
    return this.on(id, caller, (desk, request) => {
      const failed = failedOf(id, desk.parts.values());
      if (request.state !== 'failed' || failed.length === 0) return refuse('transition_not_allowed', 'Nothing of this refund has failed.');
      const [payments, parts] = [[...desk.payments.values()], [...desk.parts.values()]];
      const plan = planAgain(failed, payments, parts, stillOwed(desk.order, payments, parts));
      if (!plan.ok) return plan;
      desk.sendAgain(id, plan.value);
      return ok();
    });
  }

  private decide(decision: RefundDecision, caller: Caller, act: Act): Promise<Result<RefundView, DecideRefusal>> {
    return this.on(decision.id, caller, (desk, request) => {
      const may = mayDecide(request, desk.order, caller.userId);
      return may.ok ? act(desk, request) : may;
    });
  }

  private async on(id: string, caller: Caller, act: Act): Promise<Result<RefundView, DecideRefusal>> {
    const found = await this.reader.refund(scopeOfCaller(caller), id);
    if (found === null) return refuse('not_found', 'There is no such refund.');
    const done = await this.desks.on(found.orderId, (desk): Result<RefundView, DecideRefusal> => {
      const request = desk.requests.get(id);
      if (request === undefined) return refuse('not_found', 'There is no such refund.');
      const acted = act(desk, request);
      return acted.ok ? ok(viewOf(desk, id)) : acted;
    }, { scope: scopeOfCaller(caller), by: caller.by });
    return done?.value ?? refuse('not_found', 'There is no such refund.');
  }
}

function viewOf(desk: OrderDesk, id: string): RefundView {
  const request = desk.requests.get(id);
  if (request === undefined) throw new Error(`refund ${id} is not on the desk`);
  return { ...request, parts: [...desk.parts.values()].filter((part) => part.requestId === id) };
}

function begin(desk: OrderDesk, ask: RefundAsk, caller: Caller, limit: number): Result<RefundView, AskRefusal> {
  const { order } = desk;
  if (ask.currency !== order.currency) return refuse('currency_mismatch', `The order was paid in ${order.currency}.`);
  const waiting = [...desk.requests.values()].filter(({ state }) => state === 'requested').reduce((sum, { amount }) => sum + amount, 0);
  const plan = planRefund([...desk.payments.values()], [...desk.parts.values()], ask.amount + waiting);
  if (!plan.ok) return plan;
  const before = [...desk.requests.values()].filter(({ origin, state }) => origin === 'manual' && state !== 'refused').reduce((sum, { amount }) => sum + amount, 0);
  const needsSecond = order.buyerId === caller.userId || needsSecondPair(ask.amount, before, limit);
  const id = uuidv7(desk.now);
  const parts = planRefund([...desk.payments.values()], [...desk.parts.values()], ask.amount);
  if (!parts.ok) return parts;
  desk.refund({ id, amount: ask.amount, reason: ask.reason, origin: 'manual', requestedBy: caller.userId, isApproved: !needsSecond }, parts.value, needsSecond);
  return ok(viewOf(desk, id));
}
