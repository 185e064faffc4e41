import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

const partial = { synchronize: false } as const;

@Entity({ schema: 'vehicle', name: 'quarantine' })
@Index('quarantine_waiting', partial)
@Index('quarantine_by_state', ['state', 'id'])
@Index('quarantine_of_source', ['source', 'id'])
@Index('quarantine_for_reason', partial)
@Index('quarantine_resolved', partial)
@Index('quarantine_of_car', partial)
@Check('quarantine_state_check', 'state')
@Check('quarantine_attempts_check', 'attempts > 0')
export class QuarantineEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id', nullable: true }) declare tenantId: string | null;
  @Column('text') declare source: string;
  @Column('text', { name: 'external_id' }) declare externalId: string;
  @Column('text', { nullable: true }) declare url: string | null;
  @Column('text') declare state: string;
  @Column('text', { array: true }) declare reasons: string[];
  @Column('text', { array: true }) declare details: string[];
  @Column('jsonb') declare captured: unknown;
  @Column('timestamptz', { name: 'captured_at' }) declare capturedAt: Date;
  @Column('timestamptz', { name: 'first_seen_at' }) declare firstSeenAt: Date;
  @Column('integer', { default: 1 }) declare attempts: number;
  @Column('timestamptz', { name: 'tried_at' }) declare triedAt: Date;
  @Column('timestamptz', { name: 'resolved_at', nullable: true }) declare resolvedAt: Date | null;
  @Column('text', { name: 'resolved_by', nullable: true }) declare resolvedBy: string | null;
  @Column('text', { nullable: true }) declare note: string | null;
  @Column('jsonb', { default: '[]' }) declare earlier: unknown;
  @Column('text', { name: 'car_key', nullable: true }) declare carKey: string | null;
}
