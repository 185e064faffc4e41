import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

const partial = { synchronize: false } as const;
const ColumnCheck = (table: string, column: string) => Check(`${table}_${column}_check`, column);

/** The shape of pricing.valuations: valuations are written as sets, by SqlValuationStore. */
@Entity({ schema: 'pricing', name: 'valuations' })
@Index('valuations_of_tenant', partial)
@Check('valuations_whole', 'q10 <= q90')
@Check('valuations_none', 'method')
@Check('valuations_rated', 'rating')
@ColumnCheck('valuations', 'version')
@ColumnCheck('valuations', 'vehicle_version')
@ColumnCheck('valuations', 'method')
@ColumnCheck('valuations', 'currency')
@ColumnCheck('valuations', 'q10')
@ColumnCheck('valuations', 'rating')
@ColumnCheck('valuations', 'effective_comparables')
export class ValuationEntity {
  @PrimaryColumn('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('integer') declare version: number;
  @Column('integer', { name: 'vehicle_version' }) declare vehicleVersion: number;
  @Column('uuid', { name: 'tenant_id', nullable: true }) declare tenantId: string | null;
  @Column('text') declare method: string;
  @Column('text', { name: 'model_version', nullable: true }) declare modelVersion: string | null;
  @Column('text') declare currency: string;
  @Column('bigint', { nullable: true }) declare q10: string | null;
  @Column('bigint', { nullable: true }) declare q35: string | null;
  @Column('bigint', { nullable: true }) declare q50: string | null;
  @Column('bigint', { nullable: true }) declare q65: string | null;
  @Column('bigint', { nullable: true }) declare q90: string | null;
  @Column('bigint', { nullable: true }) declare asking: string | null;
  @Column('text', { nullable: true }) declare rating: string | null;
  @Column('text', { name: 'unrated_reason', nullable: true }) declare unratedReason: string | null;
  @Column('real', { name: 'position_percent', nullable: true }) declare positionPercent: number | null;
  @Column('real', { name: 'effective_comparables' }) declare effectiveComparables: number;
  @Column('uuid', { array: true, default: '{}' }) declare comparables: string[];
  @Column('bigint', { name: 'comparable_prices', array: true, default: '{}' }) declare comparablePrices: string[];
  @Column('jsonb') declare evidence: unknown;
  @Column('timestamptz', { name: 'valued_at' }) declare valuedAt: Date;
}

/** Jobs that value the whole catalogue anew. */
@Entity({ schema: 'pricing', name: 'revaluations' })
@ColumnCheck('revaluations', 'valued')
@ColumnCheck('revaluations', 'changed')
export class RevaluationEntity {
  @PrimaryColumn('text') declare id: string;
  /** The last car that was valued; null before the first. */
  @Column('uuid', { nullable: true }) declare after: string | null;
  @Column('integer', { default: 0 }) declare valued: number;
  @Column('integer', { default: 0 }) declare changed: number;
  @Column('timestamptz', { name: 'told_at' }) declare toldAt: Date;
  /** The latest of the job's attempts: one before it that was only taken for dead gives way. */
  @Column('uuid', { nullable: true }) declare attempt: string | null;
}

/** Cars whose facts have changed since they were valued. */
@Entity({ schema: 'pricing', name: 'valuation_queue' })
@Index('valuation_queue_by_time', ['queuedAt', 'vehicleId'])
@ColumnCheck('valuation_queue', 'vehicle_version')
export class ValuationQueueEntity {
  @PrimaryColumn('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('integer', { name: 'vehicle_version' }) declare vehicleVersion: number;
  @Column('timestamptz', { name: 'queued_at' }) declare queuedAt: Date;
}
