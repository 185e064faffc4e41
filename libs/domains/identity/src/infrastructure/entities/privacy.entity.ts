import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConsentDocumentRecord, ConsentLogRecord } from '../../application/ports/consents';
import type { ExportStatus, PrivacyExportRecord } from '../../application/ports/privacy-exports';

@Entity({ schema: 'identity', name: 'consent_documents' })
export class ConsentDocumentEntity implements ConsentDocumentRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) tenantId!: string | null;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'text' }) version!: string;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text' }) url!: string;
  @Column({ type: 'boolean' }) required!: boolean;
  @Column({ name: 'published_at', type: 'timestamptz' }) publishedAt!: Date;
}

@Entity({ schema: 'identity', name: 'consent_log' })
export class ConsentLogEntity implements ConsentLogRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'user_id', type: 'uuid' }) userId!: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) tenantId!: string | null;
  @Column({ type: 'text' }) kind!: string;
  @Column({ name: 'document_version', type: 'text' }) documentVersion!: string;
  @Column({ type: 'boolean' }) granted!: boolean;
  @Column({ type: 'timestamptz' }) at!: Date;
}

@Entity({ schema: 'identity', name: 'privacy_exports' })
export class PrivacyExportEntity implements PrivacyExportRecord {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ name: 'user_id', type: 'uuid' }) userId!: string;
  @Column({ name: 'tenant_id', type: 'uuid', nullable: true }) tenantId!: string | null;
  @Column({ type: 'text' }) status!: ExportStatus;
  @Column({ name: 'object_key', type: 'text', nullable: true }) objectKey!: string | null;
  @Column({ name: 'size_bytes', type: 'integer', nullable: true }) sizeBytes!: number | null;
  @Column({ name: 'requested_at', type: 'timestamptz' }) requestedAt!: Date;
  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true }) completedAt!: Date | null;
  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true }) expiresAt!: Date | null;
}
