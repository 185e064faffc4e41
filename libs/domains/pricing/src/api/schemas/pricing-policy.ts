import { timestampSchema } from '@autobroker/contracts';
import { z } from 'zod';
import { roundings, type PricingPolicy } from '../../domain/pricing-policy';
import type { TenantPolicy } from '../../application/stock/policies';

const shape = {
  min_margin_percent: z.number().min(-50).max(200).meta({ description: 'Over cost: nothing below it is recommended' }),
  target_margin_percent: z.number().min(-50).max(500),
  max_margin_percent: z.number().min(-50).max(1_000).nullable(),
  floor_percent: z.number().min(10).max(200).meta({ description: 'Of the middle of the market' }),
  ceiling_percent: z.number().min(10).max(300).meta({ description: 'Of the middle of the market' }),
  max_step_percent: z.number().min(0.1).max(100).meta({ description: 'The most that a price moves in a day' }),
  ageing: z.array(z.strictObject({ after_days: z.int().min(1).max(3_650), percent: z.number().min(0).max(90) })).max(12),
  scarce_days: z.number().min(0).max(3_650).meta({ description: 'Less supply than this raises the price' }),
  plenty_days: z.number().min(0).max(3_650).meta({ description: 'More supply than this lowers it' }),
  supply_percent: z.number().min(0).max(50),
  rounding: z.enum(roundings).meta({ description: '`charm` writes 18,990' }),
};

export const policyBody = z.strictObject(shape).meta({ id: 'PricingPolicyInput' });
export const policySchema = z.strictObject({ ...shape, version: z.int(), updated_at: timestampSchema.nullable() }).meta({ id: 'PricingPolicy' });

export const policyOf = (body: z.output<typeof policyBody>): PricingPolicy => ({
  minMarginPercent: body.min_margin_percent,
  targetMarginPercent: body.target_margin_percent,
  maxMarginPercent: body.max_margin_percent,
  floorPercent: body.floor_percent,
  ceilingPercent: body.ceiling_percent,
  maxStepPercent: body.max_step_percent,
  ageing: body.ageing.map(({ after_days, percent }) => ({ afterDays: after_days, percent })),
  scarceDays: body.scarce_days,
  plentyDays: body.plenty_days,
  supplyPercent: body.supply_percent,
  rounding: body.rounding,
});

export const policyJson = ({ version, policy, updatedAt }: TenantPolicy): z.input<typeof policySchema> => ({
  min_margin_percent: policy.minMarginPercent,
  target_margin_percent: policy.targetMarginPercent,
  max_margin_percent: policy.maxMarginPercent,
  floor_percent: policy.floorPercent,
  ceiling_percent: policy.ceilingPercent,
  max_step_percent: policy.maxStepPercent,
  ageing: policy.ageing.map(({ afterDays, percent }) => ({ after_days: afterDays, percent })),
  scarce_days: policy.scarceDays,
  plenty_days: policy.plentyDays,
  supply_percent: policy.supplyPercent,
  rounding: policy.rounding,
  version,
  updated_at: updatedAt?.toISOString() ?? null,
});
