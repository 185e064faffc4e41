import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LoginWaitRecord } from '../../application/ports/login-waits';
import type { OneTimePayload, OneTimeTokenRecord } from '../../application/ports/one-time-tokens';
import type { RefreshTokenRecord, SessionRecord } from '../../application/ports/sessions';
import type { TokenPurpose } from '../../domain/one-time-token';

@Entity({ schema: 'identity', name: 'sessions' })
export class SessionEntity implements SessionRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'user_id', type: 'uuid' }) userId!: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) tenantId!: string | null;
  @Column({ name: 'auth_methods', type: 'text', array: true }) authMethods!: string[];
  @Column({ name: 'user_agent', type: 'text', nullable: true }) userAgent!: string | null;
  @Column({ type: 'text', nullable: true }) ip!: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'last_used_at', type: 'timestamptz' }) lastUsedAt!: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) expiresAt!: Date;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true }) revokedAt!: Date | null;
  @Column({ name: 'revoked_reason', type: 'text', nullable: true }) revokedReason!: string | null;
}

@Entity({ schema: 'identity', name: 'refresh_tokens' })
export class RefreshTokenEntity implements RefreshTokenRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'session_id', type: 'uuid' }) sessionId!: string;
  @Column({ name: 'token_hash', type: 'text' }) tokenHash!: string;
  @Column({ name: 'issued_at', type: 'timestamptz' }) issuedAt!: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) expiresAt!: Date;
  @Column({ name: 'used_at', type: 'timestamptz', nullable: true }) usedAt!: Date | null;
}

@Entity({ schema: 'identity', name: 'one_time_tokens' })
export class OneTimeTokenEntity implements OneTimeTokenRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'user_id', type: 'uuid' }) userId!: string;
  @Column({ type: 'text' }) purpose!: TokenPurpose;
  @Column({ name: 'token_hash', type: 'text' }) tokenHash!: string;
  @Column({ type: 'jsonb' }) payload!: OneTimePayload;
  @Column({ type: 'integer' }) attempts!: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) expiresAt!: Date;
  @Column({ name: 'used_at', type: 'timestamptz', nullable: true }) usedAt!: Date | null;
}

@Entity({ schema: 'identity', name: 'recovery_codes' })
export class RecoveryCodeEntity {
  @PrimaryColumn({ name: 'user_id', type: 'uuid' }) userId!: string;
  @PrimaryColumn({ name: 'code_hash', type: 'text' }) codeHash!: string;
  @Column({ name: 'used_at', type: 'timestamptz', nullable: true }) usedAt!: Date | null;
}

@Entity({ schema: 'identity', name: 'login_waits' })
export class LoginWaitEntity implements LoginWaitRecord {
  @PrimaryColumn({ type: 'text' }) subject!: string;
  @Column({ type: 'integer' }) failures!: number;
  @Column({ name: 'last_failed_at', type: 'timestamptz' }) lastFailedAt!: Date;
  @Column({ name: 'locked_until', type: 'timestamptz', nullable: true }) lockedUntil!: Date | null;
}
