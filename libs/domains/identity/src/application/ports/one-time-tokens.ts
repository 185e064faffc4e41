import type { ManagerSource, Tx } from '@autobroker/platform/database';
import type { TokenPurpose } from '../../domain/one-time-token';

/** What a token carries until it is redeemed; personal data only as ciphertext. */
export interface OneTimePayload {
  readonly password_hash?: string;
  readonly name_encrypted?: string;
  readonly email_index?: string;
  readonly email_encrypted?: string;
  readonly auth_methods?: readonly string[];
  readonly consents?: readonly { kind: string; version: string; granted: boolean }[];
}

export interface OneTimeTokenRecord {
  readonly id: string;
  readonly userId: string;
  readonly purpose: TokenPurpose;
  readonly tokenHash: string;
  readonly payload: OneTimePayload;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

export abstract class OneTimeTokens {
  abstract insert(tx: Tx, token: OneTimeTokenRecord): Promise<void>;
  abstract lock(tx: Tx, purpose: TokenPurpose, tokenHash: string): Promise<OneTimeTokenRecord | null>;
  abstract markUsed(tx: Tx, id: string, at: Date): Promise<void>;
  abstract countAttempt(tx: Tx, id: string): Promise<void>;
  /** Spends everything of one purpose that is still open: after a redemption the older mails are worth nothing. */
  abstract spendAll(tx: Tx, userId: string, purpose: TokenPurpose, at: Date): Promise<void>;
  /** What all tokens of this purpose carry, when they carry the same; null when they differ or there is none. */
  abstract onlyPayload(tx: Tx, userId: string, purpose: TokenPurpose): Promise<OneTimePayload | null>;
  abstract newestPayload(from: ManagerSource, userId: string, purpose: TokenPurpose): Promise<OneTimePayload | null>;
  abstract countOpen(tx: Tx, userId: string, purpose: TokenPurpose, now: Date): Promise<number>;
  abstract purge(tx: Tx, before: Date): Promise<number>;
}
