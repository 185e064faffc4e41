/** The published quantiles. */
export const levels = [0.1, 0.35, 0.5, 0.65, 0.9] as const;
