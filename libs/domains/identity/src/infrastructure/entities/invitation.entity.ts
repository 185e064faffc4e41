import type { Role } from '@autobroker/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { InvitationRecord } from '../../application/ports/invitations';
import type { InvitationStatus } from '../../domain/invitation';
import { TenantEntity } from './tenant.entity';

@Entity({ schema: 'identity', name: 'invitations' })
@Unique('invitations_token_key', ['tokenHash'])
@Index('invitations_tenant_idx', ['tenantId', 'id'])
@Index('invitations_open_key', { synchronize: false })
@Check('invitations_status_check', `status in ('pending', 'accepted', 'revoked')`)
export class InvitationEntity implements InvitationRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @ForeignKey(() => TenantEntity, { name: 'invitations_tenant_id_fkey' })
  @Column({ name: 'tenant_id', type: 'uuid' }) declare tenantId: string;
  @Column({ name: 'email_index', type: 'text' }) declare emailIndex: string;
  @Column({ name: 'email_encrypted', type: 'text' }) declare emailEncrypted: string;
  @Column({ type: 'text', array: true }) declare roles: Role[];
  @Column({ name: 'token_hash', type: 'text' }) declare tokenHash: string;
  @Column({ type: 'text' }) declare status: InvitationStatus;
  @Column({ name: 'invited_by', type: 'uuid' }) declare invitedBy: string;
  @Column({ name: 'accepted_by', type: 'uuid', nullable: true }) declare acceptedBy: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) declare createdAt: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) declare expiresAt: Date;
  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true }) declare answeredAt: Date | null;
  @Column({ type: 'integer' }) declare version: number;
}
