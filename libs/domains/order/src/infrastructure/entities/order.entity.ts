import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Order } from '../../domain/order';

@Entity({ schema: 'orders', name: 'orders' })
@Index('orders_of_tenant', ['tenantId', 'id'])
export class OrderEntity implements Order {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('integer') declare version: number;
  @Column('text') declare title: string;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}
