import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

const partial = { synchronize: false } as const;

/** The shape of pricing.market_cars: written as sets, by SqlMarketStore. */
@Entity({ schema: 'pricing', name: 'market_cars' })
@Index('market_cars_alike', partial)
@Index('market_cars_of_trim', partial)
@Index('market_cars_gone_alike', partial)
@Index('market_cars_by_listed', partial)
@Index('market_cars_for_sale', partial)
@Index('market_cars_in_model', partial)
@Index('market_cars_of_make', partial)
@Index('market_cars_to_retire', partial)
@Check('market_cars_known', 'facts')
@Check('market_cars_priced', 'price_amount')
@Check('market_cars_left', 'left_at')
@Check('market_cars_version_check', 'version >= 0')
@Check('market_cars_price_amount_check', 'price_amount >= 0')
@Check('market_cars_left_reason_check', 'left_reason')
export class MarketCarEntity {
  @PrimaryColumn('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('uuid', { name: 'tenant_id', nullable: true }) declare tenantId: string | null;
  @Column('integer') declare version: number;
  @Column('integer', { name: 'facts_version' }) declare factsVersion: number;
  @Column('integer', { name: 'price_version' }) declare priceVersion: number;
  @Column('integer', { name: 'presence_version' }) declare presenceVersion: number;
  @Column('text') declare status: string;
  @Column('boolean') declare comparable: boolean;
  @Column('text', { nullable: true }) declare doubt: string | null;
  @Column('text', { nullable: true }) declare make: string | null;
  @Column('text', { nullable: true }) declare model: string | null;
  @Column('text', { name: 'make_key', nullable: true }) declare makeKey: string | null;
  @Column('text', { name: 'model_key', nullable: true }) declare modelKey: string | null;
  @Column('text', { name: 'trim_key', nullable: true }) declare trimKey: string | null;
  @Column('smallint', { nullable: true }) declare year: number | null;
  @Column('integer', { name: 'mileage_km', nullable: true }) declare mileageKm: number | null;
  @Column('smallint', { nullable: true }) declare grade: number | null;
  @Column('text', { nullable: true }) declare fuel: string | null;
  @Column('text', { nullable: true }) declare gearbox: string | null;
  @Column('text', { nullable: true }) declare body: string | null;
  @Column('text', { nullable: true }) declare country: string | null;
  @Column('double precision', { nullable: true }) declare lat: number | null;
  @Column('double precision', { nullable: true }) declare lon: number | null;
  @Column('bigint', { name: 'price_amount', nullable: true }) declare priceAmount: string | null;
  @Column('text', { name: 'price_currency', nullable: true }) declare priceCurrency: string | null;
  @Column('bigint', { name: 'price_ref', nullable: true }) declare priceRef: string | null;
  @Column('text', { name: 'price_ref_currency', nullable: true }) declare priceRefCurrency: string | null;
  @Column('timestamptz', { name: 'listed_at', nullable: true }) declare listedAt: Date | null;
  @Column('timestamptz', { name: 'left_at', nullable: true }) declare leftAt: Date | null;
  @Column('text', { name: 'left_reason', nullable: true }) declare leftReason: string | null;
  @Column('integer', { name: 'left_version', default: 0 }) declare leftVersion: number;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
  @Column('text', { nullable: true }) declare vin: string | null;
  @Column('text', { name: 'vin_flags', array: true, default: '{}' }) declare vinFlags: string[];
  @Column('integer', { name: 'relist_count', default: 0 }) declare relistCount: number;
  @Column('text', { array: true, default: '{}' }) declare sources: string[];
  @Column('jsonb', { nullable: true }) declare facts: unknown;
  @Column('jsonb', { nullable: true }) declare offers: unknown;
  @Column('integer', { name: 'offers_version', default: 0 }) declare offersVersion: number;
  @Column('timestamptz', { name: 'offers_at', nullable: true }) declare offersAt: Date | null;
  @Column('jsonb', { default: [] }) declare moments: unknown;
}

@Entity({ schema: 'pricing', name: 'market_offers' })
@Index('market_offers_of_vehicle', ['vehicleId'])
@Index('market_offers_by_key', ['source', 'externalId'])
@Check('market_offers_priced', 'price_amount')
export class MarketOfferEntity {
  @PrimaryColumn('uuid', { name: 'listing_id' }) declare listingId: string;
  @Column('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('text') declare source: string;
  @Column('text', { name: 'external_id' }) declare externalId: string;
  @Column('text', { nullable: true }) declare url: string | null;
  @Column('boolean') declare auction: boolean;
  @Column('boolean') declare active: boolean;
  @Column('bigint', { name: 'price_amount', nullable: true }) declare priceAmount: string | null;
  @Column('text', { name: 'price_currency', nullable: true }) declare priceCurrency: string | null;
  @Column('text', { name: 'price_kind', nullable: true }) declare priceKind: string | null;
  @Column('boolean', { default: false }) declare doubtful: boolean;
  @Column('timestamptz', { name: 'told_at' }) declare toldAt: Date;
}

@Entity({ schema: 'pricing', name: 'market_segments' })
@Unique('market_segments_key', ['makeKey', 'modelKey', 'year', 'country', 'currency', 'kind', 'grade'])
export class MarketSegmentEntity {
  @PrimaryColumn('integer', { generated: 'identity', generatedIdentity: 'ALWAYS' }) declare id: number;
  @Column('text') declare country: string;
  @Column('text') declare currency: string;
  @Column('text', { name: 'make_key' }) declare makeKey: string;
  @Column('text', { name: 'model_key' }) declare modelKey: string;
  @Column('smallint') declare year: number;
  @Column('text') declare kind: string;
  @Column('smallint') declare grade: number;
}

/** What is counted of a segment: see domain/market/contributions.ts. */
@Entity({ schema: 'pricing', name: 'market_counts' })
@Index('market_counts_of_measure', partial)
export class MarketCountEntity {
  @PrimaryColumn('integer', { name: 'segment_id' }) declare segmentId: number;
  @PrimaryColumn('smallint') declare measure: number;
  @PrimaryColumn('text') declare source: string;
  @PrimaryColumn('integer') declare x: number;
  @PrimaryColumn('smallint') declare y: number;
  @Column('integer') declare n: number;
}
