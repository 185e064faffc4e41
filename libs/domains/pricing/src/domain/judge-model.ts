import type { CarFacts } from './market-car';
import type { ModelMetrics } from './model-version';
import type { PriceQuantiles } from './valuation';

export interface PricedFacts {
  readonly facts: CarFacts;
  readonly price: number;
}

const percent = (share: number): number => Math.round(share * 10_000) / 100;

/** How predictions did on cars whose prices are known. */
export function judge(predicted: readonly PriceQuantiles[], prices: readonly number[]): ModelMetrics {
  const cars = prices.length;
  if (cars === 0) return { cars: 0, mape: 0, mdape: 0, r2: 0, coverage80: 0 };
  const errors = prices.map((price, index) => Math.abs((predicted[index]?.q50 ?? 0) - price) / price);
  const mean = prices.reduce((sum, price) => sum + price, 0) / cars;
  const total = prices.reduce((sum, price) => sum + (price - mean) ** 2, 0);
  const left = prices.reduce((sum, price, index) => sum + (price - (predicted[index]?.q50 ?? 0)) ** 2, 0);
  return {
    cars,
    mape: percent(errors.reduce((sum, error) => sum + error, 0) / cars),
    mdape: percent(medianOf(errors)),
    r2: total === 0 ? 0 : Math.round((1 - left / total) * 10_000) / 10_000,
    coverage80: percent(prices.filter((price, index) => isWithin(price, predicted[index])).length / cars),
  };
}

export interface JudgedSegment {
  readonly segment: string;
  readonly cars: number;
  readonly coverage80: number;
}

/** Coverage by make, where there are cars enough to tell. */
export function judgeSegments(cars: readonly PricedFacts[], predicted: readonly PriceQuantiles[], fewest: number): JudgedSegment[] {
  const byMake = Map.groupBy(
    cars.map((car, index) => ({ make: car.facts.make, hit: isWithin(car.price, predicted[index]) })),
    ({ make }) => make,
  );
  return [...byMake]
    .filter(([, ofMake]) => ofMake.length >= fewest)
    .map(([segment, ofMake]) => ({ segment, cars: ofMake.length, coverage80: percent(ofMake.filter(({ hit }) => hit).length / ofMake.length) }))
    .sort((a, b) => b.cars - a.cars);
}

/** What anybody could do with a table: the median by make, model and year, and by less where that is unknown. */
export function judgeBaseline(learned: readonly PricedFacts[], asked: readonly PricedFacts[]): ModelMetrics {
  const keys: readonly ((facts: CarFacts) => string)[] = [({ make, model, year }) => `${make}|${model}|${year}`, ({ make, model }) => `${make}|${model}`, ({ make }) => make, () => ''];
  const tables = keys.map((key) => new Map([...Map.groupBy(learned, ({ facts }) => key(facts))].map(([name, cars]) => [name, medianOf(cars.map(({ price }) => price))])));
  const predicted = asked.map(({ facts }) => {
    const value = tables.map((table, index) => table.get(keys[index]?.(facts) ?? '')).find((found) => found !== undefined) ?? 0;
    return { q10: value, q35: value, q50: value, q65: value, q90: value };
  });
  return judge(predicted, asked.map(({ price }) => price));
}

const isWithin = (price: number, quantiles: PriceQuantiles | undefined): boolean => quantiles !== undefined && price >= quantiles.q10 && price <= quantiles.q90;

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
