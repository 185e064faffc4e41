/** So many cars were on the market for so many days, and then sold, or were seen no more without a sale. */
export interface Life {
  readonly days: number;
  readonly sold: boolean;
  readonly n: number;
}

export interface DaysToSell {
  /** Cars that tell anything of it. */
  readonly cars: number;
  readonly sold: number;
  /** Days by which half, and a quarter and three quarters, are sold; null where not so many are. */
  readonly median: number | null;
  readonly q25: number | null;
  readonly q75: number | null;
  /** Share that is sold within 30, 60 and 90 days, 0 to 1. */
  readonly within30: number | null;
  readonly within60: number | null;
  readonly within90: number | null;
}

/**
 * Kaplan and Meier's estimate. A car that was withdrawn or is still there has not sold in so many days: that much is known
 * of it, and no more. Leaving it out would make the market look faster than it is, counting it as sold slower or faster.
 */
export function daysToSell(lives: readonly Life[]): DaysToSell {
  const sums = new Map<number, { sold: number; gone: number }>();
  for (const { days, sold, n } of lives) {
    const at = sums.get(days) ?? { sold: 0, gone: 0 };
    if (sold) at.sold += n;
    else at.gone += n;
    sums.set(days, at);
  }
  const cars = lives.reduce((sum, { n }) => sum + n, 0);
  const curve: { readonly days: number; readonly left: number }[] = [];
  let [atRisk, left] = [cars, 1];
  let latest = 0;
  for (const [days, { sold, gone }] of [...sums].sort(([a], [b]) => a - b)) {
    if (sold > 0 && atRisk > 0) curve.push({ days, left: (left *= 1 - sold / atRisk) });
    atRisk -= sold + gone;
    latest = days;
  }
  const sold = lives.reduce((sum, life) => sum + (life.sold ? life.n : 0), 0);
  const by = (share: number): number | null => curve.find((point) => point.left <= 1 - share + 1e-12)?.days ?? null;
  const within = (days: number): number | null => {
    // Nobody has been watched so long, unless all are sold.
    if (cars === 0 || (latest < days && left > 1e-12)) return null;
    return 1 - (curve.findLast((point) => point.days <= days)?.left ?? 1);
  };
  return { cars, sold, median: by(0.5), q25: by(0.25), q75: by(0.75), within30: within(30), within60: within(60), within90: within(90) };
}

export const supplyDays = 45;

/** How long the stock lasts at the pace of the last 45 days; null when nothing is known to have been sold. */
export const marketDaysSupply = (available: number, soldIn45Days: number): number | null =>
  soldIn45Days <= 0 ? null : Math.round((available / (soldIn45Days / supplyDays)) * 10) / 10;
