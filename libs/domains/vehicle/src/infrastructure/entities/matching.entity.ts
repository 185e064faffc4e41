import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ListingEntity } from './listing.entity';

@Entity({ schema: 'vehicle', name: 'match_decisions' })
@Index('match_decisions_of_vehicle', ['vehicleId', 'id'])
@Index('match_decisions_of_other', { synchronize: false })
@Index('match_decisions_by_time', ['decidedAt'])
@Check('match_decisions_outcome_check', 'outcome')
@Check('match_decisions_method_check', 'method')
export class MatchDecisionEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('timestamptz', { name: 'decided_at' }) declare decidedAt: Date;
  @Column('uuid', { name: 'tenant_id', nullable: true }) declare tenantId: string | null;
  @Column('uuid', { name: 'listing_id' }) declare listingId: string;
  @Column('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('uuid', { name: 'other_vehicle_id', nullable: true }) declare otherVehicleId: string | null;
  @Column('text') declare outcome: string;
  @Column('text') declare method: string;
  @Column('real', { nullable: true }) declare score: number | null;
  @Column('text', { array: true }) declare why: string[];
  @Column('text', { name: 'actor_kind' }) declare actorKind: string;
  @Column('text', { name: 'actor_id', nullable: true }) declare actorId: string | null;
}

@Entity({ schema: 'vehicle', name: 'vehicle_merges' })
@Index('vehicle_merges_from', ['fromVehicleId', 'mergedAt'])
@Index('vehicle_merges_to', ['toVehicleId', 'mergedAt'])
@Check('vehicle_merges_kind_check', 'kind')
export class VehicleMergeEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('text') declare kind: string;
  @Column('uuid', { name: 'tenant_id', nullable: true }) declare tenantId: string | null;
  @Column('uuid', { name: 'to_vehicle_id' }) declare toVehicleId: string;
  @Column('uuid', { name: 'from_vehicle_id' }) declare fromVehicleId: string;
  @Column('uuid', { name: 'listing_ids', array: true }) declare listingIds: string[];
  @Column('uuid', { name: 'media_ids', array: true, default: '{}' }) declare mediaIds: string[];
  @Column('text', { nullable: true }) declare reason: string | null;
  @Column('text', { name: 'actor_kind' }) declare actorKind: string;
  @Column('text', { name: 'actor_id', nullable: true }) declare actorId: string | null;
  @Column('timestamptz', { name: 'merged_at' }) declare mergedAt: Date;
  @Column('timestamptz', { name: 'reverted_at', nullable: true }) declare revertedAt: Date | null;
  @Column('text', { name: 'reverted_by', nullable: true }) declare revertedBy: string | null;
}

@Entity({ schema: 'vehicle', name: 'match_rulings' })
@Index('match_rulings_of_b', ['listingB'])
@Index('match_rulings_of_merge', ['mergeId'])
@Check('match_rulings_kind_check', 'kind')
@Check('match_rulings_in_order', 'listing_a < listing_b')
export class MatchRulingEntity {
  @PrimaryColumn('uuid', { name: 'listing_a' }) declare listingA: string;
  @PrimaryColumn('uuid', { name: 'listing_b' }) declare listingB: string;
  @ManyToOne(() => ListingEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'listing_a', foreignKeyConstraintName: 'match_rulings_listing_a_fkey' })
  declare a: Relation<ListingEntity>;
  @ManyToOne(() => ListingEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'listing_b', foreignKeyConstraintName: 'match_rulings_listing_b_fkey' })
  declare b: Relation<ListingEntity>;
  @Column('text') declare kind: string;
  @Column('uuid', { name: 'merge_id' }) declare mergeId: string;
  @Column('timestamptz', { name: 'ruled_at' }) declare ruledAt: Date;
}
