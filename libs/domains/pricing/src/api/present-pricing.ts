import { isCurrencyCode, type CurrencyCode } from '@autobroker/kernel';
import type { MarketOfModel } from '../application/valuation/market-of-car';
import type { ValuationRecord } from '../application/valuation/ports';
import type { Comparables } from '../domain/comparables';
import type { MarketCar } from '../domain/market-car';
import { halfWidth } from '../domain/rating';
import type { PricingJson } from './schemas/pricing-resource';

const moneyIn = (currency: CurrencyCode) => (amount: number) => ({ amount, currency });
const perMille = (value: number): number => Math.round(value * 1_000) / 10;
const shownFactors = 8;

/** What a car is worth, as everybody sees it. */
export function pricingJson({ vehicleId, version, ...valuation }: ValuationRecord, market: MarketOfModel | null, degraded: boolean): PricingJson {
  const { currency, quantiles, asking, evidence, rating } = valuation;
  const money = moneyIn(currency);
  return {
    vehicle_id: vehicleId,
    version,
    currency,
    asking_price: asking === null ? null : money(asking),
    method: valuation.method,
    not_valued_because: evidence.noneReason,
    value: quantiles === null ? null : money(quantiles.q50),
    quantiles,
    rating: rating.rating,
    unrated_because: rating.reason,
    deal: valuation.position === null || quantiles === null || asking === null ? null : { position_percent: Math.round(valuation.position * 10) / 10, difference: money(asking - quantiles.q50) },
    factors: evidence.factors.slice(0, shownFactors).map(({ factor, value, effect }) => ({ factor, value, effect: money(effect) })),
    comparables: summaryOf(valuation, evidence.rung),
    market:
      market === null
        ? null
        : {
            available: market.available,
            sold_45_days: market.sold,
            days_supply: market.daysOfSupply,
            days_to_sell: market.daysToSell,
            median: market.median === null || market.currency === null || !isCurrencyCode(market.currency) ? null : { amount: market.median, currency: market.currency },
          },
    coverage: evidence.coverage === null ? null : { ...evidence.coverage, coverage80: perMille(evidence.coverage.coverage80) },
    model: valuation.modelVersion === null || evidence.model === null ? null : { version: valuation.modelVersion, trained_at: evidence.model.trainedAt, degraded },
    valued_at: valuation.valuedAt.toISOString(),
  };
}

function summaryOf({ comparables, effectiveComparables, currency }: Pick<ValuationRecord, 'comparables' | 'effectiveComparables' | 'currency'>, rung: string | null): PricingJson['comparables'] {
  const money = moneyIn(currency);
  const prices = comparables.map(({ price }) => price).sort((a, b) => a - b);
  const [lowest, median, highest] = [prices[0], prices[Math.floor(prices.length / 2)], prices.at(-1)];
  if (lowest === undefined || median === undefined || highest === undefined) return null;
  return { count: prices.length, effective: Math.round(effectiveComparables * 10) / 10, rung, lowest: money(lowest), median: money(median), highest: money(highest) };
}

/** All that stands behind it. `cars` are the comparables as they are now, `weights` how much each counts. */
export function evidenceJson(valuation: ValuationRecord, cars: ReadonlyMap<string, MarketCar>, looked: Comparables | null): NonNullable<PricingJson['evidence']> {
  const { evidence, quantiles, currency } = valuation;
  const weights = new Map((looked?.cars ?? []).map(({ vehicleId, weight }) => [vehicleId, weight]));
  return {
    comparables: valuation.comparables.map(({ vehicleId, price }) => {
      const car = cars.get(vehicleId);
      return {
        vehicle_id: vehicleId,
        price: moneyIn(currency)(price),
        weight: weights.get(vehicleId) ?? null,
        make: car?.facts.make ?? null,
        model: car?.facts.model ?? null,
        trim: car?.facts.trim ?? null,
        year: car?.facts.year ?? null,
        mileage_km: car?.facts.mileageKm ?? null,
        country: car?.facts.country ?? null,
        asked: car?.price ?? null,
      };
    }),
    converted: evidence.converted,
    ignored_facts: [...evidence.ignored],
    half_width_percent: quantiles === null ? null : perMille(halfWidth(quantiles)),
    model: evidence.model === null ? null : { id: evidence.model.id, trained_at: evidence.model.trainedAt },
    vehicle_version: valuation.vehicleVersion,
  };
}
