import { quantileLevels, type PriceQuantiles } from '../valuation';

/** Of the standard normal distribution, at the published levels. */
const scores = [-1.2815515655, -0.3853204664, 0, 0.3853204664, 1.2815515655] as const;
const widestScore = scores[quantileLevels.length - 1] ?? 1;

interface Knot {
  readonly log: number;
  readonly score: number;
}

/** The quantiles as points of a log-normal scale; of two at the same price, the middle one of their scores stands for both. */
function knotsOf({ q10, q35, q50, q65, q90 }: PriceQuantiles): Knot[] {
  const knots: Knot[] = [];
  for (const [index, price] of [q10, q35, q50, q65, q90].entries()) {
    const [log, score] = [Math.log(Math.max(1, price)), scores[index] ?? 0];
    const last = knots.at(-1);
    if (last !== undefined && log - last.log < 1e-9) knots[knots.length - 1] = { log: last.log, score: (last.score + score) / 2 };
    else knots.push({ log, score });
  }
  return knots;
}

/**
 * The chance that such a car brings more than `price`: straight lines between the quantiles, on the scale on which a
 * log-normal distribution is one straight line, and the outermost lines go on as its tails.
 */
export function chanceAbove(quantiles: PriceQuantiles, price: number): number {
  const knots = knotsOf(quantiles);
  const [first, last] = [knots[0], knots.at(-1)];
  if (first === undefined || last === undefined) return 0;
  if (price <= 0) return 1;
  const log = Math.log(price);
  if (first === last) return log === first.log ? 0.5 : log < first.log ? 1 : 0;
  const above = knots.findIndex((knot) => knot.log >= log);
  const right = above === -1 ? knots.length - 1 : Math.max(1, above);
  const [left, next] = [knots[right - 1] ?? first, knots[right] ?? last];
  return 1 - normalBelow(left.score + ((next.score - left.score) * (log - left.log)) / (next.log - left.log));
}

/** One standard deviation of the price's logarithm, as the outer quantiles say. */
export const spreadOf = ({ q10, q90 }: PriceQuantiles): number => Math.log(Math.max(1, q90) / Math.max(1, q10)) / (2 * widestScore);

/** Share of the standard normal distribution below; right to seven digits (a rational approximation of the error function). */
export function normalBelow(score: number): number {
  const x = Math.abs(score) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-x * x);
  return score < 0 ? tail / 2 : 1 - tail / 2;
}
