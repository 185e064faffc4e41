import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { LoginWaitRecord } from '../../application/ports/login-waits';
import type { OneTimePayload, OneTimeTokenRecord } from '../../application/ports/one-time-tokens';
import type { RefreshTokenRecord, SessionRecord } from '../../application/ports/sessions';
import type { TokenPurpose } from '../../domain/one-time-token';
import { UserEntity } from './user.entity';

@Entity({ schema: 'identity', name: 'sessions' })
@Index('sessions_user_idx', ['userId', 'createdAt'])
@Index('sessions_expires_idx', ['expiresAt'])
@Index('sessions_revoked_idx', ['revokedAt'])
export class SessionEntity implements SessionRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @ForeignKey(() => UserEntity, { name: 'sessions_user_id_fkey' })
  @Column({ name: 'user_id', type: 'uuid' }) declare userId: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) declare tenantId: string | null;
  @Column({ name: 'auth_methods', type: 'text', array: true }) declare authMethods: string[];
  @Column({ name: 'user_agent', type: 'text', nullable: true }) declare userAgent: string | null;
  @Column({ type: 'text', nullable: true }) declare ip: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) declare createdAt: Date;
  @Column({ name: 'last_used_at', type: 'timestamptz' }) declare lastUsedAt: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) declare expiresAt: Date;
  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true }) declare revokedAt: Date | null;
  @Column({ name: 'revoked_reason', type: 'text', nullable: true }) declare revokedReason: string | null;
}

@Entity({ schema: 'identity', name: 'refresh_tokens' })
@Unique('refresh_tokens_hash_key', ['tokenHash'])
@Index('refresh_tokens_session_idx', ['sessionId'])
export class RefreshTokenEntity implements RefreshTokenRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @ForeignKey(() => SessionEntity, { name: 'refresh_tokens_session_id_fkey', onDelete: 'CASCADE' })
  @Column({ name: 'session_id', type: 'uuid' }) declare sessionId: string;
  @Column({ name: 'token_hash', type: 'text' }) declare tokenHash: string;
  @Column({ name: 'issued_at', type: 'timestamptz' }) declare issuedAt: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) declare expiresAt: Date;
  @Column({ name: 'used_at', type: 'timestamptz', nullable: true }) declare usedAt: Date | null;
}

@Entity({ schema: 'identity', name: 'one_time_tokens' })
@Unique('one_time_tokens_hash_key', ['tokenHash'])
@Index('one_time_tokens_user_idx', ['userId', 'purpose'])
@Index('one_time_tokens_expires_idx', ['expiresAt'])
export class OneTimeTokenEntity implements OneTimeTokenRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @ForeignKey(() => UserEntity, { name: 'one_time_tokens_user_id_fkey' })
  @Column({ name: 'user_id', type: 'uuid' }) declare userId: string;
  @Column({ type: 'text' }) declare purpose: TokenPurpose;
  @Column({ name: 'token_hash', type: 'text' }) declare tokenHash: string;
  @Column({ type: 'jsonb' }) declare payload: OneTimePayload;
  @Column({ type: 'integer' }) declare attempts: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) declare createdAt: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) declare expiresAt: Date;
  @Column({ name: 'used_at', type: 'timestamptz', nullable: true }) declare usedAt: Date | null;
}

@Entity({ schema: 'identity', name: 'recovery_codes' })
export class RecoveryCodeEntity {
  @ForeignKey(() => UserEntity, { name: 'recovery_codes_user_id_fkey' })
  @PrimaryColumn({ name: 'user_id', type: 'uuid' }) declare userId: string;
  @PrimaryColumn({ name: 'code_hash', type: 'text' }) declare codeHash: string;
  @Column({ name: 'used_at', type: 'timestamptz', nullable: true }) declare usedAt: Date | null;
}

@Entity({ schema: 'identity', name: 'login_waits' })
@Index('login_waits_last_failed_idx', ['lastFailedAt'])
export class LoginWaitEntity implements LoginWaitRecord {
  @PrimaryColumn({ type: 'text' }) declare subject: string;
  @Column({ type: 'integer' }) declare failures: number;
  @Column({ name: 'last_failed_at', type: 'timestamptz' }) declare lastFailedAt: Date;
  @Column({ name: 'locked_until', type: 'timestamptz', nullable: true }) declare lockedUntil: Date | null;
}
