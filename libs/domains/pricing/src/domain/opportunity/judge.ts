import { isBid, type MarketCar } from '../market-car';
import type { PriceQuantiles, SegmentCoverage, ValuationMethod } from '../valuation';
import { damageRisk, isBranded, isDamaged, odometerRisk, titleRisk, vinRisk, yearRisk } from './car-risks';
import { likelyDiscount } from './likely-discount';
import { currencyRisk, doubtRisk, lowPriceRisk, marketRisk, offersRisk, opinionRisk, valuationRisk } from './price-risks';
import { estimateProfit, holdingShare, type LandedRange, type ProfitEstimate } from './profit';
import type { RiskFactor, RiskQuestion } from './risk';
import { confidenceOf, dataQualityOf, scoreOf, type Score } from './score';

/** Why a car is no opportunity. */
export const noDealReasons = ['not_for_sale', 'no_price', 'bid_only', 'not_valued', 'costs_unknown', 'no_rate', 'excluded', 'no_profit', 'below_minimum'] as const;
export type NoDealReason = (typeof noDealReasons)[number];

/** A car with what it is worth, what it would cost, and what is known against it. */
export interface DealQuestion extends Omit<RiskQuestion, 'asking' | 'quantiles' | 'costs'> {
  readonly asking: number | null;
  readonly quantiles: PriceQuantiles | null;
  readonly method: ValuationMethod;
  readonly effectiveComparables: number;
  readonly coverage: SegmentCoverage | null;
  /** Null where no rule says what the car costs. */
  readonly landed: (LandedRange & { readonly unknown: readonly string[] }) | null;
  /** How long half of such cars stand until they are sold; null where nobody knows. */
  readonly daysToSell: number | null;
  /** Minor units of the installation's currency for one of the valuation's; null without a rate. */
  readonly toReference: number | null;
}

/** Below any of these there is nothing to tell about. */
export interface Minimum {
  readonly score: number;
  /** Minor units of the installation's currency. */
  readonly profit: number;
  readonly probability: number;
}

export interface Deal {
  readonly profit: ProfitEstimate;
  /** In minor units of the installation's currency. */
  readonly referenceProfit: number;
  readonly score: Score;
  readonly confidence: number;
  readonly risks: readonly RiskFactor[];
  /** Damaged or with a branded title: for those who look for such. */
  readonly damaged: boolean;
}

export type Judgement = { readonly deal: Deal; readonly reason: null } | { readonly deal: Deal | null; readonly reason: NoDealReason };

const riskRules: readonly ((question: RiskQuestion) => RiskFactor[])[] = [
  titleRisk,
  damageRisk,
  odometerRisk,
  yearRisk,
  vinRisk,
  currencyRisk,
  lowPriceRisk,
  doubtRisk,
  offersRisk,
  marketRisk,
  opinionRisk,
  valuationRisk,
];

export const risksOf = (question: RiskQuestion): RiskFactor[] => riskRules.flatMap((rule) => rule(question)).sort((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : 1));

/** Whether a car at its price is an opportunity, and how good; the same for everybody who asks, and the same each time. */
export function judgeDeal(question: DealQuestion, minimum: Minimum): Judgement {
  const { car, asking, quantiles, landed } = question;
  if (car.leftAt !== null || car.status !== 'available') return none('not_for_sale');
  if (asking === null || !(asking > 0)) return none('no_price');
  if (isBidOnly(car) || question.doubt === 'bid') return none('bid_only');
  if (quantiles === null || !(quantiles.q10 > 0)) return none('not_valued');
  if (landed === null) return none('costs_unknown');
  const { toReference } = question;
  if (toReference === null) return none('no_rate');
  const deal = dealOf({ ...question, asking, quantiles, landed, toReference });
  if (deal.risks.some(({ excludes }) => excludes)) return { deal, reason: 'excluded' };
  if (deal.profit.expected <= 0) return { deal, reason: 'no_profit' };
  const enough = deal.score.score >= minimum.score && deal.referenceProfit >= minimum.profit && deal.profit.probability >= minimum.probability;
  return enough ? { deal, reason: null } : { deal, reason: 'below_minimum' };
}

/**
 * Whether it may be a deal, before anything has been looked up that costs something: like cars, who move the score alone, and
 * how long such cars stand, who can only make it worse than this.
 */
export const mayBeDeal = (question: DealQuestion, minimum: Minimum): boolean => judgeDeal({ ...question, secondOpinion: null, daysOfSupply: null, daysToSell: 0 }, { ...minimum, score: 0 }).reason === null;

const none = (reason: NoDealReason): Judgement => ({ deal: null, reason });

type Complete = DealQuestion & { readonly asking: number; readonly quantiles: PriceQuantiles; readonly landed: NonNullable<DealQuestion['landed']>; readonly toReference: number };

function dealOf({ landed, ...question }: Complete): Deal {
  const { car, quantiles, daysOfSupply } = question;
  const profit = estimateProfit({ quantiles, landed, holding: holdingShare(question.daysToSell ?? daysOfSupply) });
  const costs = { width: landed.likely > 0 ? (landed.high - landed.low) / landed.likely : 1, unknown: landed.unknown };
  const risks = risksOf({ ...question, costs });
  const dataQuality = dataQualityOf({ ...question, facts: car.facts, vin: car.vin, costsKnown: landed.unknown.length === 0 });
  const referenceProfit = Math.round(profit.expected * question.toReference);
  return {
    profit,
    referenceProfit,
    score: scoreOf({ profit, discount: likelyDiscount({ ...question, listedAt: car.listedAt }), referenceProfit, daysOfSupply, dataQuality, risks }),
    confidence: confidenceOf(dataQuality, profit.probability, risks),
    risks,
    damaged: isDamaged(car.facts) || isBranded(car.facts),
  };
}

/** What was bid so far is not what the car can be had for. */
function isBidOnly({ offers }: MarketCar): boolean {
  const priced = offers.filter(({ active, price }) => active && price !== null);
  return priced.length > 0 && priced.every(isBid);
}
