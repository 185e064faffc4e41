export interface TotpEnrolment {
  readonly secret: string;
  /** What an authenticator app scans. */
  readonly url: string;
}

export abstract class TotpCodes {
  abstract enrol(issuer: string, account: string): TotpEnrolment;
  /** The time step whose code this is, within the window, or null. */
  abstract matchedStep(secret: string, code: string, now: Date): number | null;
}
