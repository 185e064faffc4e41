import type { CurrencyCode } from '@autobroker/kernel';
import type { OpportunitySegment, OutsideWords, SeenOpportunity } from '../application/opportunities/ports';
import { keptEvidence, type OpportunityDetailJson, type OpportunityJson, type OpportunitySegmentJson } from './schemas/opportunity';

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

type Kept = ReturnType<typeof keptEvidence.parse>;

function summaryOf(seen: SeenOpportunity, { vehicle, risks }: Kept): OpportunityJson {
  const money = (amount: number) => ({ amount, currency: seen.currency });
  return {
    id: seen.id,
    version: seen.version,
    vehicle_id: seen.vehicleId,
    valuation_version: seen.valuationVersion,
    vehicle,
    asking_price: money(seen.asking),
    market_value: money(seen.marketValue),
    total_cost: money(seen.totalCost),
    projected_profit: money(seen.profit),
    profit_interval: { low: money(seen.profitLow), high: money(seen.profitHigh) },
    reference_profit: { amount: seen.referenceProfit, currency: seen.referenceCurrency },
    probability: rounded(seen.probability, 4),
    roi: rounded(seen.roi, 4),
    score: rounded(seen.score, 1),
    confidence_score: rounded(seen.confidence, 3),
    risk: rounded(seen.risk, 3),
    risks: risks.map(({ code }) => code),
    damaged: seen.damaged,
    status: seen.status,
    created_at: seen.createdAt.toISOString(),
    updated_at: seen.updatedAt.toISOString(),
    expired_at: seen.expiredAt?.toISOString() ?? null,
    expired_reason: seen.expiredReason,
  };
}

export const opportunityJson = (seen: SeenOpportunity): OpportunityJson => summaryOf(seen, keptEvidence.parse(seen.evidence));

/** What others say of the car may have come since it was found: the latest is shown. */
export function opportunityDetailJson(seen: SeenOpportunity, outside: OutsideWords | null): OpportunityDetailJson {
  const kept = keptEvidence.parse(seen.evidence);
  const { market_analysis: analysis } = kept;
  return {
    ...summaryOf(seen, kept),
    market_analysis: {
      ...analysis,
      kbb_value: outside?.kbb ?? analysis.kbb_value,
      edmunds_value: outside?.edmunds ?? analysis.edmunds_value,
      perplexity_insights: outside?.perplexity ?? analysis.perplexity_insights,
    },
    cost_breakdown: kept.cost_breakdown,
    holding_percent: kept.holding_percent,
    score_parts: kept.score_parts,
    uncapped_score: kept.uncapped_score,
    risk_factors: kept.risks,
  };
}

export const opportunitySegmentJson = (segment: OpportunitySegment, currency: CurrencyCode): OpportunitySegmentJson => ({
  make: segment.make,
  model: segment.model,
  country: segment.country,
  found: segment.found,
  open: segment.open,
  realised: segment.realised,
  realised_percent: rounded((segment.realised / segment.found) * 100, 1),
  average_score: segment.averageScore,
  average_profit: { amount: segment.averageProfit, currency },
  median_days_to_sale: segment.medianDaysToSale,
});
