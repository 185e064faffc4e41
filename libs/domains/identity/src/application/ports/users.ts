import type { Role, Tier } from '@autobroker/contracts';
import type { ListWindow } from './list-window';
import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';

export type UserStatus = 'active' | 'disabled' | 'erased';

export interface UserRecord {
  readonly id: string;
  readonly tenantId: string | null;
  readonly status: UserStatus;
  readonly roles: Role[];
  readonly tier: Tier | null;
  readonly locale: string;
  readonly emailIndex: string | null;
  readonly emailEncrypted: string | null;
  readonly emailVerifiedAt: Date | null;
  readonly nameEncrypted: string | null;
  readonly phoneEncrypted: string | null;
  readonly telegramId: string | null;
  readonly telegramUsernameEncrypted: string | null;
  readonly passwordHash: string | null;
  readonly passwordChangedAt: Date | null;
  readonly preferences: Record<string, unknown>;
  readonly totpSecretEncrypted: string | null;
  readonly totpConfirmedAt: Date | null;
  readonly totpLastStep: number | null;
  readonly holdReason: string | null;
  readonly lastLoginAt: Date | null;
  readonly erasedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type UserPatch = Partial<Omit<UserRecord, 'id' | 'tenantId' | 'version' | 'createdAt' | 'updatedAt'>>;

export interface UserFilter {
  readonly status?: UserStatus | undefined;
  readonly role?: Role | undefined;
  readonly emailIndex?: string | undefined;
}

export interface UserPage {
  readonly items: readonly UserRecord[];
  readonly total: number;
}

/** People. Methods with a scope see that tenant only; those without find by a secret or by an id that came from one. */
export abstract class Users {
  /** False when the tenant has somebody with this address (or Telegram id) already, also when they came a moment ago. */
  abstract insert(tx: Tx, user: UserRecord): Promise<boolean>;
  abstract byId(from: ManagerSource, id: string): Promise<UserRecord | null>;
  /** Locked until the transaction ends. */
  abstract lock(tx: Tx, id: string): Promise<UserRecord | null>;
  abstract byEmail(from: ManagerSource, tenantId: string | null, emailIndex: string): Promise<UserRecord | null>;
  abstract inScope(from: ManagerSource, scope: TenantScope, id: string): Promise<UserRecord | null>;
  abstract list(from: ManagerSource, scope: TenantScope, filter: UserFilter, window: ListWindow): Promise<UserPage>;
  /** Writes and counts the version up; a stale `expected` is refused (412). */
  abstract update(tx: Tx, id: string, patch: UserPatch, now: Date, expected?: number): Promise<UserRecord>;
  /** Not a change that anybody's `If-Match` has to know of: the version stays. */
  abstract markSignedIn(tx: Tx, id: string, at: Date): Promise<void>;
  /**
   * Locks the tenant's admin roll and counts active admins other than this one. Everybody who may take an admin away
   * asks here first, so two admins leaving at once see each other.
   */
  abstract otherActiveAdmins(tx: Tx, tenantId: string, exceptId: string): Promise<number>;
  /** A used step can't be used again, even by two requests at the same moment: one of them gets false. */
  abstract spendTotpStep(tx: Tx, id: string, step: number): Promise<boolean>;
  abstract replaceRecoveryCodes(tx: Tx, id: string, hashes: readonly string[]): Promise<void>;
  abstract spendRecoveryCode(tx: Tx, id: string, hash: string, now: Date): Promise<boolean>;
  /** Where somebody signed in from, what they began and did not finish, their recovery codes. */
  abstract forgetTraces(tx: Tx, id: string): Promise<void>;
  abstract unusedRecoveryCodes(from: ManagerSource, id: string): Promise<number>;
}
