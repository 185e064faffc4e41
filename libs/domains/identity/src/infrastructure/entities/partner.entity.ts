import type { Permission } from '@autobroker/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApiKeyRecord } from '../../application/ports/api-keys';
import type { ClientTokenRecord, OAuthClientRecord } from '../../application/ports/oauth-clients';

@Entity({ schema: 'identity', name: 'api_keys' })
export class ApiKeyEntity implements ApiKeyRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) tenantId!: string | null;
  @Column({ name: 'owner_id', type: 'uuid' }) ownerId!: string;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) environment!: string;
  @Column({ name: 'public_id', type: 'text' }) publicId!: string;
  @Column({ name: 'secret_hash', type: 'text' }) secretHash!: string;
  @Column({ type: 'text', array: true }) scopes!: Permission[];
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true }) expiresAt!: Date | null;
  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true }) lastUsedAt!: Date | null;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true }) revokedAt!: Date | null;
  @Column({ name: 'rotated_to', type: 'uuid', nullable: true }) rotatedTo!: string | null;
  @Column({ type: 'integer' }) version!: number;
}

@Entity({ schema: 'identity', name: 'oauth_clients' })
export class OAuthClientEntity implements OAuthClientRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId!: string;
  @Column({ type: 'text' }) name!: string;
  @Column({ name: 'client_id', type: 'text' }) clientId!: string;
  @Column({ name: 'secret_hash', type: 'text' }) secretHash!: string;
  @Column({ name: 'previous_secret_hash', type: 'text', nullable: true }) previousSecretHash!: string | null;
  @Column({ name: 'previous_secret_expires_at', type: 'timestamptz', nullable: true }) previousSecretExpiresAt!: Date | null;
  @Column({ type: 'text', array: true }) scopes!: Permission[];
  @Column({ type: 'text' }) status!: 'active' | 'disabled';
  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true }) lastUsedAt!: Date | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
  @Column({ type: 'integer' }) version!: number;
}

@Entity({ schema: 'identity', name: 'client_tokens' })
export class ClientTokenEntity implements ClientTokenRecord {
  @PrimaryColumn({ name: 'session_id', type: 'uuid' }) sessionId!: string;
  @Column({ name: 'client_id', type: 'uuid' }) clientId!: string;
  @Column({ name: 'expires_at', type: 'timestamptz' }) expiresAt!: Date;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true }) revokedAt!: Date | null;
}
