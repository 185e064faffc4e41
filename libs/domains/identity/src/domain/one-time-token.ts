/** What a mailed or handed-out single-use token is for, and how long it may wait. */
export const tokenLifeMs = {
  verify_email: 24 * 60 * 60_000,
  change_email: 24 * 60 * 60_000,
  reset_password: 60 * 60_000,
  mfa_login: 5 * 60_000,
} as const;

export type TokenPurpose = keyof typeof tokenLifeMs;

/** A second factor is guessed at this token, so it ends after a few wrong codes. */
export const mfaAttempts = 5;

export interface OneTimeTokenState {
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly attempts: number;
}

export const redeemable = (token: OneTimeTokenState | null, now: Date): boolean =>
  token !== null && token.usedAt === null && now < token.expiresAt && token.attempts < mfaAttempts;
