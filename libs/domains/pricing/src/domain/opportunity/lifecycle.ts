import type { Deal, Judgement, NoDealReason } from './judge';

/** Why an opportunity is none any more. */
export const endReasons = ['sold', 'withdrawn', 'deleted', 'not_for_sale', 'price_rose', 'value_fell', 'excluded'] as const;
export type EndReason = (typeof endReasons)[number];

/** What a person has done with an opportunity; `new` for whom nothing is known of. */
export const opportunityStatuses = ['new', 'alerted', 'viewed', 'dismissed'] as const;
export type OpportunityStatus = (typeof opportunityStatuses)[number];

/** What is kept of an open opportunity, as far as its next step depends on it. */
export interface Standing {
  readonly valuationVersion: number;
  readonly asking: number;
  readonly currency: string;
  readonly score: number;
}

export type Step =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly deal: Deal }
  | { readonly kind: 'renewed'; readonly deal: Deal }
  /** Something else has become known of it than a new valuation: nobody is told again. */
  | { readonly kind: 'revised'; readonly deal: Deal }
  | { readonly kind: 'ended'; readonly reason: EndReason };

export interface Seen {
  readonly judgement: Judgement;
  readonly valuationVersion: number;
  readonly asking: number | null;
  readonly currency: string;
}

/** The next step of a car's opportunity, once its valuation has been looked at. One valuation is told of once. */
export function nextStep(open: Standing | null, { judgement, valuationVersion, asking, currency }: Seen): Step {
  if (judgement.reason === null) {
    if (open === null) return { kind: 'found', deal: judgement.deal };
    if (open.valuationVersion !== valuationVersion) return { kind: 'renewed', deal: judgement.deal };
    return Math.abs(open.score - judgement.deal.score.score) < 0.05 ? { kind: 'none' } : { kind: 'revised', deal: judgement.deal };
  }
  if (open === null) return { kind: 'none' };
  return { kind: 'ended', reason: endOf(judgement.reason, currency === open.currency && asking !== null && asking > open.asking) };
}

function endOf(reason: NoDealReason, dearer: boolean): EndReason {
  if (reason === 'not_for_sale') return 'not_for_sale';
  if (reason === 'excluded') return 'excluded';
  return dearer ? 'price_rose' : 'value_fell';
}
