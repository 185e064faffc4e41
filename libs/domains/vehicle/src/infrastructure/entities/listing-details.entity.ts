import { Column, Entity, Index, JoinColumn, ManyToOne, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ListingEntity } from './listing.entity';

const partial = { synchronize: false } as const;

@Entity({ schema: 'vehicle', name: 'listing_details' })
@Index('listing_details_of_car', partial)
@Index('listing_details_at_place', partial)
@Index('listing_details_at_place_driven', partial)
@Index('listing_details_with_vin', partial)
@Index('listing_details_with_stock', partial)
export class ListingDetailsEntity {
  @PrimaryColumn('uuid', { name: 'listing_id' }) declare listingId: string;
  @OneToOne(() => ListingEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'listing_id', foreignKeyConstraintName: 'listing_details_listing_id_fkey' })
  declare listing: Relation<ListingEntity>;
  @Column('timestamptz', { name: 'said_at' }) declare saidAt: Date;
  @Column('boolean') declare detailed: boolean;
  @Column('jsonb') declare facts: unknown;
  @Column('jsonb') declare provenance: unknown;
  @Column('text', { array: true, default: '{}' }) declare doubts: string[];
  @Column('jsonb') declare trusted: unknown;
  @Column('smallint', { name: 'quality_score' }) declare qualityScore: number;
  @Column('text', { name: 'quality_reasons', array: true, default: '{}' }) declare qualityReasons: string[];
  @Column('uuid', { name: 'relist_of', nullable: true }) declare relistOf: string | null;
  @Column('jsonb', { nullable: true }) declare match: unknown;
  @Column('text', { name: 'make_key', nullable: true }) declare makeKey: string | null;
  @Column('text', { name: 'model_key', nullable: true }) declare modelKey: string | null;
  @Column('smallint', { nullable: true }) declare year: number | null;
  @Column('integer', { name: 'mileage_km', nullable: true }) declare mileageKm: number | null;
  @Column('text', { nullable: true }) declare vin: string | null;
  @Column('text', { name: 'stock_key', nullable: true }) declare stockKey: string | null;
  @Column('text', { name: 'place_key', nullable: true }) declare placeKey: string | null;
}

@Entity({ schema: 'vehicle', name: 'listing_image_hashes' })
@Index('listing_image_hashes_of_listing', ['listingId'])
export class ListingImageHashEntity {
  @PrimaryColumn('text') declare hash: string;
  @PrimaryColumn('uuid', { name: 'listing_id' }) declare listingId: string;
  @ManyToOne(() => ListingEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'listing_id', foreignKeyConstraintName: 'listing_image_hashes_listing_id_fkey' })
  declare listing: Relation<ListingEntity>;
}
