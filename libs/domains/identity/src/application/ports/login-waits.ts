import type { ManagerSource, Tx } from '@autobroker/platform/database';

export interface LoginWaitRecord {
  readonly subject: string;
  readonly failures: number;
  readonly lastFailedAt: Date;
  readonly lockedUntil: Date | null;
}

/** Failed sign-ins per subject: an HMAC of the address or of the network address, never the thing itself. */
export abstract class LoginWaits {
  abstract find(from: ManagerSource, subjects: readonly string[]): Promise<readonly LoginWaitRecord[]>;
  /** Locked, so that parallel guesses are counted one by one. */
  abstract lock(tx: Tx, subject: string, now: Date): Promise<LoginWaitRecord>;
  abstract save(tx: Tx, wait: LoginWaitRecord): Promise<void>;
  abstract clear(tx: Tx, subject: string): Promise<void>;
  abstract purge(tx: Tx, before: Date): Promise<number>;
}
