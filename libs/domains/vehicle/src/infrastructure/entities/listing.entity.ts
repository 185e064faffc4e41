import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { VehicleEntity } from './vehicle.entity';

/** The shape of vehicle.listings; see VehicleEntity. */
@Entity({ schema: 'vehicle', name: 'listings' })
@Unique('listings_key', ['source', 'externalId', 'tenantId'])
@Index('listings_of_vehicle', ['vehicleId', 'id'])
@Index('listings_by_seen', ['lastSeenAt', 'id'])
@Index('listings_by_price', ['priceRef', 'id'])
@Index('listings_of_source', ['source', 'id'])
@Index('listings_ended', { synchronize: false })
@Check('listings_price_whole', '(price_amount is null) = (price_currency is null)')
@Check('listings_status_check', 'status')
@Check('listings_price_amount_check', 'price_amount >= 0')
@Check('listings_price_currency_check', 'price_currency')
@Check('listings_price_ref_check', 'price_ref >= 0')
export class ListingEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @ManyToOne(() => VehicleEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'vehicle_id', foreignKeyConstraintName: 'listings_vehicle_id_fkey' })
  declare vehicle: Relation<VehicleEntity>;
  @Column('uuid', { name: 'tenant_id', nullable: true }) declare tenantId: string | null;
  @Column('text') declare source: string;
  @Column('text', { name: 'external_id' }) declare externalId: string;
  @Column('text', { nullable: true }) declare url: string | null;
  @Column('text', { name: 'auction_url', nullable: true }) declare auctionUrl: string | null;
  @Column('text') declare status: string;
  @Column('bigint', { name: 'price_amount', nullable: true }) declare priceAmount: string | null;
  @Column('text', { name: 'price_currency', nullable: true }) declare priceCurrency: string | null;
  @Column('bigint', { name: 'price_ref', nullable: true }) declare priceRef: string | null;
  @Column('text', { name: 'content_hash' }) declare contentHash: string;
  @Column('timestamptz', { name: 'discovered_at' }) declare discoveredAt: Date;
  @Column('timestamptz', { name: 'normalized_at' }) declare normalizedAt: Date;
  @Column('timestamptz', { name: 'first_seen_at' }) declare firstSeenAt: Date;
  @Column('timestamptz', { name: 'last_seen_at' }) declare lastSeenAt: Date;
}
