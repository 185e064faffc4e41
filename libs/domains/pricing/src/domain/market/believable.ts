import { exponentOf } from '@autobroker/kernel';
import { isBid, type MarketOffer, type Price } from '../market-car';

/** A price that was named, once per version of the car. */
export interface PriceMoment {
  readonly version: number;
  readonly at: Date;
  readonly price: Price;
  /** In the installation's currency. */
  readonly reference: number | null;
}

/** Less than this share of what the car itself has cost is a bait and no reduction. */
const baitShare = 0.5;
/** So often within a month: somebody plays with the list's order. */
const restlessChanges = 10;
const monthMs = 30 * 86_400_000;
/** In the installation's currency, minor units: a car that costs less is a filled-in field. */
const least = 15_000;
const most = 1_000_000_000_00;

/** Sums that nobody means, in whole units. */
const fillers = /^(?:1{5,}|9{6,}|123456?7?8?9?)$/u;

export const doubtfuls = ['no_price', 'bid', 'doubtful', 'bait', 'restless', 'absurd'] as const;
export type Doubtful = (typeof doubtfuls)[number];

export interface PriceCase {
  readonly price: Price | null;
  readonly referencePrice: Price | null;
  readonly offers: readonly MarketOffer[];
  readonly moments: readonly PriceMoment[];
  readonly sold: boolean;
}

/**
 * Why a car's price says nothing of the market; null when it does. Its offers tell whether it is a price at all: what was
 * bid so far is not.
 */
export function doubtOf({ price, referencePrice, offers, moments, sold }: PriceCase): Doubtful | null {
  if (price === null) return 'no_price';
  const amount = referencePrice?.amount ?? price.amount;
  if (amount < least || amount > most) return 'absurd';
  if (fillers.test(String(price.amount / 10 ** exponentOf(price.currency)))) return 'absurd';
  const kind = kindOf(offers, sold);
  if (kind !== null) return kind;
  if (isBait(amount, moments)) return 'bait';
  return isRestless(moments) ? 'restless' : null;
}

/** Of a car whose offers all show bids, or prices that nobody means. */
function kindOf(offers: readonly MarketOffer[], sold: boolean): 'bid' | 'doubtful' | null {
  const priced = offers.filter(({ price }) => price !== null);
  if (priced.length === 0) return null;
  if (priced.every(({ doubtful }) => doubtful === true)) return 'doubtful';
  const bids = priced.every(isBid);
  return bids && !sold ? 'bid' : null;
}

function isBait(amount: number, moments: readonly PriceMoment[]): boolean {
  const others = moments.flatMap(({ reference }) => (reference === null ? [] : [reference])).slice(0, -1).sort((a, b) => a - b);
  const usual = others[Math.floor(others.length / 2)];
  return usual !== undefined && amount < usual * baitShare;
}

function isRestless(moments: readonly PriceMoment[]): boolean {
  return moments.some(({ at }, index) => {
    const later = moments[index + restlessChanges];
    return later !== undefined && later.at.getTime() - at.getTime() <= monthMs;
  });
}
