import { refuse, ok, type FieldRefusal, type Refusal, type Result } from '@autobroker/kernel';

export const roundings = ['none', 'charm', 'hundred'] as const;
export type Rounding = (typeof roundings)[number];

/** After so many days on the market the price comes down by so much, in per cent of it. */
export interface AgeingStep {
  readonly afterDays: number;
  readonly percent: number;
}

/** How a tenant prices its own stock. Percentages are whole or broken numbers: 12.5 is an eighth. */
export interface PricingPolicy {
  /** Over cost. Below the least one nothing is recommended, above the greatest neither. */
  readonly minMarginPercent: number;
  readonly targetMarginPercent: number;
  readonly maxMarginPercent: number | null;
  /** Of the middle of the market. */
  readonly floorPercent: number;
  readonly ceilingPercent: number;
  /** The price moves by no more than this in a day. */
  readonly maxStepPercent: number;
  readonly ageing: readonly AgeingStep[];
  /** Of supply: fewer days than the first are scarce and raise the price, more than the second are plenty and lower it. */
  readonly scarceDays: number;
  readonly plentyDays: number;
  readonly supplyPercent: number;
  readonly rounding: Rounding;
}

/** What a tenant has until it says otherwise. */
export const defaultPolicy: PricingPolicy = {
  minMarginPercent: 3,
  targetMarginPercent: 10,
  maxMarginPercent: 30,
  floorPercent: 85,
  ceilingPercent: 112,
  maxStepPercent: 3,
  ageing: [
    { afterDays: 30, percent: 2 },
    { afterDays: 60, percent: 5 },
    { afterDays: 90, percent: 9 },
  ],
  scarceDays: 30,
  plentyDays: 90,
  supplyPercent: 1.5,
  rounding: 'charm',
};

/** Rules that contradict each other would recommend nothing at all. Pointers name the wire's members. */
export function checkPolicy(policy: PricingPolicy): Result<PricingPolicy, Refusal<'validation_failed'>> {
  const errors: FieldRefusal[] = [];
  const wrong = (pointer: string, detail: string): void => void errors.push({ pointer, code: 'contradiction', detail });
  if (policy.targetMarginPercent < policy.minMarginPercent) wrong('/target_margin_percent', 'is below the least margin');
  const highest = Math.max(policy.targetMarginPercent, policy.minMarginPercent);
  if (policy.maxMarginPercent !== null && policy.maxMarginPercent < highest) wrong('/max_margin_percent', 'is below the other margins');
  if (policy.floorPercent > policy.ceilingPercent) wrong('/floor_percent', 'is above the ceiling');
  if (policy.scarceDays > policy.plentyDays) wrong('/scarce_days', 'is more than plenty');
  policy.ageing.forEach((step, index) => {
    const before = policy.ageing[index - 1];
    if (before !== undefined && step.afterDays <= before.afterDays) wrong(`/ageing/${index}/after_days`, 'does not come after the step before');
    if (before !== undefined && step.percent < before.percent) wrong(`/ageing/${index}/percent`, 'takes back what the step before gave');
  });
  return errors.length === 0 ? ok(policy) : refuse('validation_failed', 'The rules contradict each other.', { errors });
}
