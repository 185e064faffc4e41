import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ConsentDocumentRecord, ConsentLogRecord } from '../../application/ports/consents';
import type { ExportStatus, PrivacyExportRecord } from '../../application/ports/privacy-exports';
import { TenantEntity } from './tenant.entity';
import { UserEntity } from './user.entity';

@Entity({ schema: 'identity', name: 'consent_documents' })
@Unique('consent_documents_key', ['tenantId', 'kind', 'version'])
export class ConsentDocumentEntity implements ConsentDocumentRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @ForeignKey(() => TenantEntity, { name: 'consent_documents_tenant_id_fkey' })
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) declare tenantId: string | null;
  @Column({ type: 'text' }) declare kind: string;
  @Column({ type: 'text' }) declare version: string;
  @Column({ type: 'text' }) declare title: string;
  @Column({ type: 'text' }) declare url: string;
  @Column({ type: 'boolean' }) declare required: boolean;
  @Column({ name: 'published_at', type: 'timestamptz' }) declare publishedAt: Date;
}

@Entity({ schema: 'identity', name: 'consent_log' })
@Index('consent_log_user_idx', ['userId', 'id'])
export class ConsentLogEntity implements ConsentLogRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @ForeignKey(() => UserEntity, { name: 'consent_log_user_id_fkey' })
  @Column({ name: 'user_id', type: 'uuid' }) declare userId: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) declare tenantId: string | null;
  @Column({ type: 'text' }) declare kind: string;
  @Column({ name: 'document_version', type: 'text' }) declare documentVersion: string;
  @Column({ type: 'boolean' }) declare granted: boolean;
  @Column({ type: 'timestamptz' }) declare at: Date;
}

@Entity({ schema: 'identity', name: 'privacy_exports' })
@Index('privacy_exports_user_idx', ['userId', 'id'])
@Index('privacy_exports_expires_idx', { synchronize: false })
@Check('privacy_exports_status_check', `status in ('queued', 'ready', 'failed', 'expired')`)
export class PrivacyExportEntity implements PrivacyExportRecord {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @ForeignKey(() => UserEntity, { name: 'privacy_exports_user_id_fkey' })
  @Column({ name: 'user_id', type: 'uuid' }) declare userId: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) declare tenantId: string | null;
  @Column({ type: 'text' }) declare status: ExportStatus;
  @Column({ name: 'object_key', type: 'text', nullable: true }) declare objectKey: string | null;
  @Column({ name: 'size_bytes', type: 'integer', nullable: true }) declare sizeBytes: number | null;
  @Column({ name: 'requested_at', type: 'timestamptz' }) declare requestedAt: Date;
  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true }) declare completedAt: Date | null;
  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true }) declare expiresAt: Date | null;
}
