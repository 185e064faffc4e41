import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** The shape of the tables, for the drift check and for whoever wants to know them; what is written and read is SQL. */
const partial = { synchronize: false } as const;
const ofQuery = { onDelete: 'CASCADE' } as const;
const queryId = () => ({ name: 'price_query_id' });
const join = (table: string) => ({ name: 'price_query_id', foreignKeyConstraintName: `${table}_price_query_id_fkey` });

@Entity({ schema: 'pricing', name: 'price_queries' })
@Index('price_queries_of_car', ['make', 'model', 'year'])
@Index('price_queries_same', partial)
@Index('price_queries_due', partial)
@Index('price_queries_by_age', ['createdAt'])
@Check('price_queries_version_check', 'version')
@Check('price_queries_mileage_check', 'mileage')
@Check('price_queries_mileage_unit_check', 'mileage_unit')
@Check('price_queries_price_confidence_check', 'price_confidence')
@Check('price_queries_status_check', 'status')
@Check('price_queries_scrape_check', 'scrape')
@Check('price_queries_failure_reason_check', 'failure_reason')
@Check('price_queries_captured_check', 'captured')
@Check('price_queries_priced', 'average_price')
@Check('price_queries_over', 'status')
export class PriceQueryEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('integer', { default: 1 }) declare version: number;
  @Column('uuid', { name: 'tenant_id', nullable: true }) declare tenantId: string | null;
  @Column('uuid', { name: 'user_id', nullable: true }) declare userId: string | null;
  @Column('text') declare make: string;
  @Column('text') declare model: string;
  @Column('integer') declare year: number;
  @Column('integer', { nullable: true }) declare mileage: number | null;
  @Column('text', { name: 'mileage_unit' }) declare mileageUnit: string;
  @Column('text', { nullable: true }) declare color: string | null;
  @Column('text', { name: 'damage_type', nullable: true }) declare damageType: string | null;
  @Column('integer', { name: 'production_year', nullable: true }) declare productionYear: number | null;
  @Column('text', { nullable: true }) declare country: string | null;
  @Column('jsonb', { name: 'normalized_filters' }) declare normalizedFilters: unknown;
  @Column('text', { name: 'filters_hash' }) declare filtersHash: string;
  @Column('bigint', { name: 'average_price', nullable: true }) declare averagePrice: string | null;
  @Column('bigint', { name: 'median_price', nullable: true }) declare medianPrice: string | null;
  @Column('text', { name: 'price_currency', nullable: true }) declare priceCurrency: string | null;
  @Column('double precision', { name: 'price_confidence', default: 0 }) declare priceConfidence: number;
  @Column('integer', { default: 0 }) declare comparables: number;
  @Column('text') declare status: string;
  @Column('text') declare scrape: string;
  @Column('text', { name: 'failure_reason', nullable: true }) declare failureReason: string | null;
  @Column('integer', { default: 0 }) declare captured: number;
  @Column('timestamptz', { name: 'due_at', nullable: true }) declare dueAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
  @Column('timestamptz', { name: 'completed_at', nullable: true }) declare completedAt: Date | null;
}

@Entity({ schema: 'pricing', name: 'price_query_askers' })
@Index('price_query_askers_of_user', partial)
export class PriceQueryAskerEntity {
  @PrimaryColumn('uuid', queryId()) declare priceQueryId: string;
  @ManyToOne(() => PriceQueryEntity, ofQuery) @JoinColumn(join('price_query_askers')) declare priceQuery?: PriceQueryEntity;
  @PrimaryColumn('uuid', { name: 'user_id' }) declare userId: string;
  @Column('timestamptz', { name: 'asked_at' }) declare askedAt: Date;
}

@Entity({ schema: 'pricing', name: 'price_query_captures' })
export class PriceQueryCaptureEntity {
  @PrimaryColumn('uuid', queryId()) declare priceQueryId: string;
  @ManyToOne(() => PriceQueryEntity, ofQuery) @JoinColumn(join('price_query_captures')) declare priceQuery?: PriceQueryEntity;
  @PrimaryColumn('text') declare source: string;
  @PrimaryColumn('text', { name: 'external_id' }) declare externalId: string;
  @PrimaryColumn('integer') declare seq: number;
  @Column('timestamptz', { name: 'captured_at' }) declare capturedAt: Date;
}

@Entity({ schema: 'pricing', name: 'refused_listings' })
@Index('refused_listings_by_age', ['capturedAt'])
export class RefusedListingEntity {
  @PrimaryColumn('text') declare source: string;
  @PrimaryColumn('text', { name: 'external_id' }) declare externalId: string;
  @Column('timestamptz', { name: 'captured_at' }) declare capturedAt: Date;
}

@Entity({ schema: 'pricing', name: 'similarity_matches' })
@Index('similarity_matches_rank', ['priceQueryId', 'rank'], { unique: true })
@Index('similarity_matches_vehicle', ['vehicleId'])
@Index('similarity_matches_score', ['similarityScore'])
@Check('similarity_matches_rank_check', 'rank')
export class SimilarityMatchEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', queryId()) declare priceQueryId: string;
  @ManyToOne(() => PriceQueryEntity, ofQuery) @JoinColumn(join('similarity_matches')) declare priceQuery?: PriceQueryEntity;
  @Column('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('numeric', { name: 'similarity_score', precision: 5, scale: 2 }) declare similarityScore: string;
  @Column('numeric', { name: 'learned_score', precision: 5, scale: 2 }) declare learnedScore: string;
  @Column('integer') declare rank: number;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
}

@Entity({ schema: 'pricing', name: 'auction_listings' })
@Index('auction_listings_rank', ['priceQueryId', 'rank'], { unique: true })
@Index('auction_listings_vehicle', ['vehicleId'])
@Check('auction_listings_rank_check', 'rank')
@Check('auction_listings_price_basis_check', 'price_basis')
@Check('auction_listings_priced', 'estimated_price')
export class AuctionListingEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', queryId()) declare priceQueryId: string;
  @ManyToOne(() => PriceQueryEntity, ofQuery) @JoinColumn(join('auction_listings')) declare priceQuery?: PriceQueryEntity;
  @Column('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('text', { name: 'auction_platform' }) declare auctionPlatform: string;
  @Column('text', { name: 'listing_url', nullable: true }) declare listingUrl: string | null;
  @Column('bigint', { name: 'estimated_price', nullable: true }) declare estimatedPrice: string | null;
  @Column('text', { name: 'price_currency', nullable: true }) declare priceCurrency: string | null;
  @Column('text', { name: 'price_basis', nullable: true }) declare priceBasis: string | null;
  @Column('numeric', { name: 'similarity_score', precision: 5, scale: 2 }) declare similarityScore: string;
  @Column('integer') declare rank: number;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
}
