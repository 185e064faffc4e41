import { depreciationOf } from '../../domain/market/depreciation';
import { countOf, meanOf, quantileOf, type Bucket } from '../../domain/market/price-sketch';
import { daysToSell, marketDaysSupply } from '../../domain/market/survival';
import { priceIndex } from '../../domain/market/trend';
import type { MarketAges, MarketKey, MarketSupply, MarketTrend, ModelSegment, SourceQuality } from './statistics';

/** What is counted, as it is told. */
const money = ({ currency }: MarketKey, amount: number | null) => (amount === null || currency === null ? null : { amount, currency });
const share = (value: number | null): number | null => (value === null ? null : Math.round(value * 1_000) / 1_000);

export function supplyView(market: MarketSupply) {
  const { country, currency, prices, unpriced, listed, left, sold } = market;
  const priced = countOf(prices);
  const { within30, within60, within90, ...days } = daysToSell(market.lives);
  return {
    country,
    currency,
    available: priced + unpriced,
    priced,
    price: pricesView(market, prices),
    listed_45_days: listed,
    left_45_days: left,
    sold_45_days: sold,
    days_supply: marketDaysSupply(priced + unpriced, sold),
    days_to_sell: { ...days, within_30: share(within30), within_60: share(within60), within_90: share(within90) },
  };
}

function pricesView(key: MarketKey, prices: readonly Bucket[]) {
  if (countOf(prices) === 0 || key.currency === null) return null;
  const at = (level: number) => money(key, quantileOf(prices, level));
  return { q10: at(0.1), q25: at(0.25), median: at(0.5), q75: at(0.75), q90: at(0.9), mean: money(key, meanOf(prices)) };
}

export function trendView(market: MarketTrend) {
  const index = priceIndex(market.periods.map(({ period }) => period), market.cells);
  return {
    country: market.country,
    currency: market.currency,
    points: market.periods.map(({ period, prices, listed, left, sold }) => ({
      period,
      prices: countOf(prices),
      median: money(market, quantileOf(prices, 0.5)),
      mean: money(market, meanOf(prices)),
      index: index.get(period) ?? 100,
      listed,
      left,
      sold,
    })),
  };
}

export const segmentView = (segment: ModelSegment) => ({
  country: segment.country,
  currency: segment.currency,
  make: segment.make,
  model: segment.model,
  available: segment.available,
  median: money(segment, segment.median),
  q10: money(segment, segment.q10),
  q90: money(segment, segment.q90),
  spread_percent: segment.spread,
  sold_45_days: segment.sold,
  days_supply: segment.daysSupply,
  score: segment.score,
});

export const sourceView = (source: SourceQuality) => ({
  source: source.source,
  cars: source.cars,
  priced: source.priced,
  completeness_percent: source.completeness,
  price_deviation_percent: source.priceDeviation,
  compared_prices: source.comparedPrices,
  relisted: source.relisted,
  vin_contradicted: source.vinContradicted,
  doubtful_prices: source.doubtfulPrices,
});

export function ageView(market: MarketAges) {
  const told = depreciationOf(market.ages, market.kinds);
  return {
    country: market.country,
    currency: market.currency,
    cars: told.cars,
    yearly_percent: told.yearly,
    five_years_percent: told.fiveYears,
    usual_five_years_percent: told.priorFiveYears,
    own_share: told.ownShare,
    new_price: money(market, told.newPrice),
    points: told.points.map(({ age, cars, median, retained, fitted }) => ({ age, cars, median: money(market, median), retained_percent: retained, fitted_percent: fitted })),
  };
}
