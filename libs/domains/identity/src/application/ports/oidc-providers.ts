import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';

export interface OidcProviderRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly key: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecretEncrypted: string | null;
  readonly scopes: string[];
  readonly redirectUris: string[];
  readonly allowRegistration: boolean;
  readonly linkVerifiedEmail: boolean;
  readonly enabled: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

export interface OidcFlowRecord {
  readonly id: string;
  readonly providerId: string;
  readonly stateHash: string;
  readonly browserHash: string;
  readonly codeVerifier: string;
  readonly nonce: string;
  readonly redirectUri: string;
  readonly userId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface ExternalIdentityRecord {
  readonly providerId: string;
  readonly subject: string;
  readonly userId: string;
  readonly linkedAt: Date;
}

export abstract class OidcProviders {
  abstract insert(tx: Tx, provider: OidcProviderRecord): Promise<boolean>;
  abstract find(from: ManagerSource, scope: TenantScope, id: string): Promise<OidcProviderRecord | null>;
  abstract byKey(from: ManagerSource, tenantId: string, key: string): Promise<OidcProviderRecord | null>;
  abstract byId(from: ManagerSource, id: string): Promise<OidcProviderRecord | null>;
  abstract list(from: ManagerSource, scope: TenantScope): Promise<readonly OidcProviderRecord[]>;
  abstract update(tx: Tx, id: string, patch: Partial<OidcProviderRecord>, now: Date, expected?: number): Promise<OidcProviderRecord>;
  abstract remove(tx: Tx, id: string): Promise<void>;
  abstract begin(tx: Tx, flow: OidcFlowRecord): Promise<void>;
  /** Takes the flow away: whoever comes second with the same state finds nothing. */
  abstract take(tx: Tx, stateHash: string): Promise<OidcFlowRecord | null>;
  abstract purgeFlows(tx: Tx, before: Date): Promise<number>;
  abstract linked(from: ManagerSource, providerId: string, subject: string): Promise<ExternalIdentityRecord | null>;
  abstract linksOf(from: ManagerSource, userId: string): Promise<readonly ExternalIdentityRecord[]>;
  abstract link(tx: Tx, link: ExternalIdentityRecord): Promise<boolean>;
  abstract unlinkAll(tx: Tx, userId: string): Promise<void>;
}
