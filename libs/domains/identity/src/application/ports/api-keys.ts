import type { Permission } from '@autobroker/contracts';
import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';

export interface ApiKeyRecord {
  readonly id: string;
  readonly tenantId: string | null;
  readonly ownerId: string;
  readonly name: string;
  readonly environment: string;
  readonly publicId: string;
  readonly secretHash: string;
  readonly scopes: Permission[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly rotatedTo: string | null;
  readonly version: number;
}

export abstract class ApiKeyStore {
  abstract insert(tx: Tx, key: ApiKeyRecord): Promise<void>;
  abstract byPublicId(from: ManagerSource, publicId: string): Promise<ApiKeyRecord | null>;
  abstract lock(tx: Tx, scope: TenantScope, id: string): Promise<ApiKeyRecord | null>;
  abstract find(from: ManagerSource, scope: TenantScope, id: string): Promise<ApiKeyRecord | null>;
  abstract list(from: ManagerSource, scope: TenantScope, ownerId: string | null): Promise<readonly ApiKeyRecord[]>;
  abstract countUsable(tx: Tx, ownerId: string, now: Date): Promise<number>;
  abstract update(tx: Tx, id: string, patch: Partial<ApiKeyRecord>, expected?: number): Promise<ApiKeyRecord>;
  /** Ends every key of a person; returns those that still worked. */
  abstract revokeAllOf(tx: Tx, ownerId: string, at: Date): Promise<readonly ApiKeyRecord[]>;
  abstract touch(from: ManagerSource, id: string, at: Date): Promise<void>;
}
