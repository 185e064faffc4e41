import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { VehicleEntity } from './vehicle.entity';

@Entity({ schema: 'vehicle', name: 'media' })
@Unique('media_once', ['vehicleId', 'sha256'])
@Unique('media_object_key_key', ['objectKey'])
@Index('media_of_vehicle', ['vehicleId', 'position', 'id'])
@Index('media_without_thumbnails', { synchronize: false })
@Check('media_position_check', 'position >= 0')
@Check('media_content_type_check', 'content_type')
@Check('media_width_check', 'width > 0')
@Check('media_height_check', 'height > 0')
@Check('media_bytes_check', 'bytes > 0')
@Check('media_sha256_check', 'sha256')
export class MediaEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @ManyToOne(() => VehicleEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'vehicle_id', foreignKeyConstraintName: 'media_vehicle_id_fkey' })
  declare vehicle: Relation<VehicleEntity>;
  @Column('integer') declare position: number;
  @Column('text', { name: 'content_type' }) declare contentType: string;
  @Column('integer') declare width: number;
  @Column('integer') declare height: number;
  @Column('integer') declare bytes: number;
  @Column('text') declare sha256: string;
  @Column('text', { name: 'object_key' }) declare objectKey: string;
  /** Widths of the thumbnails that are there. */
  @Column('integer', { array: true, default: '{}' }) declare sizes: number[];
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
}
