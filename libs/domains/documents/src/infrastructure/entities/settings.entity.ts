import type { DocumentKind } from '@autobroker/kernel';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'documents', name: 'sales' })
@Index('sales_of_buyer', ['buyerId'])
export class SaleEntity {
  @PrimaryColumn('uuid', { name: 'order_id' }) declare orderId: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('uuid', { name: 'buyer_id' }) declare buyerId: string;
  @Column('integer') declare version: number;
  @Column('text') declare state: string;
  @Column('text', { nullable: true }) declare locale: string | null;
  @Column('jsonb') declare facts: unknown;
  @Column('timestamptz', { name: 'requested_at', nullable: true }) declare requestedAt: Date | null;
  @Column('timestamptz', { name: 'delivered_at', nullable: true }) declare deliveredAt: Date | null;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}

/** The counter of a series of numbers: its row is locked by whoever takes the next. */
@Entity({ schema: 'documents', name: 'number_series' })
@Check('number_series_last_check', 'last')
export class NumberSeriesEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @PrimaryColumn('text') declare series: string;
  @Column('integer') declare last: number;
}

@Entity({ schema: 'documents', name: 'templates' })
@Index('templates_version', ['tenantId', 'kind', 'version'], { unique: true })
@Check('templates_version_check', 'version')
export class TemplateEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('text') declare kind: DocumentKind;
  @Column('integer') declare version: number;
  @Column('jsonb') declare content: unknown;
  @Column('uuid', { name: 'created_by', nullable: true }) declare createdBy: string | null;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
}

@Entity({ schema: 'documents', name: 'branding' })
@Index('branding_of_tenant', ['tenantId'], { unique: true })
export class BrandingEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('integer') declare version: number;
  @Column('jsonb') declare content: unknown;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}
