import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'vehicle', name: 'listing_archive' })
@Index('listing_archive_of_vehicle', ['vehicleId'])
@Index('listing_archive_by_key', ['source', 'externalId'])
export class ListingArchiveEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('text') declare source: string;
  @Column('text', { name: 'external_id' }) declare externalId: string;
  @Column('timestamptz', { name: 'archived_at' }) declare archivedAt: Date;
  @Column('jsonb') declare listing: unknown;
}
