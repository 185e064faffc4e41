import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { checkPolicy, type TenantPolicy, type UsePolicy } from '../domain/tenant-policy';
import { byOf, type Caller } from './caller';
import type { Party } from './party';
import { Policies, type StoredPolicy } from './ports';

/** What a tenant sets; what it leaves out stays as it is. */
export interface NewPolicy extends Omit<TenantPolicy, 'use'> {
  readonly use: UsePolicy | null;
}

/** How long things may take at a tenant, what is held as a deposit and kept for use, and who the broker is. */
@Injectable()
export class KeepPolicies {
  constructor(
    @Inject(databaseOf('orders')) private readonly db: Database,
    private readonly policies: Policies,
  ) {}

  read(tenantId: string): Promise<StoredPolicy> {
    return this.policies.of(this.db, tenantId);
  }

  /** The clock of a sale goes by the lengths that hold when it is next written to. */
  async save(asked: NewPolicy, broker: Party | null, expected: number | undefined, caller: Caller): Promise<Result<StoredPolicy, Refusal<'validation_failed' | 'precondition_failed'>>> {
    const now = this.db.clock.now();
    return this.db.transaction<Result<StoredPolicy, Refusal<'validation_failed' | 'precondition_failed'>>>(async (tx) => {
      const before = await this.policies.of(tx, caller.tenantId);
      const checked = checkPolicy({ ...asked, use: asked.use ?? before.policy.use });
      if (!checked.ok) return checked;
      const { value: policy } = checked;
      if (!(await this.policies.save(tx, caller.tenantId, { policy, broker }, expected ?? before.version, now))) return refuse('precondition_failed', 'Somebody else has changed them');
      await tx.audit({ ...byOf(caller), action: 'order_policy.changed', object: { type: 'order_policy', id: caller.tenantId }, tenantId: caller.tenantId, before: before.policy, after: policy });
      return ok(await this.policies.of(tx, caller.tenantId));
    });
  }
}
