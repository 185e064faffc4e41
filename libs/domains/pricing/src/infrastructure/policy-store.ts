import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, lockNames, type TenantScope, type Tx, TenantRepository } from '@autobroker/platform/database';
import { z } from 'zod';
import { PolicyStore, type TenantPolicy } from '../application/stock/policies';
import { roundings, type PricingPolicy } from '../domain/pricing-policy';
import { PricingPolicyEntity } from './entities/pricing-policy.entity';

const rules = z.object({
  minMarginPercent: z.number(),
  targetMarginPercent: z.number(),
  maxMarginPercent: z.number().nullable(),
  floorPercent: z.number(),
  ceilingPercent: z.number(),
  maxStepPercent: z.number(),
  ageing: z.array(z.object({ afterDays: z.number(), percent: z.number() })),
  scarceDays: z.number(),
  plentyDays: z.number(),
  supplyPercent: z.number(),
  rounding: z.enum(roundings),
}) satisfies z.ZodType<PricingPolicy>;

@Injectable()
class PolicyRows extends TenantRepository<PricingPolicyEntity> {
  constructor() {
    super(PricingPolicyEntity);
  }
}

@Injectable()
export class SqlPolicyStore extends PolicyStore {
  private readonly rows = new PolicyRows();

  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async find(scope: TenantScope): Promise<TenantPolicy | null> {
    const row = await this.rows.findOne(scope, this.db, {});
    return row === null ? null : policyOf(row);
  }

  override async lock(scope: TenantScope, tx: Tx): Promise<TenantPolicy | null> {
    await lockNames(tx, `pricing.policy ${scope.tenantId}`);
    const row = await this.rows.findOne(scope, tx, {});
    return row === null ? null : policyOf(row);
  }

  override async save(scope: TenantScope, tx: Tx, id: string, { version, policy, updatedAt }: TenantPolicy): Promise<void> {
    await tx.query(
      `insert into pricing.pricing_policies (id, tenant_id, version, rules, updated_at) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id) do update set version = excluded.version, rules = excluded.rules, updated_at = excluded.updated_at`,
      [id, scope.tenantId, version, JSON.stringify(policy), updatedAt],
    );
  }
}

const policyOf = (row: PricingPolicyEntity): TenantPolicy => ({ version: row.version, policy: rules.parse(row.rules), updatedAt: row.updatedAt });
