import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity({ schema: 'orders', name: 'vehicles' })
export class VehicleEntity {
  @PrimaryColumn('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('integer') declare version: number;
  @Column('uuid', { name: 'owner_tenant_id', nullable: true }) declare ownerTenantId: string | null;
  @Column('text') declare status: string;
  @Column('bigint', { name: 'price_amount', nullable: true }) declare priceAmount: string | null;
  @Column('text', { name: 'price_currency', nullable: true }) declare priceCurrency: string | null;
  @Column('jsonb') declare car: unknown;
  @Column('jsonb') declare offers: unknown;
  @Column('timestamptz', { name: 'heard_at' }) declare heardAt: Date;
}

@Entity({ schema: 'orders', name: 'offers' })
export class OfferEntity {
  @PrimaryColumn('text') declare source: string;
  @PrimaryColumn('text', { name: 'external_id' }) declare externalId: string;
  @Column('timestamptz', { name: 'asked_at' }) declare askedAt: Date;
  @Column('text', { nullable: true }) declare status: string | null;
  @Column('bigint', { name: 'price_amount', nullable: true }) declare priceAmount: string | null;
  @Column('text', { name: 'price_currency', nullable: true }) declare priceCurrency: string | null;
  @Column('timestamptz', { name: 'checked_at', nullable: true }) declare checkedAt: Date | null;
  @Column('timestamptz', { name: 'unreadable_at', nullable: true }) declare unreadableAt: Date | null;
}

@Entity({ schema: 'orders', name: 'moved_offers' })
export class MovedOfferEntity {
  @PrimaryColumn('uuid', { name: 'listing_id' }) declare listingId: string;
  @Column('uuid', { name: 'vehicle_id' }) declare vehicleId: string;
  @Column('timestamptz', { name: 'moved_at' }) declare movedAt: Date;
}

@Entity({ schema: 'orders', name: 'papers' })
@Index('papers_of_order', ['orderId'])
export class PaperEntity {
  @PrimaryColumn('uuid', { name: 'document_id' }) declare documentId: string;
  @Column('uuid', { name: 'order_id' }) declare orderId: string;
  @Column('text') declare kind: string;
  @Column('integer') declare version: number;
  @Column('timestamptz', { name: 'issued_at', nullable: true }) declare issuedAt: Date | null;
  @Column('text', { name: 'signed_by', array: true }) declare signedBy: string[];
  @Column('boolean') declare complete: boolean;
  @Column('timestamptz', { name: 'signed_at', nullable: true }) declare signedAt: Date | null;
  @Column('text', { name: 'time_zone', nullable: true }) declare timeZone: string | null;
}

@Entity({ schema: 'orders', name: 'policies' })
@Unique('policies_of_tenant', ['tenantId'])
export class PolicyEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('integer') declare version: number;
  @Column('jsonb') declare settings: unknown;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}

@Entity({ schema: 'orders', name: 'parties' })
@Index('parties_of_person', ['personId'])
@Check('parties_role_check', 'role')
export class PartyEntity {
  @PrimaryColumn('uuid', { name: 'order_id' }) declare orderId: string;
  @PrimaryColumn('text') declare role: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'person_id' }) declare personId: string;
  @Column('text') declare sealed: string;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}

@Entity({ schema: 'orders', name: 'compensations' })
@Index('compensations_overdue', { synchronize: false })
@Check('compensations_state_check', 'state')
export class CompensationEntity {
  @PrimaryColumn('uuid', { name: 'order_id' }) declare orderId: string;
  @PrimaryColumn('text') declare kind: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('integer') declare seq: number;
  @Column('text') declare state: string;
  @Column('text') declare why: string;
  @Column('text', { nullable: true }) declare error: string | null;
  @Column('timestamptz', { name: 'overdue_at', nullable: true }) declare overdueAt: Date | null;
  @Column('timestamptz', { name: 'begun_at' }) declare begunAt: Date;
  @Column('timestamptz', { name: 'done_at', nullable: true }) declare doneAt: Date | null;
}

@Entity({ schema: 'orders', name: 'ops_items' })
@Index('ops_items_once', { synchronize: false })
@Index('ops_items_open', { synchronize: false })
@Index('ops_items_of_tenant', ['tenantId', 'id'])
export class OpsItemEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'order_id' }) declare orderId: string;
  @Column('text') declare kind: string;
  @Column('text') declare detail: string;
  @Column('text') declare dedupe: string;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'resolved_at', nullable: true }) declare resolvedAt: Date | null;
  @Column('text', { name: 'resolved_by', nullable: true }) declare resolvedBy: string | null;
  @Column('text', { nullable: true }) declare note: string | null;
}
