import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Document } from '../../domain/document';

@Entity({ schema: 'documents', name: 'documents' })
@Index('documents_of_tenant', ['tenantId', 'id'])
export class DocumentEntity implements Document {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('integer') declare version: number;
  @Column('text') declare title: string;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}
