import { type CaptureOrigin, type CapturedFieldName } from '@autobroker/contracts';

/** That one place says one thing of a listing. */
export interface Claim {
  readonly field: CapturedFieldName;
  readonly value: string | readonly string[];
  readonly from: CaptureOrigin;
  readonly confidence: number;
}

/** A place that says what this car costs in all. Amounts are plain decimals. */
export interface PriceClaim {
  readonly amount: string;
  readonly currency: string | null;
  readonly from: CaptureOrigin;
  readonly confidence: number;
}

/** What is known of one listing before the layers are laid over each other. */
export interface Draft {
  externalId: string | null;
  url: string | null;
  readonly claims: Claim[];
  readonly prices: PriceClaim[];
  /** Why there is no price although one was looked for. */
  readonly notes: Set<string>;
}

export const newDraft = (): Draft => ({ externalId: null, url: null, claims: [], prices: [], notes: new Set() });

export const valueOf = (draft: Draft, field: CapturedFieldName): string | null => {
  const found = draft.claims.find((claim) => claim.field === field)?.value;
  return typeof found === 'string' ? found : null;
};

export const has = (draft: Draft, ...fields: readonly CapturedFieldName[]): boolean => draft.claims.some((claim) => fields.includes(claim.field));

/** Names the car: by make and model, by its VIN, or by a title. */
export const named = (draft: Draft): boolean => (has(draft, 'make') && has(draft, 'model')) || has(draft, 'vin') || has(draft, 'title');

export const weight = (draft: Draft): number => new Set(draft.claims.map(({ field }) => field)).size + (draft.prices.length > 0 ? 2 : 0);
