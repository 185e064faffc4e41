import type { CurrencyCode } from '@autobroker/kernel';

/** The levels that are published: 10, 35, 50, 65 and 90 of 100 comparable cars cost less. */
export const quantileLevels = [0.1, 0.35, 0.5, 0.65, 0.9] as const;

/** Prices in minor units of one currency, never crossing. */
export interface PriceQuantiles {
  readonly q10: number;
  readonly q35: number;
  readonly q50: number;
  readonly q65: number;
  readonly q90: number;
}

/** At a rate; a minor unit is the least that anything is worth. */
export function inCurrency({ q10, q35, q50, q65, q90 }: PriceQuantiles, factor: number): PriceQuantiles {
  const of = (amount: number): number => Math.max(1, Math.round(amount * factor));
  return { q10: of(q10), q35: of(q35), q50: of(q50), q65: of(q65), q90: of(q90) };
}

/** `model` is the trained one, `hedonic` the rule for thin data, `none` the honest answer where even that has too little. */
export const valuationMethods = ['model', 'hedonic', 'none'] as const;
export type ValuationMethod = (typeof valuationMethods)[number];

/** What a part of the facts does to the price, in minor units against a typical car of its kind. */
export interface PriceFactor {
  readonly factor: string;
  readonly value: string | number | null;
  readonly effect: number;
}

/** How well the published interval has held for held-out cars like this one. */
export interface SegmentCoverage {
  readonly segment: string;
  readonly cars: number;
  /** Share of them within q10 to q90, 0 to 1. */
  readonly coverage80: number;
}

/** What a car is worth, as a distribution. */
export interface Valuation {
  readonly vehicleId: string;
  /** Counts up with every new valuation of the car. */
  readonly version: number;
  /** Of the vehicle that was valued. */
  readonly vehicleVersion: number;
  readonly method: ValuationMethod;
  readonly modelVersion: string | null;
  readonly currency: CurrencyCode;
  /** Null with the method `none`. */
  readonly quantiles: PriceQuantiles | null;
  readonly coverage: SegmentCoverage | null;
  readonly factors: readonly PriceFactor[];
  readonly comparableIds: readonly string[];
  readonly effectiveComparables: number;
  readonly valuedAt: Date;
}
