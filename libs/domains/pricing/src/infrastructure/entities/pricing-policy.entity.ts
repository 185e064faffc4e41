import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** How a tenant prices its own stock. */
@Entity({ schema: 'pricing', name: 'pricing_policies' })
@Unique('pricing_policies_tenant', ['tenantId'])
@Check('pricing_policies_version_check', 'version')
export class PricingPolicyEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'tenant_id' }) declare tenantId: string;
  @Column('integer', { default: 1 }) declare version: number;
  @Column('jsonb') declare rules: unknown;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}
