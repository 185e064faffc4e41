import type { Role, Tier } from '@autobroker/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { UserRecord, UserStatus } from '../../application/ports/users';
import { bigintAsNumber } from './bigint';

@Entity({ schema: 'identity', name: 'users' })
export class UserEntity implements UserRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) tenantId!: string | null;
  @Column({ type: 'text' }) status!: UserStatus;
  @Column({ type: 'text', array: true }) roles!: Role[];
  @Column({ type: 'text', nullable: true }) tier!: Tier | null;
  @Column({ type: 'text' }) locale!: string;
  @Column({ name: 'email_index', type: 'text', nullable: true }) emailIndex!: string | null;
  @Column({ name: 'email_encrypted', type: 'text', nullable: true }) emailEncrypted!: string | null;
  @Column({ name: 'email_verified_at', type: 'timestamptz', nullable: true }) emailVerifiedAt!: Date | null;
  @Column({ name: 'name_encrypted', type: 'text', nullable: true }) nameEncrypted!: string | null;
  @Column({ name: 'phone_encrypted', type: 'text', nullable: true }) phoneEncrypted!: string | null;
  @Column({ name: 'telegram_id', type: 'bigint', nullable: true }) telegramId!: string | null;
  @Column({ name: 'telegram_username_encrypted', type: 'text', nullable: true }) telegramUsernameEncrypted!: string | null;
  @Column({ name: 'password_hash', type: 'text', nullable: true }) passwordHash!: string | null;
  @Column({ name: 'password_changed_at', type: 'timestamptz', nullable: true }) passwordChangedAt!: Date | null;
  @Column({ type: 'jsonb' }) preferences!: Record<string, unknown>;
  @Column({ name: 'totp_secret_encrypted', type: 'text', nullable: true }) totpSecretEncrypted!: string | null;
  @Column({ name: 'totp_confirmed_at', type: 'timestamptz', nullable: true }) totpConfirmedAt!: Date | null;
  @Column({ name: 'totp_last_step', type: 'bigint', nullable: true, transformer: bigintAsNumber }) totpLastStep!: number | null;
  @Column({ name: 'hold_reason', type: 'text', nullable: true }) holdReason!: string | null;
  @Column({ name: 'last_login_at', type: 'timestamptz', nullable: true }) lastLoginAt!: Date | null;
  @Column({ name: 'erased_at', type: 'timestamptz', nullable: true }) erasedAt!: Date | null;
  @Column({ type: 'integer' }) version!: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
}
