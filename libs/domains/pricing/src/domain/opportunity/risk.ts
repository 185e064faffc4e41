import type { MarketCar } from '../market-car';
import type { PriceQuantiles, SegmentCoverage, ValuationMethod } from '../valuation';

/** What can be wrong with a deal. */
export const riskCodes = [
  'title_branded',
  'title_unknown',
  'damaged',
  'damage_unknown',
  'odometer_fell',
  'mileage_implausibly_low',
  'mileage_low',
  'mileage_high',
  'mileage_unknown',
  'wrong_currency',
  'foreign_currency',
  'price_slip',
  'too_good_to_be_true',
  'price_doubtful',
  'offers_disagree',
  'price_restless',
  'year_conflict',
  'vin_conflict',
  'vin_missing',
  'relisted',
  'standing_long',
  'slow_market',
  'auction',
  'few_comparables',
  'second_opinion',
  'wide_interval',
  'segment_unproven',
  'costs_uncertain',
] as const;
export type RiskCode = (typeof riskCodes)[number];

export interface RiskFactor {
  readonly code: RiskCode;
  /** How much of the trust in the deal it takes, 0 to 1. */
  readonly weight: number;
  /** No deal with it scores higher; null where it only weighs. */
  readonly cap: number | null;
  /** The deal is none: what looks cheap is explained by this. */
  readonly excludes: boolean;
  /** One sentence for whoever reads the evidence. */
  readonly reason: string;
  /** The numbers behind it. */
  readonly facts: Readonly<Record<string, string | number | null>>;
}

/** The highest reading that a car was ever offered with. */
export interface HighestMileage {
  readonly km: number;
  readonly at: Date;
}

/** In minor units of the valuation's currency. */
export interface SecondOpinion {
  /** Like cars, had they the year and mileage of this one; or those who value cars for a living. */
  readonly of: 'comparables' | 'outside';
  readonly value: number;
  readonly effective: number;
}

/** Everything that the risks of a deal are read from. Amounts are minor units of the valuation's currency. */
export interface RiskQuestion {
  readonly car: MarketCar;
  readonly asking: number;
  readonly quantiles: PriceQuantiles;
  readonly method: ValuationMethod;
  readonly effectiveComparables: number;
  readonly coverage: SegmentCoverage | null;
  /** What its comparables, or others, say it is worth, where a model has valued it; null where nobody says anything. */
  readonly secondOpinion: SecondOpinion | null;
  readonly highestMileage: HighestMileage | null;
  /** Changes of the asking price within the last month. */
  readonly priceChanges: number;
  /** What the market's own watch says against the price. */
  readonly doubt: string | null;
  readonly daysOfSupply: number | null;
  /** What the car's country pays in; null where the country or its currency is not known. */
  readonly localCurrency: string | null;
  /** Minor units of the local currency for one of the valuation's; null without a rate. */
  readonly toLocal: number | null;
  /** Width of the landed cost against its middle, and what no rule was found for. */
  readonly costs: { readonly width: number; readonly unknown: readonly string[] };
  readonly at: Date;
}

type Weighing = Pick<RiskFactor, 'code' | 'weight' | 'reason'> & { readonly facts?: RiskFactor['facts'] };

/** Makes the deal worse. */
export const weighs = ({ facts = {}, ...factor }: Weighing): RiskFactor => ({ ...factor, facts, cap: null, excludes: false });

/** Keeps the deal from the top, however cheap the car is. */
export const capsAt = (cap: number, { facts = {}, ...factor }: Weighing): RiskFactor => ({ ...factor, facts, cap, excludes: false });

/** There is no deal. */
export const excludes = ({ facts = {}, ...factor }: Weighing): RiskFactor => ({ ...factor, facts, cap: 0, excludes: true });

/** Risks of different kinds add up like chances of something going wrong: never beyond one. */
export const riskOf = (factors: readonly RiskFactor[]): number => 1 - factors.reduce((kept, { weight }) => kept * (1 - weight), 1);
