import type { PriceQuantiles } from './valuation';

/** From the cheapest tenth of comparable cars to the dearest. */
export const ratings = ['great', 'good', 'fair', 'high', 'over'] as const;
export type Rating = (typeof ratings)[number];

/** Why a car has no rating. */
export const unratedReasons = ['no_price', 'auction', 'doubtful_price', 'implausible', 'not_enough_data', 'too_uncertain'] as const;
export type UnratedReason = (typeof unratedReasons)[number];

export type RatingResult =
  | { readonly rating: Rating; readonly reason: null }
  | { readonly rating: null; readonly reason: UnratedReason };

export interface RatingQuestion {
  /** What is asked for the car, in the minor units of the quantiles' currency. */
  readonly price: number | null;
  /** Null for a price that somebody offers the car for; else what it is: a bid, or a sum that nobody means. */
  readonly notAsked: Extract<UnratedReason, 'auction' | 'doubtful_price'> | null;
  readonly quantiles: PriceQuantiles | null;
  /** Its facts can't be so: that is why it has no quantiles. */
  readonly implausible?: boolean;
  /** What the car was rated before; null for one that never was. */
  readonly previous: RatingResult | null;
}

/**
 * The measure of width is half of the interval from q10 to q90, against q50: «±25 %». The whole width would leave nearly
 * every car without a label: a model with a typical error of 8 % has an honest 80 % interval of 30 % of the price.
 */
const widest = 0.25;
/** A car that was too uncertain is rated again only when it is clearly not so any more. */
const widestToReturn = 0.225;

export const halfWidth = ({ q10, q50, q90 }: PriceQuantiles): number => (q50 > 0 ? (q90 - q10) / 2 / q50 : Number.POSITIVE_INFINITY);

/** How far past a threshold a price has to go before the label follows. */
export const marginOf = ({ q10, q50, q90 }: PriceQuantiles): number => Math.max(0.01 * q50, 0.05 * (q90 - q10));

export const isAskingPrice = (price: number | null): price is number => price !== null && Number.isFinite(price) && price > 0;

export function plainRating(price: number, { q10, q35, q65, q90 }: PriceQuantiles): Rating {
  if (price <= q10) return 'great';
  if (price <= q35) return 'good';
  if (price <= q65) return 'fair';
  return price <= q90 ? 'high' : 'over';
}

/**
 * The label, and it stays what it was until the price has left its band by a margin: a retrained model moves quantiles by a
 * per cent, and a label that changes its mind every night is worth nothing.
 */
export function rate({ price, notAsked, quantiles, implausible, previous }: RatingQuestion): RatingResult {
  if (!isAskingPrice(price)) return unrated('no_price');
  if (notAsked !== null) return unrated(notAsked);
  if (quantiles === null || !(quantiles.q50 > 0)) return unrated(implausible === true ? 'implausible' : 'not_enough_data');
  const limit = previous?.reason === 'too_uncertain' ? widestToReturn : widest;
  if (halfWidth(quantiles) > limit) return unrated('too_uncertain');
  const kept = previous?.rating ?? null;
  if (kept !== null && isWithin(price, bandOf(kept, quantiles), marginOf(quantiles))) return { rating: kept, reason: null };
  return { rating: plainRating(price, quantiles), reason: null };
}

const unrated = (reason: UnratedReason): RatingResult => ({ rating: null, reason });

interface Band {
  readonly from: number;
  readonly to: number;
}

function bandOf(rating: Rating, { q10, q35, q65, q90 }: PriceQuantiles): Band {
  const edges = [0, q10, q35, q65, q90, Number.POSITIVE_INFINITY];
  const at = ratings.indexOf(rating);
  return { from: edges[at] ?? 0, to: edges[at + 1] ?? Number.POSITIVE_INFINITY };
}

const isWithin = (price: number, { from, to }: Band, margin: number): boolean => price > from - margin && price <= to + margin;

/** How far the price is from the middle, in per cent of it: −5 is a twentieth below what such a car costs. */
export function positionOf(price: number | null, quantiles: PriceQuantiles | null): number | null {
  if (!isAskingPrice(price) || quantiles === null || !(quantiles.q50 > 0)) return null;
  return Math.round((price / quantiles.q50 - 1) * 1_000) / 10;
}
