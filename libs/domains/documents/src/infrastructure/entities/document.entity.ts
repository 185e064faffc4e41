import type { DocumentKind, SignerRole } from '@autobroker/kernel';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { DocumentState } from '../../domain/document';
import type { Language } from '../../domain/paper/paper';

@Entity({ schema: 'documents', name: 'documents' })
@Index('documents_once', ['tenantId', 'orderId', 'kind', 'occasion', 'version'], { unique: true })
@Index('documents_number', { synchronize: false })
@Index('documents_of_order', ['tenantId', 'orderId', 'id'])
@Index('documents_of_buyer', ['buyerId'])
@Index('documents_of_state', ['tenantId', 'state', 'id'])
@Index('documents_with_problem', { synchronize: false })
@Index('documents_due', { synchronize: false })
@Index('documents_files_left', { synchronize: false })
@Index('documents_replaced', { synchronize: false })
@Check('documents_state_check', 'state')
@Check('documents_number_check', 'number')
@Check('documents_file_check', 'sha256')
@Check('documents_tries_check', 'tries')
@Check('documents_ended_check', 'ended_at')
@Check('documents_files_tries_check', 'files_tries')
export class DocumentEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'order_id' }) declare orderId: string;
  @Column('uuid', { name: 'buyer_id', nullable: true }) declare buyerId: string | null;
  @Column('text') declare kind: DocumentKind;
  @Column('text') declare occasion: string;
  @Column('integer') declare version: number;
  @Column('text') declare state: DocumentState;
  @Column('text', { nullable: true }) declare language: Language | null;
  @Column('text', { nullable: true }) declare number: string | null;
  @Column('uuid', { nullable: true }) declare replaces: string | null;
  @ManyToOne(() => DocumentEntity)
  @JoinColumn({ name: 'replaces', foreignKeyConstraintName: 'documents_replaces_fkey' })
  declare replaced?: Relation<DocumentEntity>;
  @Column('text', { nullable: true }) declare reason: string | null;
  @Column('jsonb') declare context: unknown;
  @Column('integer', { name: 'template_version', nullable: true }) declare templateVersion: number | null;
  @Column('jsonb', { nullable: true }) declare figures: unknown;
  // Long, sealed, and read by itself when a file is written.
  @Column('text', { name: 'content_sealed', nullable: true, select: false }) declare contentSealed: string | null;
  @Column('text', { name: 'content_hash', nullable: true }) declare contentHash: string | null;
  @Column('text', { name: 'object_key', nullable: true }) declare objectKey: string | null;
  @Column('text', { nullable: true }) declare sha256: string | null;
  @Column('integer', { nullable: true }) declare size: number | null;
  @Column('text', { name: 'signed_object_key', nullable: true }) declare signedObjectKey: string | null;
  @Column('text', { name: 'signed_sha256', nullable: true }) declare signedSha256: string | null;
  @Column('integer', { name: 'signed_size', nullable: true }) declare signedSize: number | null;
  @Column('text', { array: true, default: '{}' }) declare signers: SignerRole[];
  @Column('text', { name: 'signed_by', array: true, default: '{}' }) declare signedBy: SignerRole[];
  @Column('text', { nullable: true }) declare problem: string | null;
  @Column('timestamptz', { name: 'planned_at' }) declare plannedAt: Date;
  @Column('timestamptz', { name: 'numbered_at', nullable: true }) declare numberedAt: Date | null;
  @Column('timestamptz', { name: 'issued_at', nullable: true }) declare issuedAt: Date | null;
  @Column('timestamptz', { name: 'kept_until', nullable: true }) declare keptUntil: Date | null;
  @Column('timestamptz', { name: 'erased_at', nullable: true }) declare erasedAt: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) declare endedAt: Date | null;
  @Column('boolean', { name: 'files_left', default: false }) declare filesLeft: boolean;
  @Column('integer', { name: 'files_tries', default: 0 }) declare filesTries: number;
  @Column('timestamptz', { name: 'files_try_at', nullable: true }) declare filesTryAt: Date | null;
  @Column('integer', { default: 0 }) declare tries: number;
  @Column('timestamptz', { name: 'try_at', nullable: true }) declare tryAt: Date | null;
}

@Entity({ schema: 'documents', name: 'signatures' })
@Index('signatures_once', ['documentId', 'role'], { unique: true })
@Check('signatures_role_check', 'role')
@Check('signatures_method_check', 'method')
export class SignatureEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'document_id' }) declare documentId: string;
  @ManyToOne(() => DocumentEntity)
  @JoinColumn({ name: 'document_id', foreignKeyConstraintName: 'signatures_document_id_fkey' })
  declare document?: Relation<DocumentEntity>;
  @Column('text') declare role: SignerRole;
  @Column('text') declare method: string;
  @Column('uuid', { name: 'signed_by', nullable: true }) declare signedBy: string | null;
  @Column('text', { name: 'document_sha256' }) declare documentSha256: string;
  @Column('text', { name: 'ip_hash', nullable: true }) declare ipHash: string | null;
  @Column('text') declare consent: string;
  @Column('text', { name: 'evidence_sealed', nullable: true }) declare evidenceSealed: string | null;
  @Column('text', { name: 'previous_hash', nullable: true }) declare previousHash: string | null;
  @Column('text', { name: 'evidence_hash' }) declare evidenceHash: string;
  @Column('timestamptz', { name: 'signed_at' }) declare signedAt: Date;
}
