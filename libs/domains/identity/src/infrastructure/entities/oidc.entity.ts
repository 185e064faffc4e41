import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ExternalIdentityRecord, OidcFlowRecord, OidcProviderRecord } from '../../application/ports/oidc-providers';

@Entity({ schema: 'identity', name: 'oidc_providers' })
export class OidcProviderEntity implements OidcProviderRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId!: string;
  @Column({ type: 'text' }) key!: string;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) issuer!: string;
  @Column({ name: 'client_id', type: 'text' }) clientId!: string;
  @Column({ name: 'client_secret_encrypted', type: 'text', nullable: true }) clientSecretEncrypted!: string | null;
  @Column({ type: 'text', array: true }) scopes!: string[];
  @Column({ name: 'redirect_uris', type: 'text', array: true }) redirectUris!: string[];
  @Column({ name: 'allow_registration', type: 'boolean' }) allowRegistration!: boolean;
  @Column({ name: 'link_verified_email', type: 'boolean' }) linkVerifiedEmail!: boolean;
  @Column({ type: 'boolean' }) enabled!: boolean;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
  @Column({ type: 'integer' }) version!: number;
}

@Entity({ schema: 'identity', name: 'oidc_flows' })
export class OidcFlowEntity implements OidcFlowRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'provider_id', type: 'uuid' }) providerId!: string;
  @Column({ name: 'state_hash', type: 'text' }) stateHash!: string;
  @Column({ name: 'browser_hash', type: 'text' }) browserHash!: string;
  @Column({ name: 'code_verifier', type: 'text' }) codeVerifier!: string;
  @Column({ type: 'text' }) nonce!: string;
  @Column({ name: 'redirect_uri', type: 'text' }) redirectUri!: string;
  @Column({ name: 'user_id', type: 'uuid', nullable: true }) userId!: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) expiresAt!: Date;
}

@Entity({ schema: 'identity', name: 'external_identities' })
export class ExternalIdentityEntity implements ExternalIdentityRecord {
  @PrimaryColumn({ name: 'provider_id', type: 'uuid' }) providerId!: string;
  @PrimaryColumn({ type: 'text' }) subject!: string;
  @Column({ name: 'user_id', type: 'uuid' }) userId!: string;
  @Column({ name: 'linked_at', type: 'timestamptz' }) linkedAt!: Date;
}
