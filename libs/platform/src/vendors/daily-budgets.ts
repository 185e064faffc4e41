import type { Database } from '../database';
import { dayOf, mayUse, spreadShare, type BudgetVerdict, type DailyBudget, type DailyUse } from './budget';

export interface BudgetAsk {
  readonly scope: string;
  readonly budget: DailyBudget;
  readonly requests: number;
  readonly costEach: number;
  readonly currency: string;
}

export interface ScopeUse extends DailyUse {
  readonly scope: string;
  readonly currency: string;
}

export type BudgetTaken = Extract<BudgetVerdict, { readonly allowed: true }> & {
  /** For requests that then never went out. */
  readonly giveBack: () => Promise<void>;
};

/** What a day may cost, counted before the request and for all workers together, in the service’s own table `daily_usage`. */
export class DailyBudgets {
  constructor(private readonly db: Database) {}

  /** Takes from all of them, or from none. */
  async take(asks: readonly BudgetAsk[]): Promise<BudgetTaken | Extract<BudgetVerdict, { readonly allowed: false }>> {
    const now = this.db.clock.now();
    const verdict = await this.taken(asks, now);
    return verdict.allowed ? { ...verdict, giveBack: () => this.giveBack(asks, now) } : verdict;
  }

  private async taken(asks: readonly BudgetAsk[], now: Date): Promise<BudgetVerdict> {
    const [only] = asks;
    if (only !== undefined && asks.length === 1 && only.budget.cost === null) return this.count(only, now);
    const day = dayOf(now);
    // Always in the same order, so that two workers don't wait for each other.
    const sorted = [...asks].sort((a, b) => (a.scope < b.scope ? -1 : 1));
    return this.db.transaction<BudgetVerdict>(async (tx) => {
      let throttleMs = 0;
      for (const ask of sorted) {
        const [row] = await tx.query<{ used: number; cost: number }>(
          `insert into ${this.db.schema}.daily_usage (scope, day, cost_currency) values ($1, $2, $3)
           on conflict (scope, day) do update set cost_currency = excluded.cost_currency returning used, cost_amount::float as cost`,
          [ask.scope, day, ask.currency],
        );
        const verdict = mayUse(ask.budget, row ?? { used: 0, cost: 0 }, ask, now);
        if (!verdict.allowed) return verdict;
        throttleMs = Math.max(throttleMs, verdict.throttleMs);
      }
      for (const ask of sorted) {
        await tx.query(`update ${this.db.schema}.daily_usage set used = used + $3, cost_amount = cost_amount + $4 where scope = $1 and day = $2`, [ask.scope, day, ask.requests, ask.requests * ask.costEach]);
      }
      return { allowed: true, throttleMs };
    });
  }

  /** To be taken beside the day's own budget by what nobody waits for: the share of this hour. */
  async spread(scope: string, budget: { readonly requests: number; readonly costEach: number; readonly costPerDay: number | null; readonly currency: string }): Promise<BudgetAsk> {
    const hour = this.db.clock.now().getUTCHours();
    const scopeOf = (one: number): string => `${scope}:spread:${String(one).padStart(2, '0')}`;
    const before = await this.today(Array.from({ length: hour }, (_, one) => scopeOf(one)));
    const share = spreadShare(budget, before.reduce((sum, { used }) => sum + used, 0));
    return { scope: scopeOf(hour), budget: { requests: share, cost: null }, requests: 1, costEach: 0, currency: budget.currency };
  }

  /** To the day that it was taken from. */
  private async giveBack(asks: readonly BudgetAsk[], takenAt: Date): Promise<void> {
    for (const { scope, requests, costEach } of [...asks].sort((a, b) => (a.scope < b.scope ? -1 : 1))) {
      await this.db.query(
        `update ${this.db.schema}.daily_usage set used = greatest(0, used - $3), cost_amount = greatest(0, cost_amount - $4) where scope = $1 and day = $2`,
        [scope, dayOf(takenAt), requests, requests * costEach],
      );
    }
  }

  /** What has been spent today; a scope of which nothing has is not among them. */
  today(scopes: readonly string[], now: Date = this.db.clock.now()): Promise<ScopeUse[]> {
    return this.db.query<ScopeUse>(`select scope, used, cost_amount::float8 as cost, cost_currency as currency from ${this.db.schema}.daily_usage where scope = any($1) and day = $2`, [scopes, dayOf(now)]);
  }

  /** Where only requests count, looking and taking are one statement. */
  private async count({ scope, budget, requests, costEach, currency }: BudgetAsk, now: Date): Promise<BudgetVerdict> {
    if (requests > budget.requests) return { allowed: false, reason: 'requests' };
    const [row] = await this.db.query<{ used: number; cost: number }>(
      `insert into ${this.db.schema}.daily_usage as d (scope, day, used, cost_amount, cost_currency) values ($1, $2, $3, $4, $5)
       on conflict (scope, day) do update set used = d.used + excluded.used, cost_amount = d.cost_amount + excluded.cost_amount where d.used + excluded.used <= $6
       returning used, cost_amount::float as cost`,
      [scope, dayOf(now), requests, requests * costEach, currency, budget.requests],
      { name: `${this.db.schema}_budget_take` },
    );
    if (row === undefined) return { allowed: false, reason: 'requests' };
    return mayUse(budget, { used: row.used - requests, cost: row.cost - requests * costEach }, { requests, costEach }, now);
  }
}
