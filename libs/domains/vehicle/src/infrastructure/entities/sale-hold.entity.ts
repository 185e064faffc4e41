import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An order of this car, as the order service tells of it. */
@Entity({ schema: 'vehicle', name: 'sale_holds' })
@Index('sale_holds_of_vehicle', { synchronize: false })
@Check('sale_holds_state_check', 'state')
export class SaleHoldEntity {
  @PrimaryColumn('uuid', { name: 'order_id' }) declare orderId: string;
  @Column('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  /** What the order calls it, where that car was put together with this one; null where it is the same. */
  @Column('uuid', { name: 'ordered_id', nullable: true }) declare orderedId: string | null;
  /** The offer that it is of; null where the order names none, and in rows of releases before 0015. */
  @Column('uuid', { name: 'listing_id', nullable: true }) declare listingId: string | null;
  @Column('integer') declare version: number;
  @Column('text') declare state: string;
  /** Of releases before 0013, which wrote it. */
  @Column('timestamptz', { name: 'heard_at', nullable: true }) declare heardAt: Date | null;
}
