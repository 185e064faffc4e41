import { refuse, ok, type Refusal, type Result } from '@autobroker/kernel';

/** A candidate waits for a decision, one is in service, those before it are retired, and those that were worse rejected. */
export const modelStatuses = ['candidate', 'active', 'retired', 'rejected'] as const;
export type ModelStatus = (typeof modelStatuses)[number];

/** How a model did on cars that it had not seen. Errors and coverage in per cent. */
export interface ModelMetrics {
  readonly cars: number;
  readonly mape: number;
  readonly mdape: number;
  readonly r2: number;
  /** Share within q10 to q90. */
  readonly coverage80: number;
}

export const promotionReasons = ['first', 'better', 'not_better', 'coverage', 'too_few', 'operator', 'rollback'] as const;
export type PromotionReason = (typeof promotionReasons)[number];

export interface PromotionDecision {
  readonly promote: boolean;
  readonly reason: PromotionReason;
}

/** What an interval that claims 80 % may really hold: per cent, and twice what chance does with so many cars. */
export function coverageBounds(cars: number): { readonly least: number; readonly most: number } {
  const chance = 200 * Math.sqrt(0.16 / Math.max(1, cars));
  return { least: 75 - chance, most: 88 + chance };
}
/** Fewer held-out cars judge nothing. */
export const fewestTestCars = 30;
/** Points of MdAPE that are noise: a model that is as good but newer is worth having. */
const noise = 0.1;

/**
 * Whether a candidate takes over. Both were asked for the same held-out cars, the newest there are. `inService` is null when
 * there is none.
 */
export function decidePromotion(candidate: ModelMetrics, inService: ModelMetrics | null): PromotionDecision {
  if (candidate.cars < fewestTestCars) return { promote: false, reason: 'too_few' };
  const { least, most } = coverageBounds(candidate.cars);
  if (candidate.coverage80 < least || candidate.coverage80 > most) return { promote: false, reason: 'coverage' };
  if (inService === null) return { promote: true, reason: 'first' };
  const better = candidate.mdape <= inService.mdape + noise && candidate.mape <= inService.mape * 1.02 + noise;
  return better ? { promote: true, reason: 'better' } : { promote: false, reason: 'not_better' };
}

/** What staff may do to a version as it is. */
export function mayActivate(status: ModelStatus): Result<void, Refusal<'transition_not_allowed'>> {
  return status === 'active' ? refuse('transition_not_allowed', 'This model is in service already.') : ok(undefined);
}
