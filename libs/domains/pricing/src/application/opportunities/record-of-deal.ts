import type { EventData, opportunityFound } from '@autobroker/contracts';
import type { CurrencyCode } from '@autobroker/kernel';
import { nameKey } from '../../domain/market/grade';
import type { MarketCar } from '../../domain/market-car';
import type { Deal } from '../../domain/opportunity/judge';
import type { Comparables } from '../../domain/comparables';
import { riskOf } from '../../domain/opportunity/risk';
import type { AssembledDeal } from './assemble-deals';
import type { OpportunityEvidence, VehicleCard } from './evidence';
import type { CostKind, KnownCosts, OpportunityRecord, OutsideWords } from './ports';

const percent = (share: number): number => Math.round(share * 1_000) / 10;

/** What is written of a deal. */
export function recordOf(id: string, { car, valuation, costs, comparables, question }: AssembledDeal, deal: Deal, reference: CurrencyCode, outside: OutsideWords | null): OpportunityRecord {
  const { asking, quantiles } = valuation;
  const { toReference } = question;
  if (asking === null || quantiles === null || costs === null || toReference === null) throw new Error(`the deal of ${car.vehicleId} has no price, no value, no costs or no rate`);
  return {
    id,
    vehicleId: car.vehicleId,
    vehicleVersion: valuation.vehicleVersion,
    valuationVersion: valuation.version,
    tenantId: car.ownerTenantId,
    currency: valuation.currency,
    asking,
    marketValue: quantiles.q50,
    totalCost: costs.likely,
    profit: deal.profit.expected,
    profitLow: deal.profit.low,
    profitHigh: deal.profit.high,
    referenceCurrency: reference,
    referencePrice: Math.round(asking * toReference),
    referenceProfit: deal.referenceProfit,
    score: deal.score.score,
    confidence: deal.confidence,
    probability: Math.round(deal.profit.probability * 10_000) / 10_000,
    roi: Math.round(deal.profit.roi * 10_000) / 10_000,
    risk: Math.round(riskOf(deal.risks) * 1_000) / 1_000,
    damaged: deal.damaged,
    evidence: {
      vehicle: cardOf(car),
      market_analysis: analysisOf(valuation, comparables, outside),
      cost_breakdown: breakdownOf(costs, asking, valuation.currency),
      holding_percent: percent(deal.profit.holding),
      score_parts: [...deal.score.parts],
      uncapped_score: deal.score.uncapped,
      risks: deal.risks.map(({ code, weight, cap, reason, facts }) => ({ code, weight, caps_score_at: cap, reason, facts: { ...facts } })),
    },
  };
}

const cardOf = ({ facts, sources }: MarketCar): VehicleCard => ({
  make: facts.make,
  model: facts.model,
  trim: facts.trim,
  year: facts.year,
  mileage_km: facts.mileageKm,
  fuel: facts.fuel,
  gearbox: facts.gearbox,
  body: facts.body,
  colour: facts.colour,
  title_status: facts.titleStatus,
  damage_type: facts.damageType,
  condition: facts.condition,
  country: facts.country,
  region: facts.region,
  city: facts.city,
  coordinates: facts.coordinates,
  sources: [...sources],
});

/** A model asks for no comparables: then those that it was held against are shown. */
function analysisOf({ comparables: used, currency, method, modelVersion, effectiveComparables, quantiles }: AssembledDeal['valuation'], held: Comparables | null, outside: OutsideWords | null): OpportunityEvidence['market_analysis'] {
  const shown = held !== null && held.currency === currency;
  const prices = (shown ? held.cars : used).map(({ price }) => price);
  const sum = prices.reduce((total, price) => total + price, 0);
  return {
    kbb_value: outside?.kbb ?? null,
    edmunds_value: outside?.edmunds ?? null,
    perplexity_insights: outside?.perplexity ?? null,
    comparable_prices: prices.map((amount) => ({ amount, currency })),
    market_average: prices.length === 0 ? null : { amount: Math.round(sum / prices.length), currency },
    method,
    model_version: modelVersion,
    effective_comparables: Math.round((shown ? held.effective : effectiveComparables) * 10) / 10,
    quantiles: quantiles ?? { q10: 0, q35: 0, q50: 0, q65: 0, q90: 0 },
  };
}

function breakdownOf(costs: KnownCosts, asking: number, currency: CurrencyCode): OpportunityEvidence['cost_breakdown'] {
  const money = (amount: number) => ({ amount, currency });
  const sumOf = (kind: CostKind): number => costs.lines.filter((line) => line.kind === kind).reduce((sum, { likely }) => sum + likely, 0);
  /** Nothing is an amount too; what nobody knows is none. */
  const known = (kind: CostKind) => (costs.unknown.includes(kind) ? null : money(sumOf(kind)));
  return {
    purchase_price: money(asking),
    sales_tax: known('sales_tax'),
    title_fee: known('title_fee'),
    registration_fee: known('registration_fee'),
    transportation_cost: known('transportation_cost'),
    other_costs: money(sumOf('other')),
    total_cost: money(costs.likely),
    total_low: money(costs.low),
    total_high: money(costs.high),
    unknown: [...costs.unknown],
    lines: costs.lines.map(({ kind, code, low, likely, high, rule, source }) => ({ kind, code, amount: money(likely), low: money(low), high: money(high), rule, source })),
  };
}

/** Where such cars are looked for. */
export const keysOf = ({ evidence: { vehicle } }: OpportunityRecord): { readonly make: string; readonly model: string } => ({ make: nameKey(vehicle.make), model: nameKey(vehicle.model) });

export function foundEvent(record: OpportunityRecord, isNew: boolean, at: Date): EventData<typeof opportunityFound> {
  const money = (amount: number) => ({ amount, currency: record.currency });
  const inReference = (amount: number) => ({ amount, currency: record.referenceCurrency });
  return {
    opportunity_id: record.id,
    vehicle_id: record.vehicleId,
    vehicle_version: record.vehicleVersion,
    valuation_version: record.valuationVersion,
    is_new: isNew,
    score: record.score,
    confidence_score: record.confidence,
    probability: record.probability,
    roi: record.roi,
    asking_price: money(record.asking),
    market_value: money(record.marketValue),
    total_cost: money(record.totalCost),
    projected_profit: money(record.profit),
    reference_price: inReference(record.referencePrice),
    reference_profit: inReference(record.referenceProfit),
    risk: record.risk,
    risks: record.evidence.risks.map(({ code }) => code),
    damaged: record.damaged,
    vehicle: record.evidence.vehicle,
    found_at: at.toISOString(),
  };
}
