import { Inject, Injectable } from '@nestjs/common';
import { ok, orderStates, type OrderState, type Result } from '@autobroker/kernel';
import { type Database, databaseOf, scopeOf } from '@autobroker/platform/database';
import { factsOf, mandateSignedAt, type Sight } from '../domain/facts';
import { byHand, type Mover, orderLife, type OrderTrigger } from '../domain/life';
import type { Order } from '../domain/order';
import { type UsageRule, usageRule } from '../domain/policies/excess-use';
import { areaOf, type RefundRow, rowsFor, settle, stageOf } from '../domain/policies/refunds';
import { decide, triggerTo } from '../domain/step';
import { stageStateOf } from '../domain/order';
import { carPriceOf, costsUse, feeFor, withdrawalOf, type WithdrawalStanding } from '../domain/withdrawing';
import { type Caller, moversOf } from './caller';
import { type NotFound, orderFor } from './order-desk';
import { taxedOf } from './party';
import { type HistoryEntry, type ListWindow, type OrderFilter, type OrderPage, OrderStore, Policies, Surroundings } from './ports';

export interface StepChoice {
  readonly to: OrderState;
  /** Null where no step leads there from here. */
  readonly trigger: OrderTrigger | null;
  readonly allowed: boolean;
  /** It happens by itself, when what it waits for is there. */
  readonly automatic: boolean;
  readonly who: readonly Mover[];
  readonly code: string | null;
  readonly detail: string | null;
  readonly reasons: readonly { readonly code: string; readonly detail: string }[];
}

export interface Terms {
  readonly withdrawal: WithdrawalStanding | null;
  readonly refunds: readonly (RefundRow & { readonly mostKept: number })[];
  readonly stage: ReturnType<typeof stageOf>;
  /** What the use of a car that comes back costs; null where it costs nothing. */
  readonly use: UsageRule | null;
}

@Injectable()
export class ReadOrders {
  constructor(
    @Inject(databaseOf('orders')) private readonly db: Database,
    private readonly store: OrderStore,
    private readonly around: Surroundings,
    private readonly policies: Policies,
  ) {}

  one(id: string, caller: Caller): Promise<Result<Order, NotFound>> {
    return orderFor(this.store, id, caller);
  }

  list(filter: Omit<OrderFilter, 'personId'>, window: ListWindow, caller: Caller): Promise<OrderPage> {
    return this.store.list(scopeOf(caller), { ...filter, personId: caller.isStaff ? null : caller.id }, window);
  }

  async history(id: string, afterVersion: number, limit: number, caller: Caller): Promise<Result<readonly HistoryEntry[], NotFound>> {
    const order = await this.one(id, caller);
    return order.ok ? ok(await this.store.history(scopeOf(caller), id, afterVersion, limit)) : order;
  }

  /** Of one that the caller was shown before, without looking again whether they may. */
  entries(order: Order, afterVersion: number): Promise<readonly HistoryEntry[]> {
    return this.store.history(scopeOf(order), order.id, afterVersion, 500);
  }

  /** For every other state whether the caller may lead the order there now, and why not. */
  async choices(id: string, caller: Caller): Promise<Result<{ readonly order: Order; readonly choices: readonly StepChoice[] }, NotFound>> {
    const found = await this.one(id, caller);
    if (!found.ok) return found;
    const order = found.value;
    const facts = factsOf(order, await this.sight(order));
    const movers = moversOf(order, caller);
    const choices = orderStates.filter((to) => to !== order.state).map((to): StepChoice => {
      const ways = orderLife.transitions.filter(({ from, to: there }) => from === order.state && there === to);
      const way = ways.find(({ trigger }) => byHand.has(trigger)) ?? ways[0];
      if (way === undefined) return { to, trigger: null, allowed: false, automatic: false, who: [], code: 'wrong_state', detail: `No step leads from ${order.state} to ${to}`, reasons: [] };
      const automatic = !byHand.has(way.trigger);
      // What happens by itself is judged for whoever makes it happen, so that its conditions can be read.
      const decision = automatic ? decide(order, way.trigger, way.who, facts) : triggerTo(order, to, movers, facts);
      const taken = decision.ok ? decision.value : way;
      const refusal = decision.ok ? null : decision.error;
      return { to, trigger: taken.trigger, allowed: decision.ok && !automatic, automatic, who: taken.who, code: refusal?.code ?? (automatic ? 'automatic' : null), detail: refusal?.detail ?? null, reasons: (refusal?.errors ?? []).map(({ code, detail }) => ({ code, detail })) };
    });
    return ok({ order, choices });
  }

  /** What holds of money and withdrawal: to be shown before anything is paid. */
  async terms(id: string, caller: Caller): Promise<Result<{ readonly order: Order; readonly terms: Terms }, NotFound>> {
    const found = await this.one(id, caller);
    if (!found.ok) return found;
    const order = found.value;
    const [{ now, papers }, { policy }] = await Promise.all([this.sight(order), this.policies.of(this.db, order.tenantId)]);
    const withdrawal = withdrawalOf(order, now, { mandateSignedAt: mandateSignedAt(papers), odometerKm: order.progress.withdrawal?.odometerKm ?? null });
    const { deposit } = order.price;
    const refunds = rowsFor(areaOf(order.jurisdiction)).map((row) => ({ ...row, mostKept: settle({ ...row, deposit, provenCost: deposit, restockingFee: feeFor(order), excessUse: carPriceOf(order), at: now }).retain }));
    return ok({ order, terms: { withdrawal, refunds, stage: stageOf(stageStateOf(order), order.deposit?.state === 'captured'), use: withdrawal !== null && costsUse(order, withdrawal.rule) ? usageRule(policy.use) : null } });
  }

  private async sight(order: Order): Promise<Sight> {
    const { set: { policy, broker }, ...around } = await this.around.around(this.db, order);
    return { now: this.db.clock.now(), policy: policy.deadlines, broker: taxedOf(broker), buyer: null, ...around };
  }
}
