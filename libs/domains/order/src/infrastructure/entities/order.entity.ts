import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** The shape of orders.orders: what it is looked up by, and the rest of an order as `content`. */
@Entity({ schema: 'orders', name: 'orders' })
@Unique('orders_number', ['number'])
@Index('orders_holding', { synchronize: false })
@Index('orders_of_tenant', ['tenantId', 'id'])
@Index('orders_of_buyer', ['buyerId', 'id'])
@Index('orders_of_placer', ['placedBy', 'id'])
@Index('orders_in_state', ['tenantId', 'state', 'id'])
@Index('orders_of_vehicle', ['vehicleId', 'id'])
@Check('orders_state_check', 'state')
@Check('orders_currency_check', 'currency')
@Check('orders_total_check', 'total')
export class OrderEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('text') declare number: string;
  @Column('uuid', { name: 'buyer_id' }) declare buyerId: string;
  @Column('uuid', { name: 'placed_by' }) declare placedBy: string;
  @Column('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('uuid', { name: 'listing_id', nullable: true }) declare listingId: string | null;
  @Column('integer') declare version: number;
  @Column('text') declare state: string;
  @Column('boolean', { name: 'holds_vehicle' }) declare holdsVehicle: boolean;
  @Column('timestamptz', { name: 'entered_at' }) declare enteredAt: Date;
  @Column('timestamptz', { name: 'due_at', nullable: true }) declare dueAt: Date | null;
  @Column('text') declare currency: string;
  @Column('bigint') declare total: string;
  @Column('jsonb') declare content: unknown;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}

@Entity({ schema: 'orders', name: 'used_quotes' })
export class UsedQuoteEntity {
  @PrimaryColumn('uuid', { name: 'quote_id' }) declare quoteId: string;
  @Column('uuid', { name: 'order_id' }) declare orderId: string;
  @Column('text') declare token: string;
  @Column('timestamptz', { name: 'used_at' }) declare usedAt: Date;
}

@Entity({ schema: 'orders', name: 'deadlines' })
@Index('deadlines_due', { synchronize: false })
export class DeadlineEntity {
  @PrimaryColumn('uuid', { name: 'order_id' }) declare orderId: string;
  @PrimaryColumn('text') declare kind: string;
  @Column('timestamptz', { name: 'due_at' }) declare dueAt: Date;
  @Column('timestamptz', { name: 'done_at', nullable: true }) declare doneAt: Date | null;
}
