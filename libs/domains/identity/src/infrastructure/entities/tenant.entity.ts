import type { Tier } from '@autobroker/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TenantBranding, TenantRecord, TenantSettings } from '../../application/ports/tenants';

@Entity({ schema: 'identity', name: 'tenants' })
export class TenantEntity implements Omit<TenantRecord, 'hosts'> {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) slug!: string;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'text' }) status!: 'active' | 'suspended';
  @Column({ type: 'text' }) currency!: string;
  @Column({ type: 'text', nullable: true }) country!: string | null;
  @Column({ type: 'text' }) locale!: string;
  @Column({ type: 'text' }) tier!: Tier;
  @Column({ type: 'jsonb' }) branding!: TenantBranding;
  @Column({ type: 'jsonb' }) settings!: TenantSettings;
  @Column({ type: 'integer' }) version!: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) updatedAt!: Date;
}

@Entity({ schema: 'identity', name: 'tenant_hosts' })
export class TenantHostEntity {
  @PrimaryColumn({ type: 'text' }) host!: string;
  @Column({ name: 'tenant_id', type: 'uuid' }) tenantId!: string;
}
