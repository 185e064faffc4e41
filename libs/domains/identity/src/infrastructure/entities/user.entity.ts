import type { Role, Tier } from '@autobroker/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { UserRecord, UserStatus } from '../../application/ports/users';
import { bigintAsNumber } from './bigint';
import { TenantEntity } from './tenant.entity';

@Entity({ schema: 'identity', name: 'users' })
@Unique('users_telegram_key', ['telegramId'])
@Index('users_email_key', { synchronize: false })
@Index('users_tenant_idx', ['tenantId', 'id'])
@Index('users_admins_idx', { synchronize: false })
@Check('users_status_check', `status in ('active', 'disabled', 'erased')`)
@Check('users_erased_check', `(status = 'erased') = (erased_at is not null)`)
export class UserEntity implements UserRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @ForeignKey(() => TenantEntity, { name: 'users_tenant_id_fkey' })
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) declare tenantId: string | null;
  @Column({ type: 'text' }) declare status: UserStatus;
  @Column({ type: 'text', array: true }) declare roles: Role[];
  @Column({ type: 'text', nullable: true }) declare tier: Tier | null;
  @Column({ type: 'text' }) declare locale: string;
  @Column({ name: 'email_index', type: 'text', nullable: true }) declare emailIndex: string | null;
  @Column({ name: 'email_encrypted', type: 'text', nullable: true }) declare emailEncrypted: string | null;
  @Column({ name: 'email_verified_at', type: 'timestamptz', nullable: true }) declare emailVerifiedAt: Date | null;
  @Column({ name: 'name_encrypted', type: 'text', nullable: true }) declare nameEncrypted: string | null;
  @Column({ name: 'phone_encrypted', type: 'text', nullable: true }) declare phoneEncrypted: string | null;
  @Column({ name: 'telegram_id', type: 'bigint', nullable: true }) declare telegramId: string | null;
  @Column({ name: 'telegram_username_encrypted', type: 'text', nullable: true }) declare telegramUsernameEncrypted: string | null;
  @Column({ name: 'password_hash', type: 'text', nullable: true }) declare passwordHash: string | null;
  @Column({ name: 'password_changed_at', type: 'timestamptz', nullable: true }) declare passwordChangedAt: Date | null;
  @Column({ type: 'jsonb' }) declare preferences: Record<string, unknown>;
  @Column({ name: 'totp_secret_encrypted', type: 'text', nullable: true }) declare totpSecretEncrypted: string | null;
  @Column({ name: 'totp_confirmed_at', type: 'timestamptz', nullable: true }) declare totpConfirmedAt: Date | null;
  @Column({ name: 'totp_last_step', type: 'bigint', nullable: true, transformer: bigintAsNumber }) declare totpLastStep: number | null;
  @Column({ name: 'hold_reason', type: 'text', nullable: true }) declare holdReason: string | null;
  @Column({ name: 'last_login_at', type: 'timestamptz', nullable: true }) declare lastLoginAt: Date | null;
  @Column({ name: 'erased_at', type: 'timestamptz', nullable: true }) declare erasedAt: Date | null;
  @Column({ type: 'integer' }) declare version: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) declare createdAt: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) declare updatedAt: Date;
}
