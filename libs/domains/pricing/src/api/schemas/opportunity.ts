import { idSchema, moneySchema, opportunityEnds, timestampSchema } from '@autobroker/contracts';
import { bodies, colours, conditions, damageTypes, fuels, gearboxes, titleStatuses } from '@autobroker/kernel';
import { z } from 'zod';
import { costKinds } from '../../application/opportunities/ports';
import { opportunityStatuses } from '../../domain/opportunity/lifecycle';
import { riskCodes } from '../../domain/opportunity/risk';
import { scoreParts } from '../../domain/opportunity/score';
import { valuationMethods } from '../../domain/valuation';

const share = z.number().min(0).max(1);
const percent = z.number().meta({ description: 'In per cent' });

const vehicleCardSchema = z
  .strictObject({
    make: z.string(),
    model: z.string(),
    trim: z.string().nullable(),
    year: z.int(),
    mileage_km: z.int().nullable(),
    fuel: z.enum(fuels).nullable(),
    gearbox: z.enum(gearboxes).nullable(),
    body: z.enum(bodies).nullable(),
    colour: z.enum(colours).nullable(),
    title_status: z.enum(titleStatuses),
    damage_type: z.enum(damageTypes),
    condition: z.enum(conditions),
    country: z.string().nullable(),
    region: z.string().nullable(),
    city: z.string().nullable(),
    coordinates: z.strictObject({ lat: z.number(), lon: z.number() }).nullable(),
    sources: z.array(z.string()),
  })
  .meta({ id: 'OpportunityVehicle', description: 'The car as it was when the opportunity was found' });

const summary = {
  id: idSchema,
  version: z.int(),
  vehicle_id: idSchema,
  valuation_version: z.int(),
  vehicle: vehicleCardSchema,
  asking_price: moneySchema,
  market_value: moneySchema.meta({ description: 'Half of such cars cost less' }),
  total_cost: moneySchema.meta({ description: 'Landed, where the car stands' }),
  projected_profit: moneySchema,
  profit_interval: z.strictObject({ low: moneySchema, high: moneySchema }).meta({ description: 'From the tenth part of the prices at the highest costs to the ninetieth at the lowest' }),
  reference_profit: moneySchema.meta({ description: 'In the installation’s currency: what lists filter and sort by' }),
  probability: share.meta({ description: 'That the profit is more than nothing' }),
  roi: z.number().meta({ description: 'Projected profit on the cash that goes in; 0.1 is a tenth' }),
  score: z.number().min(0).max(100),
  confidence_score: share,
  risk: share.meta({ description: 'How much of the trust in the deal its risks take' }),
  risks: z.array(z.enum(riskCodes)),
  damaged: z.boolean().meta({ description: 'Damaged, or with a branded title' }),
  status: z.enum(opportunityStatuses).meta({ description: 'What the one who asks has done with it' }),
  created_at: timestampSchema,
  updated_at: timestampSchema,
  expired_at: timestampSchema.nullable(),
  expired_reason: z.enum(opportunityEnds).nullable(),
};

export const opportunitySchema = z.strictObject(summary).meta({ id: 'Opportunity' });

const maybeMoney = moneySchema.nullable();

const marketAnalysisSchema = z
  .strictObject({
    kbb_value: maybeMoney,
    edmunds_value: maybeMoney,
    perplexity_insights: z.record(z.string(), z.unknown()).nullable(),
    comparable_prices: z.array(moneySchema),
    market_average: maybeMoney,
    method: z.enum(valuationMethods),
    model_version: z.string().nullable(),
    effective_comparables: z.number(),
    quantiles: z.strictObject({ q10: z.int(), q35: z.int(), q50: z.int(), q65: z.int(), q90: z.int() }),
  })
  .meta({ id: 'OpportunityMarketAnalysis' });

const costBreakdownSchema = z
  .strictObject({
    purchase_price: moneySchema,
    sales_tax: maybeMoney,
    title_fee: maybeMoney,
    registration_fee: maybeMoney,
    transportation_cost: maybeMoney,
    other_costs: moneySchema,
    total_cost: moneySchema,
    total_low: moneySchema,
    total_high: moneySchema,
    unknown: z.array(z.enum(costKinds)).meta({ description: 'What there must be, and no rule says how much' }),
    lines: z.array(
      z.strictObject({ kind: z.enum(costKinds), code: z.string(), amount: moneySchema, low: moneySchema, high: moneySchema, rule: z.string().nullable(), source: z.string().nullable() }),
    ),
  })
  .meta({ id: 'OpportunityCostBreakdown' });

const scorePartSchema = z
  .strictObject({ part: z.enum(scoreParts), weight: z.number(), points: z.number(), because: z.number().nullable() })
  .meta({ id: 'OpportunityScorePart', description: 'Adds `points` of the `weight` points that it could; `because` is the profit, chance, ROI, days of supply, quality of the data or risk that it is from' });

const riskSchema = z
  .strictObject({ code: z.enum(riskCodes), weight: share, caps_score_at: z.number().nullable(), reason: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])) })
  .meta({ id: 'OpportunityRisk' });

/** What stands behind an opportunity, as it is kept. */
export const keptEvidence = z.strictObject({
  vehicle: vehicleCardSchema,
  market_analysis: marketAnalysisSchema,
  cost_breakdown: costBreakdownSchema,
  holding_percent: percent,
  score_parts: z.array(scorePartSchema),
  uncapped_score: z.number(),
  risks: z.array(riskSchema),
});

export const opportunityDetailSchema = z
  .strictObject({
    ...summary,
    market_analysis: marketAnalysisSchema,
    cost_breakdown: costBreakdownSchema,
    holding_percent: percent.meta({ description: 'Of the selling price, for standing and selling' }),
    score_parts: z.array(scorePartSchema),
    uncapped_score: z.number().meta({ description: 'Before the caps of its risks' }),
    risk_factors: z.array(riskSchema),
  })
  .meta({ id: 'OpportunityDetail' });

export const opportunityStatusSchema = z
  .strictObject({ opportunity_id: idSchema, status: z.enum(opportunityStatuses), version: z.int().meta({ description: 'For If-Match; 0 until something was done' }) })
  .meta({ id: 'OpportunityStatus' });

export const opportunitySegmentSchema = z
  .strictObject({
    make: z.string(),
    model: z.string(),
    country: z.string().nullable(),
    found: z.int(),
    open: z.int(),
    realised: z.int().meta({ description: 'Sold while they were opportunities' }),
    realised_percent: percent,
    average_score: z.number(),
    average_profit: moneySchema,
    median_days_to_sale: z.number().nullable(),
  })
  .meta({ id: 'OpportunitySegment' });

export type OpportunityJson = z.input<typeof opportunitySchema>;
export type OpportunityDetailJson = z.input<typeof opportunityDetailSchema>;
export type OpportunitySegmentJson = z.input<typeof opportunitySegmentSchema>;
