/** One thing that speaks for (above zero) or against two offers being of one car. */
export interface Evidence {
  readonly weight: number;
  readonly says: string;
}

export const nothing: Evidence = { weight: 0, says: '' };

export const evidence = (weight: number, says: string): Evidence => ({ weight: Math.round(weight * 100) / 100, says });

export const clamp = (value: number, min: number, max: number): number => Math.max(min, Math.min(max, value));
