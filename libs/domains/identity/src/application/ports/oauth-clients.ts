import type { Permission } from '@autobroker/contracts';
import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';
import type { RevokedRecord } from './sessions';

export interface OAuthClientRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly clientId: string;
  readonly secretHash: string;
  readonly previousSecretHash: string | null;
  readonly previousSecretExpiresAt: Date | null;
  readonly scopes: Permission[];
  readonly status: 'active' | 'disabled';
  readonly lastUsedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

export interface ClientTokenRecord {
  readonly sessionId: string;
  readonly clientId: string;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

export abstract class OAuthClients {
  abstract insert(tx: Tx, client: OAuthClientRecord): Promise<void>;
  abstract byClientId(from: ManagerSource, clientId: string): Promise<OAuthClientRecord | null>;
  abstract find(from: ManagerSource, scope: TenantScope, id: string): Promise<OAuthClientRecord | null>;
  abstract list(from: ManagerSource, scope: TenantScope): Promise<readonly OAuthClientRecord[]>;
  abstract update(tx: Tx, id: string, patch: Partial<OAuthClientRecord>, now: Date, expected?: number): Promise<OAuthClientRecord>;
  abstract rememberToken(tx: Tx, token: ClientTokenRecord): Promise<void>;
  /** Ends tokens that are still good and returns their ids. */
  abstract revokeTokens(tx: Tx, clientId: string, at: Date, sessionId?: string): Promise<string[]>;
  abstract token(from: ManagerSource, sessionId: string): Promise<ClientTokenRecord | null>;
  abstract tokensRevokedSince(from: ManagerSource, since: Date): Promise<readonly RevokedRecord[]>;
  abstract purgeTokens(tx: Tx, before: Date): Promise<number>;
}
