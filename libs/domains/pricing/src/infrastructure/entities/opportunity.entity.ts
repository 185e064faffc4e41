import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

const partial = { synchronize: false } as const;
const ColumnCheck = (table: string, column: string) => Check(`${table}_${column}_check`, column);
const checked = ['version', 'vehicle_version', 'valuation_version', 'currency', 'asking', 'market_value', 'total_cost', 'score', 'confidence', 'probability', 'risk', 'expired_reason'] as const;
const ColumnChecks = (table: string, columns: readonly string[]) => (target: new () => object) => {
  for (const column of columns) ColumnCheck(table, column)(target);
};

/** The shape of pricing.opportunities: they are written as sets, by SqlOpportunityStore. */
@Entity({ schema: 'pricing', name: 'opportunities' })
@Unique('opportunities_found_once', ['vehicleId', 'valuationVersion'])
@Index('opportunities_open', partial)
@Index('opportunities_by_score', partial)
@Index('opportunities_by_profit', partial)
@Index('opportunities_by_roi', partial)
@Index('opportunities_by_date', partial)
@Index('opportunities_of_model', ['makeKey', 'modelKey'])
@Index('opportunities_ended_at', partial)
@Check('opportunities_ended', 'expired_at')
@ColumnChecks('opportunities', checked)
export class OpportunityEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('integer', { default: 1 }) declare version: number;
  @Column('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('integer', { name: 'vehicle_version' }) declare vehicleVersion: number;
  @Column('integer', { name: 'valuation_version' }) declare valuationVersion: number;
  @Column('uuid', { name: 'tenant_id', nullable: true }) declare tenantId: string | null;
  @Column('text', { name: 'make_key' }) declare makeKey: string;
  @Column('text', { name: 'model_key' }) declare modelKey: string;
  @Column('smallint') declare year: number;
  @Column('text', { nullable: true }) declare country: string | null;
  @Column('double precision', { nullable: true }) declare lat: number | null;
  @Column('double precision', { nullable: true }) declare lon: number | null;
  @Column('text', { array: true }) declare sources: string[];
  @Column('boolean') declare damaged: boolean;
  @Column('text') declare currency: string;
  @Column('bigint') declare asking: string;
  @Column('bigint', { name: 'market_value' }) declare marketValue: string;
  @Column('bigint', { name: 'total_cost' }) declare totalCost: string;
  @Column('bigint') declare profit: string;
  @Column('bigint', { name: 'profit_low' }) declare profitLow: string;
  @Column('bigint', { name: 'profit_high' }) declare profitHigh: string;
  @Column('text', { name: 'reference_currency' }) declare referenceCurrency: string;
  @Column('bigint', { name: 'reference_price' }) declare referencePrice: string;
  @Column('bigint', { name: 'reference_profit' }) declare referenceProfit: string;
  @Column('real') declare score: number;
  @Column('real') declare confidence: number;
  @Column('real') declare probability: number;
  @Column('real') declare roi: number;
  @Column('real') declare risk: number;
  @Column('jsonb') declare evidence: unknown;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
  @Column('timestamptz', { name: 'expired_at', nullable: true }) declare expiredAt: Date | null;
  @Column('text', { name: 'expired_reason', nullable: true }) declare expiredReason: string | null;
}

@Entity({ schema: 'pricing', name: 'opportunity_statuses' })
@Index('opportunity_statuses_of_opportunity', ['opportunityId'])
@ForeignKey(() => OpportunityEntity, ['opportunityId'], ['id'], { name: 'opportunity_statuses_opportunity_id_fkey', onDelete: 'CASCADE' })
@ColumnChecks('opportunity_statuses', ['version', 'status'])
export class OpportunityStatusEntity {
  @PrimaryColumn('uuid', { name: 'user_id' }) declare userId: string;
  @PrimaryColumn('uuid', { name: 'opportunity_id' }) declare opportunityId: string;
  @Column('uuid', { name: 'tenant_id', nullable: true }) declare tenantId: string | null;
  @Column('integer', { default: 1 }) declare version: number;
  @Column('text') declare status: string;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}

/** Cars whose valuation has changed since they were looked at. */
@Entity({ schema: 'pricing', name: 'opportunity_queue' })
@Index('opportunity_queue_by_time', ['queuedAt', 'vehicleId'])
export class OpportunityQueueEntity {
  @PrimaryColumn('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  /** Its turn: when it was put here, or until when it has time. */
  @Column('timestamptz', { name: 'queued_at' }) declare queuedAt: Date;
}

/** The highest mileage that a car was ever offered with. */
@Entity({ schema: 'pricing', name: 'odometer_peaks' })
@ColumnCheck('odometer_peaks', 'km')
export class OdometerPeakEntity {
  @PrimaryColumn('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('integer') declare km: number;
  @Column('timestamptz') declare at: Date;
}
