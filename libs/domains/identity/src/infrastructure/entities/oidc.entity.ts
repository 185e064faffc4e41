import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ExternalIdentityRecord, OidcFlowRecord, OidcProviderRecord } from '../../application/ports/oidc-providers';
import { TenantEntity } from './tenant.entity';
import { UserEntity } from './user.entity';

@Entity({ schema: 'identity', name: 'oidc_providers' })
@Unique('oidc_providers_key', ['tenantId', 'key'])
export class OidcProviderEntity implements OidcProviderRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @ForeignKey(() => TenantEntity, { name: 'oidc_providers_tenant_id_fkey' })
  @Column({ name: 'tenant_id', type: 'uuid' }) declare tenantId: string;
  @Column({ type: 'text' }) declare key: string;
  @Column({ type: 'text' }) declare name: string;
  @Column({ type: 'text' }) declare issuer: string;
  @Column({ name: 'client_id', type: 'text' }) declare clientId: string;
  @Column({ name: 'client_secret_encrypted', type: 'text', nullable: true }) declare clientSecretEncrypted: string | null;
  @Column({ type: 'text', array: true }) declare scopes: string[];
  @Column({ name: 'redirect_uris', type: 'text', array: true }) declare redirectUris: string[];
  @Column({ name: 'allow_registration', type: 'boolean' }) declare allowRegistration: boolean;
  @Column({ name: 'link_verified_email', type: 'boolean' }) declare linkVerifiedEmail: boolean;
  @Column({ type: 'boolean' }) declare enabled: boolean;
  @Column({ name: 'created_at', type: 'timestamptz' }) declare createdAt: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) declare updatedAt: Date;
  @Column({ type: 'integer' }) declare version: number;
}

@Entity({ schema: 'identity', name: 'oidc_flows' })
@Unique('oidc_flows_state_key', ['stateHash'])
@Index('oidc_flows_expires_idx', ['expiresAt'])
@Index('oidc_flows_provider_idx', ['providerId'])
export class OidcFlowEntity implements OidcFlowRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @ForeignKey(() => OidcProviderEntity, { name: 'oidc_flows_provider_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'provider_id', type: 'uuid' }) declare providerId: string;
  @Column({ name: 'state_hash', type: 'text' }) declare stateHash: string;
  @Column({ name: 'browser_hash', type: 'text' }) declare browserHash: string;
  @Column({ name: 'code_verifier', type: 'text' }) declare codeVerifier: string;
  @Column({ type: 'text' }) declare nonce: string;
  @Column({ name: 'redirect_uri', type: 'text' }) declare redirectUri: string;
  @Column({ name: 'user_id', type: 'uuid', nullable: true }) declare userId: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) declare createdAt: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) declare expiresAt: Date;
}

@Entity({ schema: 'identity', name: 'external_identities' })
@Index('external_identities_user_idx', ['userId'])
export class ExternalIdentityEntity implements ExternalIdentityRecord {
  @ForeignKey(() => OidcProviderEntity, { name: 'external_identities_provider_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn({ name: 'provider_id', type: 'uuid' }) declare providerId: string;
  @PrimaryColumn({ type: 'text' }) declare subject: string;
  @ForeignKey(() => UserEntity, { name: 'external_identities_user_id_fkey' })
  @Column({ name: 'user_id', type: 'uuid' }) declare userId: string;
  @Column({ name: 'linked_at', type: 'timestamptz' }) declare linkedAt: Date;
}
