import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { {{Thing}} } from '../../domain/{{thing}}';

@Entity({ schema: '{{schema}}', name: '{{thingsSnake}}' })
@Index('{{thingsSnake}}_of_tenant', ['tenantId', 'id'])
export class {{Thing}}Entity implements {{Thing}} {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('integer') declare version: number;
  @Column('text') declare title: string;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}
