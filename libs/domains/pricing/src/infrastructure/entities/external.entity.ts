import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'pricing', name: 'external_valuations' })
@Index('external_valuations_by_age', ['fetchedAt'])
@Check('external_valuations_source_check', 'source')
@Check('external_valuations_said', 'fetched_at')
@Check('external_valuations_failed', 'failed_at')
export class ExternalValuationEntity {
  @PrimaryColumn('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @PrimaryColumn('text') declare source: string;
  @Column('text', { nullable: true }) declare currency: string | null;
  @Column('bigint', { name: 'trade_in', nullable: true }) declare tradeIn: string | null;
  @Column('bigint', { name: 'private_party', nullable: true }) declare privateParty: string | null;
  @Column('bigint', { nullable: true }) declare retail: string | null;
  @Column('bigint', { nullable: true }) declare low: string | null;
  @Column('bigint', { nullable: true }) declare high: string | null;
  @Column('text', { name: 'vendor_ref', nullable: true }) declare vendorRef: string | null;
  @Column('text', { nullable: true }) declare trim: string | null;
  @Column('text', { nullable: true }) declare trend: string | null;
  @Column('text', { nullable: true }) declare summary: string | null;
  @Column('text', { array: true, default: [] }) declare citations: string[];
  @Column('timestamptz', { name: 'fetched_at', nullable: true }) declare fetchedAt: Date | null;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) declare expiresAt: Date | null;
  @Column('text', { name: 'failure_kind', nullable: true }) declare failureKind: string | null;
  @Column('text', { name: 'failure_detail', nullable: true }) declare failureDetail: string | null;
  @Column('timestamptz', { name: 'failed_at', nullable: true }) declare failedAt: Date | null;
  @Column('timestamptz', { name: 'claimed_until', nullable: true }) declare claimedUntil: Date | null;
}

@Entity({ schema: 'pricing', name: 'regional_insights' })
@Check('regional_insights_demand_check', 'demand')
@Check('regional_insights_said', 'fetched_at')
@Check('regional_insights_failed', 'failed_at')
export class RegionalInsightEntity {
  @PrimaryColumn('text') declare country: string;
  @PrimaryColumn('text') declare region: string;
  @Column('text', { nullable: true }) declare demand: string | null;
  @Column('double precision', { name: 'price_level', nullable: true }) declare priceLevel: number | null;
  @Column('integer', { name: 'days_to_sell', nullable: true }) declare daysToSell: number | null;
  @Column('text', { nullable: true }) declare trend: string | null;
  @Column('text', { nullable: true }) declare summary: string | null;
  @Column('text', { array: true, default: [] }) declare citations: string[];
  @Column('timestamptz', { name: 'fetched_at', nullable: true }) declare fetchedAt: Date | null;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) declare expiresAt: Date | null;
  @Column('text', { name: 'failure_kind', nullable: true }) declare failureKind: string | null;
  @Column('text', { name: 'failure_detail', nullable: true }) declare failureDetail: string | null;
  @Column('timestamptz', { name: 'failed_at', nullable: true }) declare failedAt: Date | null;
  @Column('timestamptz', { name: 'claimed_until', nullable: true }) declare claimedUntil: Date | null;
}

@Entity({ schema: 'pricing', name: 'daily_usage' })
export class PricingUsageEntity {
  @PrimaryColumn('text') declare scope: string;
  @PrimaryColumn('date') declare day: string;
  @Column('integer', { default: 0 }) declare used: number;
  @Column('bigint', { name: 'cost_amount', default: 0 }) declare costAmount: string;
  @Column('text', { name: 'cost_currency', default: 'USD' }) declare costCurrency: string;
}
