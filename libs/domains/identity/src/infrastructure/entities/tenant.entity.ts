import type { Tier } from '@autobroker/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { TenantBranding, TenantRecord, TenantSettings } from '../../application/ports/tenants';

@Entity({ schema: 'identity', name: 'tenants' })
@Unique('tenants_slug_key', ['slug'])
@Check('tenants_status_check', `status in ('active', 'suspended')`)
export class TenantEntity implements Omit<TenantRecord, 'hosts'> {
  @PrimaryColumn({ type: 'uuid' }) declare id: string;
  @Column({ type: 'text' }) declare slug: string;
  @Column({ type: 'text' }) declare name: string;
  @Column({ type: 'text' }) declare status: 'active' | 'suspended';
  @Column({ type: 'text' }) declare currency: string;
  @Column({ type: 'text', nullable: true }) declare country: string | null;
  @Column({ type: 'text' }) declare locale: string;
  @Column({ type: 'text' }) declare tier: Tier;
  @Column({ type: 'jsonb' }) declare branding: TenantBranding;
  @Column({ type: 'jsonb' }) declare settings: TenantSettings;
  @Column({ type: 'integer' }) declare version: number;
  @Column({ name: 'created_at', type: 'timestamptz' }) declare createdAt: Date;
  @Column({ name: 'updated_at', type: 'timestamptz' }) declare updatedAt: Date;
}

@Entity({ schema: 'identity', name: 'tenant_hosts' })
@Index('tenant_hosts_tenant_idx', ['tenantId'])
export class TenantHostEntity {
  @PrimaryColumn({ type: 'text' }) declare host: string;
  @ForeignKey(() => TenantEntity, { name: 'tenant_hosts_tenant_id_fkey' })
  @Column({ name: 'tenant_id', type: 'uuid' }) declare tenantId: string;
}
