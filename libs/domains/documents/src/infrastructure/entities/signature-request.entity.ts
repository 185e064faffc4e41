import type { SignerRole } from '@autobroker/kernel';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { DocumentEntity } from './document.entity';

/** Somebody without an account here is asked to sign through a service. */
@Entity({ schema: 'documents', name: 'signature_requests' })
@Index('signature_requests_one_open', { synchronize: false })
@Index('signature_requests_due', { synchronize: false })
@Index('signature_requests_of_document', ['documentId', 'id'])
@Check('signature_requests_role_check', 'role')
@Check('signature_requests_state_check', 'state')
@Check('signature_requests_provider_check', 'provider_id')
@Check('signature_requests_tries_check', 'tries')
export class SignatureRequestEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'document_id' }) declare documentId: string;
  @ManyToOne(() => DocumentEntity)
  @JoinColumn({ name: 'document_id', foreignKeyConstraintName: 'signature_requests_document_id_fkey' })
  declare document?: Relation<DocumentEntity>;
  @Column('text') declare role: SignerRole;
  @Column('text') declare state: string;
  @Column('text', { name: 'recipient_sealed' }) declare recipientSealed: string;
  @Column('text', { name: 'provider_id', nullable: true }) declare providerId: string | null;
  @Column('text', { name: 'provider_sha256', nullable: true }) declare providerSha256: string | null;
  @Column('text', { nullable: true }) declare problem: string | null;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
  @Column('integer', { default: 0 }) declare tries: number;
  @Column('timestamptz', { name: 'try_at', nullable: true }) declare tryAt: Date | null;
}
