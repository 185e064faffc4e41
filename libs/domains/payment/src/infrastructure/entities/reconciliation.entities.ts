import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The shape of the tables, for the drift check; what is written and read is SQL. */
@Entity({ schema: 'payment', name: 'reconciliations' })
@Index('reconciliations_by_day', ['provider', 'day', 'finishedAt'])
export class ReconciliationEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('text') declare provider: string;
  @Column('date') declare day: string;
  @Column('integer') declare movements: number;
  @Column('integer') declare breaks: number;
  @Column('timestamptz', { name: 'started_at' }) declare startedAt: Date;
  @Column('timestamptz', { name: 'finished_at' }) declare finishedAt: Date;
}

@Entity({ schema: 'payment', name: 'breaks' })
@Check('breaks_state_check', 'state')
@Index('breaks_once', { synchronize: false })
@Index('breaks_of_tenant', ['tenantId', 'id'])
export class BreakEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('integer') declare version: number;
  @Column('text') declare kind: string;
  @Column('text') declare key: string;
  @Column('uuid', { name: 'tenant_id', nullable: true }) declare tenantId: string | null;
  @Column('uuid', { name: 'order_id', nullable: true }) declare orderId: string | null;
  @Column('uuid', { name: 'payment_id', nullable: true }) declare paymentId: string | null;
  @Column('text', { nullable: true }) declare provider: string | null;
  @Column('text', { name: 'provider_ref', nullable: true }) declare providerRef: string | null;
  @Column('bigint', { nullable: true }) declare expected: string | null;
  @Column('bigint', { nullable: true }) declare actual: string | null;
  @Column('text', { nullable: true }) declare currency: string | null;
  @Column('text') declare state: string;
  @Column('text', { nullable: true }) declare note: string | null;
  @Column('text', { name: 'resolved_by', nullable: true }) declare resolvedBy: string | null;
  @Column('timestamptz', { name: 'found_at' }) declare foundAt: Date;
  @Column('timestamptz', { name: 'resolved_at', nullable: true }) declare resolvedAt: Date | null;
}
