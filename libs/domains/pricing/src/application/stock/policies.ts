import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import { type AuditEntry, type Database, databaseOf, type TenantScope, type Tx } from '@autobroker/platform/database';
import { checkPolicy, defaultPolicy, type PricingPolicy } from '../../domain/pricing-policy';

export interface TenantPolicy {
  /** 0 for the rules that a tenant has before it sets its own. */
  readonly version: number;
  readonly policy: PricingPolicy;
  readonly updatedAt: Date | null;
}

export abstract class PolicyStore {
  abstract find(scope: TenantScope): Promise<TenantPolicy | null>;
  /** And nobody else changes it until the transaction ends, also where there is none yet. */
  abstract lock(scope: TenantScope, tx: Tx): Promise<TenantPolicy | null>;
  abstract save(scope: TenantScope, tx: Tx, id: string, policy: TenantPolicy): Promise<void>;
}

const untouched: TenantPolicy = { version: 0, policy: defaultPolicy, updatedAt: null };

/** How a tenant prices its own stock: its rules, or the usual ones. */
@Injectable()
export class PricingPolicies {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly store: PolicyStore,
  ) {}

  async of(scope: TenantScope): Promise<TenantPolicy> {
    return (await this.store.find(scope)) ?? untouched;
  }

  async set(scope: TenantScope, expected: number | undefined, policy: PricingPolicy, by: Pick<AuditEntry, 'actor' | 'from'>): Promise<Result<TenantPolicy, Refusal<'validation_failed' | 'precondition_failed'>>> {
    const checked = checkPolicy(policy);
    if (!checked.ok) return checked;
    const { tenantId } = scope;
    if (tenantId === null) throw new Error('a pricing policy belongs to a tenant');
    return this.db.transaction<Result<TenantPolicy, Refusal<'precondition_failed'>>>(async (tx) => {
      const before = (await this.store.lock(scope, tx)) ?? untouched;
      if (expected !== undefined && expected !== before.version) return refuse('precondition_failed', 'The rules have changed since they were read.');
      const now = this.db.clock.now();
      const after: TenantPolicy = { version: before.version + 1, policy: checked.value, updatedAt: now };
      await this.store.save(scope, tx, uuidv7(now), after);
      await tx.audit({
        ...by,
        action: 'pricing_policy.changed',
        object: { type: 'pricing_policy', id: tenantId },
        tenantId,
        before: { version: before.version, ...before.policy },
        after: { version: after.version, ...after.policy },
      });
      return ok(after);
    });
  }
}
