import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** What a tenant takes for its service, from a day on. */
@Entity({ schema: 'pricing', name: 'fee_schedules' })
@Unique('fee_schedules_from', ['tenantId', 'currency', 'validFrom'])
@Check('fee_schedules_bounds', 'bounds')
export class FeeScheduleEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('text') declare percent: string;
  @Column('bigint') declare least: string;
  @Column('bigint', { nullable: true }) declare most: string | null;
  @Column('text') declare currency: string;
  @Column('date', { name: 'valid_from' }) declare validFrom: string;
  @Column('timestamptz', { name: 'added_at' }) declare addedAt: Date;
}
