import type { Role } from '@autobroker/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InvitationRecord } from '../../application/ports/invitations';
import type { InvitationStatus } from '../../domain/invitation';

@Entity({ schema: 'identity', name: 'invitations' })
export class InvitationEntity implements InvitationRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId!: string;
  @Column({ name: 'email_index', type: 'text' }) emailIndex!: string;
  @Column({ name: 'email_encrypted', type: 'text' }) emailEncrypted!: string;
  @Column({ type: 'text', array: true }) roles!: Role[];
  @Column({ name: 'token_hash', type: 'text' }) tokenHash!: string;
  @Column({ type: 'text' }) status!: InvitationStatus;
  @Column({ name: 'invited_by', type: 'uuid' }) invitedBy!: string;
  @Column({ name: 'accepted_by', type: 'uuid', nullable: true }) acceptedBy!: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'expires_at', type: 'timestamptz' }) expiresAt!: Date;
  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true }) answeredAt!: Date | null;
  @Column({ type: 'integer' }) version!: number;
}
