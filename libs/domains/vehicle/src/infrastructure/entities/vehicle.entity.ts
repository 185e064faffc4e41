import { Check, Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn, type Relation } from 'typeorm';

const partial = { synchronize: false } as const;
/** Constraints that PostgreSQL names after their column; `ColumnCheck('vehicles', 'year')`. */
const ColumnCheck = (table: string, column: string) => Check(`${table}_${column}_check`, column);

/**
 * The shape of vehicle.vehicles: the drift spec compares it with what the migrations made. Cars are written as sets, by
 * SqlVehicleStore, and read as JSON, by SqlVehicleReader.
 */
@Entity({ schema: 'vehicle', name: 'vehicles' })
@Index('vehicles_by_listed', partial)
@Index('vehicles_by_created', partial)
@Index('vehicles_by_updated', partial)
@Index('vehicles_by_price', partial)
@Index('vehicles_by_year', partial)
@Index('vehicles_by_mileage', partial)
@Index('vehicles_by_power', partial)
@Index('vehicles_of_make', partial)
@Index('vehicles_of_model', partial)
@Index('vehicles_at', partial)
@Index('vehicles_in_city', partial)
@Index('vehicles_of_trim', partial)
@Index('vehicles_in_land', partial)
@Index('vehicles_of_status', partial)
@Index('vehicles_of_drive', partial)
@Index('vehicles_of_colours', partial)
@Index('vehicles_of_state', partial)
@Index('vehicles_of_build', partial)
@Index('vehicles_by_past', partial)
@Index('vehicles_of_tenant', partial)
@Index('vehicles_with_vin', partial)
@Index('vehicles_with_features', partial)
@Index('vehicles_from_sources', partial)
@Index('vehicles_deleted', partial)
@Index('vehicles_by_words', partial)
@Check('vehicles_price_whole', '(price_amount is null) = (price_currency is null)')
@Check('vehicles_mileage_whole', '(mileage_value is null) = (mileage_unit is null)')
@Check('vehicles_coordinates_whole', '(lat is null) = (lon is null)')
@ColumnCheck('vehicles', 'version')
@ColumnCheck('vehicles', 'year')
@ColumnCheck('vehicles', 'image_count')
@ColumnCheck('vehicles', 'status')
@ColumnCheck('vehicles', 'price_ref')
@ColumnCheck('vehicles', 'mileage_km')
@ColumnCheck('vehicles', 'power_kw')
@ColumnCheck('vehicles', 'lat')
@ColumnCheck('vehicles', 'lon')
@ColumnCheck('vehicles', 'fuel')
@ColumnCheck('vehicles', 'gearbox')
@ColumnCheck('vehicles', 'drivetrain')
@ColumnCheck('vehicles', 'body')
@ColumnCheck('vehicles', 'exterior_colour')
@ColumnCheck('vehicles', 'interior_colour')
@ColumnCheck('vehicles', 'condition')
@ColumnCheck('vehicles', 'damage_type')
@ColumnCheck('vehicles', 'title_status')
@ColumnCheck('vehicles', 'doors')
@ColumnCheck('vehicles', 'seats')
@ColumnCheck('vehicles', 'owners_count')
@ColumnCheck('vehicles', 'country')
@ColumnCheck('vehicles', 'engine_displacement_cc')
@ColumnCheck('vehicles', 'mileage_value')
@ColumnCheck('vehicles', 'mileage_unit')
@ColumnCheck('vehicles', 'price_amount')
@ColumnCheck('vehicles', 'price_currency')
export class VehicleEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('integer', { default: 1 }) declare version: number;
  @Column('smallint') declare year: number;
  @Column('smallint', { name: 'image_count', default: 0 }) declare imageCount: number;
  @Column('timestamptz', { name: 'listed_at' }) declare listedAt: Date;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
  @Column('text') declare status: string;
  @Column('text', { name: 'make_key' }) declare makeKey: string;
  @Column('text', { name: 'model_key' }) declare modelKey: string;
  @Column('uuid', { name: 'tenant_id', nullable: true }) declare tenantId: string | null;
  @Column('timestamptz', { name: 'deleted_at', nullable: true }) declare deletedAt: Date | null;
  @Column('bigint', { name: 'price_ref', nullable: true }) declare priceRef: string | null;
  @Column('integer', { name: 'mileage_km', nullable: true }) declare mileageKm: number | null;
  @Column('smallint', { name: 'power_kw', nullable: true }) declare powerKw: number | null;
  @Column('double precision', { nullable: true }) declare lat: number | null;
  @Column('double precision', { nullable: true }) declare lon: number | null;
  @Column('text', { nullable: true }) declare fuel: string | null;
  @Column('text', { nullable: true }) declare gearbox: string | null;
  @Column('text', { nullable: true }) declare drivetrain: string | null;
  @Column('text', { nullable: true }) declare body: string | null;
  @Column('text', { name: 'exterior_colour', nullable: true }) declare exteriorColour: string | null;
  @Column('text', { name: 'interior_colour', nullable: true }) declare interiorColour: string | null;
  @Column('text') declare condition: string;
  @Column('text', { name: 'damage_type' }) declare damageType: string;
  @Column('text', { name: 'title_status' }) declare titleStatus: string;
  @Column('smallint', { nullable: true }) declare doors: number | null;
  @Column('smallint', { nullable: true }) declare seats: number | null;
  @Column('smallint', { name: 'owners_count', nullable: true }) declare ownersCount: number | null;
  @Column('text', { nullable: true }) declare country: string | null;
  @Column('text') declare make: string;
  @Column('text') declare model: string;
  @Column('text', { nullable: true }) declare trim: string | null;
  @Column('text', { nullable: true }) declare vin: string | null;
  @Column('smallint', { name: 'production_year', nullable: true }) declare productionYear: number | null;
  @Column('date', { name: 'first_registration', nullable: true }) declare firstRegistration: string | null;
  @Column('integer', { name: 'engine_displacement_cc', nullable: true }) declare engineDisplacementCc: number | null;
  @Column('integer', { name: 'mileage_value', nullable: true }) declare mileageValue: number | null;
  @Column('text', { name: 'mileage_unit', nullable: true }) declare mileageUnit: string | null;
  @Column('bigint', { name: 'price_amount', nullable: true }) declare priceAmount: string | null;
  @Column('text', { name: 'price_currency', nullable: true }) declare priceCurrency: string | null;
  @Column('text', { nullable: true }) declare city: string | null;
  @Column('text', { nullable: true }) declare region: string | null;
  @Column('text', { name: 'postal_code', nullable: true }) declare postalCode: string | null;
  @Column('text', { array: true, default: '{}' }) declare sources: string[];
  @Column('text', { array: true, default: '{}' }) declare features: string[];
  @Column('tsvector', { default: '' }) declare search: string;
}

@Entity({ schema: 'vehicle', name: 'vehicle_details' })
export class VehicleDetailsEntity {
  @PrimaryColumn('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @OneToOne(() => VehicleEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'vehicle_id', foreignKeyConstraintName: 'vehicle_details_vehicle_id_fkey' })
  declare vehicle: Relation<VehicleEntity>;
  @Column('text', { nullable: true }) declare description: string | null;
  @Column('text', { name: 'vin_flags', array: true, default: '{}' }) declare vinFlags: string[];
  @Column('text', { array: true, default: '{}' }) declare images: string[];
  @Column('smallint', { name: 'quality_score', nullable: true }) declare qualityScore: number | null;
  @Column('text', { name: 'quality_reasons', array: true, default: '{}' }) declare qualityReasons: string[];
  @Column('smallint', { name: 'relist_count', default: 0 }) declare relistCount: number;
  /** Of releases before 0012, which wrote it here. */
  @Column('tsvector', { nullable: true }) declare search: string | null;
}
