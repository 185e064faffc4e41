/** What one day may cost at a paid interface or a source. */
export interface DailyBudget {
  readonly requests: number;
  /** In minor units of the currency; null where only requests count. */
  readonly cost: number | null;
}

export interface DailyUse {
  readonly used: number;
  readonly cost: number;
}

export type BudgetVerdict =
  | { readonly allowed: true; readonly throttleMs: number }
  | { readonly allowed: false; readonly reason: 'requests' | 'cost' };

/** From here on requests are spread over what is left of the day, so that the last hours are not without any. */
const throttleFrom = 0.8;
const dayMs = 86_400_000;
const longestThrottleMs = 60_000;

export function mayUse(budget: DailyBudget, use: DailyUse, ask: { readonly requests: number; readonly costEach: number }, now: Date): BudgetVerdict {
  const after = use.used + ask.requests;
  if (after > budget.requests) return { allowed: false, reason: 'requests' };
  const cost = use.cost + ask.costEach * ask.requests;
  if (budget.cost !== null && cost > budget.cost) return { allowed: false, reason: 'cost' };
  const share = Math.max(after / budget.requests, budget.cost === null || budget.cost === 0 ? 0 : cost / budget.cost);
  if (share < throttleFrom) return { allowed: true, throttleMs: 0 };
  const left = Math.max(1, budget.requests - after);
  const untilMidnight = dayMs - (now.getTime() % dayMs);
  return { allowed: true, throttleMs: Math.min(longestThrottleMs, Math.round(untilMidnight / left)) };
}

/** What nobody waits for leaves the rest of a day to people, and takes of its own part so much in one hour. */
const spreadPart = 0.75;
const hourPart = 0.25;

/** How often something that nobody waits for may ask within an hour, when so much of the day was spent that way before: the best at once, and some in every hour. */
export function spreadShare({ requests, costEach, costPerDay }: { readonly requests: number; readonly costEach: number; readonly costPerDay: number | null }, usedBefore: number): number {
  const affordable = costPerDay === null || costEach === 0 ? requests : Math.min(requests, Math.floor(costPerDay / costEach));
  return Math.ceil(Math.max(0, Math.ceil(affordable * spreadPart) - usedBefore) * hourPart);
}

/** The day that a moment belongs to, in UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
