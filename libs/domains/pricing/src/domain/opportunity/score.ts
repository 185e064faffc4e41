import type { CarFacts } from '../market-car';
import { halfWidth } from '../rating';
import type { PriceQuantiles, SegmentCoverage, ValuationMethod } from '../valuation';
import type { LikelyDiscount } from './likely-discount';
import type { ProfitEstimate } from './profit';
import { riskOf, type RiskFactor } from './risk';

export const scoreParts = ['profit', 'probability', 'roi', 'liquidity', 'data_quality', 'risk'] as const;
export type ScorePartName = (typeof scoreParts)[number];

/** One part of the score: `points` are what it adds of the `weight` points that it could. */
export interface ScorePart {
  readonly part: ScorePartName;
  readonly weight: number;
  readonly points: number;
  /** What was looked at: minor units of the reference currency, a share, days. */
  readonly because: number | null;
}

export interface Score {
  /** 0 to 100. */
  readonly score: number;
  /** Before any cap. */
  readonly uncapped: number;
  readonly parts: readonly ScorePart[];
}

const weights: Readonly<Record<ScorePartName, number>> = { profit: 15, probability: 45, roi: 10, liquidity: 10, data_quality: 10, risk: 10 };

/** In minor units of the reference currency: a profit of so much earns 63 of 100 points. */
const profitScale = 300_000;
const fullRoi = 0.2;
/** In standard deviations: the chance is counted by how far it is from an even one, since the last per cents are the hardest to have. */
const fullStandardScore = 1.5;
const quickDays = 30;
const slowDays = 180;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

export interface ScoreQuestion {
  readonly profit: ProfitEstimate;
  /** Of the discount that the price seems to be, what is likely to be one. */
  readonly discount: LikelyDiscount;
  /** In minor units of the reference currency. */
  readonly referenceProfit: number;
  readonly daysOfSupply: number | null;
  readonly dataQuality: number;
  readonly risks: readonly RiskFactor[];
}

export function scoreOf({ profit, discount, referenceProfit, daysOfSupply, dataQuality, risks }: ScoreQuestion): Score {
  const risk = riskOf(risks);
  const shares: Readonly<Record<ScorePartName, readonly [share: number, because: number | null]>> = {
    profit: [referenceProfit <= 0 ? 0 : 1 - Math.exp(-referenceProfit / profitScale), referenceProfit],
    // Below an even chance it is a bet, and earns nothing.
    probability: [clamp(discount.score / fullStandardScore), discount.chance],
    roi: [clamp(profit.roi / fullRoi), profit.roi],
    liquidity: [daysOfSupply === null ? 0.5 : clamp(1 - (daysOfSupply - quickDays) / (slowDays - quickDays)), daysOfSupply],
    data_quality: [clamp(dataQuality), dataQuality],
    risk: [1 - risk, risk],
  };
  const parts = scoreParts.map((part): ScorePart => ({ part, weight: weights[part], points: tenth(weights[part] * shares[part][0]), because: rounded(shares[part][1]) }));
  const uncapped = tenth(scoreParts.reduce((sum, part) => sum + weights[part] * shares[part][0], 0));
  return { score: Math.min(uncapped, ...risks.flatMap(({ cap }) => (cap === null ? [] : [cap]))), uncapped, parts };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1_000) / 1_000);

/** Facts that a price depends on. */
const decisive: readonly (keyof CarFacts)[] = ['trim', 'mileageKm', 'fuel', 'gearbox', 'body', 'powerKw', 'country', 'firstRegistration'];

export interface KnowledgeQuestion {
  readonly facts: CarFacts;
  readonly vin: string | null;
  readonly quantiles: PriceQuantiles;
  readonly method: ValuationMethod;
  readonly effectiveComparables: number;
  readonly coverage: SegmentCoverage | null;
  readonly costsKnown: boolean;
}

/** How good the ground is that all of this stands on, 0 to 1: facts, comparables, how sharp the interval is and whether it holds. */
export function dataQualityOf({ facts, vin, quantiles, method, effectiveComparables, coverage, costsKnown }: KnowledgeQuestion): number {
  const told = decisive.filter((name) => facts[name] !== null).length / decisive.length;
  const identity = (vin === null ? 0 : 0.5) + (facts.titleStatus === 'unknown' ? 0 : 0.25) + (facts.damageType === 'unknown' ? 0 : 0.25);
  const sharp = clamp(1 - halfWidth(quantiles) / 0.5);
  const ground = method === 'model' ? (coverage === null ? 0.7 : clamp(coverage.coverage80 / 0.8)) : clamp(effectiveComparables / 24);
  return 0.3 * told + 0.15 * identity + 0.25 * sharp + 0.2 * ground + (costsKnown ? 0.1 : 0);
}

/** How sure one can be of the deal, 0 to 1. */
export const confidenceOf = (dataQuality: number, probability: number, risks: readonly RiskFactor[]): number =>
  Math.round(clamp((0.6 * dataQuality + 0.4 * probability) * (1 - riskOf(risks) * 0.7)) * 1_000) / 1_000;
