import type { Permission } from '@autobroker/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ApiKeyRecord } from '../../application/ports/api-keys';
import type { ClientTokenRecord, OAuthClientRecord } from '../../application/ports/oauth-clients';
import { TenantEntity } from './tenant.entity';
import { UserEntity } from './user.entity';

@Entity({ schema: 'identity', name: 'api_keys' })
@Unique('api_keys_public_id_key', ['publicId'])
@Index('api_keys_owner_idx', ['ownerId', 'id'])
@Index('api_keys_tenant_idx', ['tenantId', 'id'])
export class ApiKeyEntity implements ApiKeyRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @ForeignKey(() => TenantEntity, { name: 'api_keys_tenant_id_fkey' })
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) declare tenantId: string | null;
  @ForeignKey(() => UserEntity, { name: 'api_keys_owner_id_fkey' })
  @Column({ name: 'owner_id', type: 'uuid' }) declare ownerId: string;
  @Column({ type: 'text' }) declare name: string;
  @Column({ type: 'text' }) declare environment: string;
  @Column({ name: 'public_id', type: 'text' }) declare publicId: string;
  @Column({ name: 'secret_hash', type: 'text' }) declare secretHash: string;
  @Column({ type: 'text', array: true }) declare scopes: Permission[];
  @Column({ name: 'created_at', type: 'timestamptz' }) declare createdAt: Date;
  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true }) declare expiresAt: Date | null;
  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true }) declare lastUsedAt: Date | null;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true }) declare revokedAt: Date | null;
  @Column({ name: 'rotated_to', type: 'uuid', nullable: true }) declare rotatedTo: string | null;
  @Column({ type: 'integer' }) declare version: number;
}

@Entity({ schema: 'identity', name: 'oauth_clients' })
@Unique('oauth_clients_client_id_key', ['clientId'])
@Index('oauth_clients_tenant_idx', ['tenantId', 'id'])
@Check('oauth_clients_status_check', `status in ('active', 'disabled')`)
export class OAuthClientEntity implements OAuthClientRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @ForeignKey(() => TenantEntity, { name: 'oauth_clients_tenant_id_fkey' })
  @Column({ name: 'tenant_id', type: 'uuid' }) declare tenantId: string;
  @Column({ type: 'text' }) declare name: string;
  @Column({ name: 'client_id', type: 'text' }) declare clientId: string;
  @Column({ name: 'secret_hash', type: 'text' }) declare secretHash: string;
  @Column({ name: 'previous_secret_hash', type: 'text', nullable: true }) declare previousSecretHash: string | null;
  @Column({ name: 'previous_secret_expires_at', type: 'timestamptz', nullable: true }) declare previousSecretExpiresAt: Date | null;
  @Column({ type: 'text', array: true }) declare scopes: Permission[];
  @Column({ type: 'text' }) declare status: 'active' | 'disabled';
  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true }) declare lastUsedAt: Date | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) declare createdAt: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) declare updatedAt: Date;
  @Column({ type: 'integer' }) declare version: number;
}

@Entity({ schema: 'identity', name: 'client_tokens' })
@Index('client_tokens_client_idx', ['clientId'])
@Index('client_tokens_expires_idx', ['expiresAt'])
export class ClientTokenEntity implements ClientTokenRecord {
  @PrimaryColumn({ name: 'session_id', type: 'uuid' }) declare sessionId: string;
  @ForeignKey(() => OAuthClientEntity, { name: 'client_tokens_client_id_fkey' })
  @Column({ name: 'client_id', type: 'uuid' }) declare clientId: string;
  @Column({ name: 'expires_at', type: 'timestamptz' }) declare expiresAt: Date;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true }) declare revokedAt: Date | null;
}
