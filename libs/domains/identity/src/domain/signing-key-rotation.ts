/** Of the keys that sign access tokens. */
export const rotationPolicy = {
  signForMs: 30 * 24 * 60 * 60_000,
  announceMs: 60 * 60_000,
  lingerMs: 60 * 60_000,
} as const;
