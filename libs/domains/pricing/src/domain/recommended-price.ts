import { exponentOf, type CurrencyCode } from '@autobroker/kernel';
import type { PricingPolicy } from './pricing-policy';
import { isAskingPrice } from './rating';
import type { PriceQuantiles } from './valuation';

export const priceStepCodes = [
  'market_middle',
  'days_on_market',
  'scarce_supply',
  'plenty_supply',
  'target_margin',
  'floor',
  'ceiling',
  'max_margin',
  'min_margin',
  'daily_step',
  'rounding',
] as const;
export type PriceStepCode = (typeof priceStepCodes)[number];

/** One rule that made the price what it is. Amounts in minor units. */
export interface PriceStep {
  readonly code: PriceStepCode;
  readonly before: number | null;
  readonly after: number;
  /** What the rule looked at: days, per cent, or an amount. */
  readonly because: number;
}

export interface StockCar {
  readonly currency: CurrencyCode;
  readonly quantiles: PriceQuantiles;
  /** What is asked now. */
  readonly asking: number | null;
  /** What the tenant paid and put into it, where that is told. */
  readonly cost: number | null;
  readonly daysOnMarket: number;
  /** How long the market would take to sell what is there; null where that is not known. */
  readonly daysOfSupply: number | null;
}

export interface RecommendedPrice {
  readonly amount: number;
  readonly steps: readonly PriceStep[];
  /** The margin that the policy asks for is above what the market pays: the car was bought too dear. */
  readonly aboveMarket: boolean;
  /** Over cost, in per cent of it. */
  readonly marginPercent: number | null;
}

const share = (amount: number, percent: number): number => Math.round((amount * percent) / 100);

/**
 * Begins in the middle of the market and follows the tenant's rules one by one, each with its reason. A later rule wins: the
 * least margin over floor and ceiling, and over everything that a price moves slowly.
 */
export function recommendPrice(car: StockCar, policy: PricingPolicy): RecommendedPrice {
  const steps: PriceStep[] = [];
  let price = car.quantiles.q50;
  steps.push({ code: 'market_middle', before: null, after: price, because: price });
  const to = (code: PriceStepCode, next: number, because: number): void => {
    if (next === price) return;
    steps.push({ code, before: price, after: next, because });
    price = next;
  };
  const { q50, q65 } = car.quantiles;
  const aged = policy.ageing.findLast(({ afterDays }) => car.daysOnMarket >= afterDays);
  if (aged !== undefined) to('days_on_market', price - share(price, aged.percent), car.daysOnMarket);
  const { daysOfSupply: supply, cost } = car;
  if (supply !== null && supply < policy.scarceDays) to('scarce_supply', price + share(price, policy.supplyPercent), Math.round(supply));
  if (supply !== null && supply > policy.plentyDays) to('plenty_supply', price - share(price, policy.supplyPercent), Math.round(supply));
  const overCost = (percent: number): number => (cost === null ? 0 : cost + share(cost, percent));
  // For its target a tenant asks more than the middle, as long as a third of the market still asks more.
  if (cost !== null) to('target_margin', Math.max(price, Math.min(overCost(policy.targetMarginPercent), q65)), policy.targetMarginPercent);
  to('floor', Math.max(price, share(q50, policy.floorPercent)), policy.floorPercent);
  to('ceiling', Math.min(price, share(q50, policy.ceilingPercent)), policy.ceilingPercent);
  if (cost !== null && policy.maxMarginPercent !== null) to('max_margin', Math.min(price, overCost(policy.maxMarginPercent)), policy.maxMarginPercent);
  if (cost !== null) to('min_margin', Math.max(price, overCost(policy.minMarginPercent)), policy.minMarginPercent);
  const aboveMarket = price > car.quantiles.q90;
  const least = overCost(policy.minMarginPercent);
  const bounds = boundsOf(car.asking, policy.maxStepPercent);
  to('daily_step', Math.min(bounds.most, Math.max(bounds.least, price)), policy.maxStepPercent);
  to('rounding', rounded(price, { policy, currency: car.currency, least: Math.max(bounds.least, Math.min(least, bounds.most)), most: bounds.most }), price);
  return { amount: price, steps, aboveMarket, marginPercent: cost === null || cost <= 0 ? null : Math.round((price / cost - 1) * 1_000) / 10 };
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

function boundsOf(asking: number | null, percent: number): Bounds {
  if (!isAskingPrice(asking)) return { least: 1, most: Number.MAX_SAFE_INTEGER };
  return { least: Math.max(1, asking - share(asking, percent)), most: asking + share(asking, percent) };
}

/** To the nearest price that people write on windscreens; as it is, where none of them keeps the limits. */
function rounded(price: number, { policy, currency, least, most }: Bounds & { readonly policy: PricingPolicy; readonly currency: CurrencyCode }): number {
  if (policy.rounding === 'none') return price;
  const unit = 10 ** exponentOf(currency);
  const grid = price >= 5_000 * unit ? 500 * unit : 100 * unit;
  const step = policy.rounding === 'charm' ? grid : 100 * unit;
  const below = policy.rounding === 'charm' ? 10 * unit : 0;
  const down = Math.floor((price + below) / step) * step - below;
  // Rounding is for the eye: it is no reason to ask another price.
  const near = (candidate: number): boolean => Math.abs(candidate - price) <= 0.03 * price;
  const candidates = [down, down + step].filter((candidate) => candidate >= least && candidate <= most && near(candidate));
  return candidates.sort((a, b) => Math.abs(a - price) - Math.abs(b - price))[0] ?? price;
}
